//! Reads the shards, and gathers their records into batches.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::time::SystemTime;

use futures_util::StreamExt as _;
use futures_util::future::join_all;
use futures_util::stream::FuturesUnordered;

use super::clock::Clock;
use super::payload::FRAME_BYTES;
use super::report::{Fate, MappingReport};
use super::window::OpenWindow;
use super::{EventSourceMapping, InvokeError};
use crate::event::{ItemKey, SequenceNumber};

/// A record that passed the filters.
pub struct PolledRecord {
    /// The position in [`MappingReport::records`].
    pub index: usize,
    pub text: Box<str>,
    pub number: SequenceNumber,
    pub created_at: SystemTime,
    pub stream_arn: Option<Arc<str>>,
    pub key: Option<ItemKey>,
}

pub type Entry = Rc<PolledRecord>;

pub struct PolledShard {
    pub id: Arc<str>,
    pub parent: Option<Arc<str>>,
    pub records: Vec<Entry>,
}

pub type Response = Result<String, InvokeError>;

/// A function that takes a payload.
pub type Invoke<'f> = dyn Fn(String) -> Pin<Box<dyn Future<Output = Response> + 'f>> + 'f;

/// A run of a mapping over the shards of a stream.
pub struct Poller<'r> {
    pub mapping: &'r EventSourceMapping,
    pub clock: Clock,
    pub invoke: &'r Invoke<'r>,
    pub report: &'r RefCell<MappingReport>,
}

impl Poller<'_> {
    /// Reads all shards concurrently, but each after its parent, see
    /// [Shards in DynamoDB Streams](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html).
    pub async fn run(&self, shards: Vec<PolledShard>) {
        let mut running = FuturesUnordered::new();
        let mut children: HashMap<Arc<str>, Vec<PolledShard>> = HashMap::new();
        let ids: Vec<_> = shards.iter().map(|shard| Arc::clone(&shard.id)).collect();
        for shard in shards {
            match &shard.parent {
                Some(parent) if ids.contains(parent) => {
                    children.entry(Arc::clone(parent)).or_default().push(shard);
                }
                // The parent's records are gone from the stream.
                _ => running.push(self.run_shard(shard)),
            }
        }
        while let Some(id) = running.next().await {
            let children = children.remove(&id).unwrap_or_default();
            running.extend(children.into_iter().map(|child| self.run_shard(child)));
        }
        assert!(children.is_empty(), "the parents of the shards form a circle");
    }

    /// Reads a shard to its end, and returns its id.
    async fn run_shard(&self, shard: PolledShard) -> Arc<str> {
        let mut lanes: Vec<VecDeque<Entry>> = Vec::new();
        lanes.resize_with(self.mapping.parallelization_factor, VecDeque::new);
        for record in shard.records {
            let mut hasher = DefaultHasher::new();
            record.key.hash(&mut hasher);
            let lane = usize::try_from(hasher.finish() % lanes.len() as u64);
            lanes[lane.unwrap_or_default()].push_back(record);
        }
        join_all(lanes.into_iter().map(|lane| self.run_lane(&shard.id, lane))).await;
        shard.id
    }

    /// Delivers the records of a shard, or those of a part of its items, one batch at a time.
    async fn run_lane(&self, shard_id: &Arc<str>, mut unread: VecDeque<Entry>) {
        let mut window: Option<OpenWindow> = None;
        while let Some(first) = unread.front().cloned() {
            if let Some(open) = window.take_if(|open| open.end <= first.created_at) {
                self.close_window(shard_id, open).await;
            }
            self.clock.wait_for_poll(first.created_at).await;
            if let (None, Some(length)) = (&window, self.mapping.tumbling_window) {
                let arn = first.stream_arn.as_ref();
                window = Some(OpenWindow::containing(first.created_at, length, shard_id, arn));
            }
            let end = window.as_ref().map(|window| window.end);
            let batch = self.gather(&mut unread, end).await;
            self.deliver(shard_id, batch, window.as_mut()).await;
            if let Some(open) = window.take_if(|open| open.is_terminated_early) {
                self.close_window(shard_id, open).await;
            }
        }
        if let Some(open) = window {
            self.close_window(shard_id, open).await;
        }
    }

    /// Takes the records of the next batch. It is complete when it is full, or when the batching
    /// window is over, see
    /// [Polling and batching streams](https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html#dynamodb-polling-and-batching).
    async fn gather(
        &self,
        unread: &mut VecDeque<Entry>,
        window_end: Option<SystemTime>,
    ) -> Vec<Entry> {
        let deadline = self.clock.now() + self.mapping.maximum_batching_window;
        let mut batch: Vec<Entry> = Vec::new();
        let mut bytes = FRAME_BYTES;
        while batch.len() < self.mapping.batch_size {
            let is_due = |record: &Entry| record.created_at <= deadline;
            let Some(next) = unread.front().filter(|record| is_due(record)) else {
                self.clock.wait_until(deadline).await;
                break;
            };
            bytes += next.text.len() + 1;
            let is_too_large = bytes > self.mapping.maximum_batch_bytes;
            let is_of_next_window = window_end.is_some_and(|end| next.created_at >= end);
            if !batch.is_empty() && (is_too_large || is_of_next_window) {
                break;
            }
            self.clock.wait_for_poll(next.created_at).await;
            batch.extend(unread.pop_front());
        }
        batch
    }

    /// Ends a window by an invocation without records.
    async fn close_window(&self, shard_id: &Arc<str>, mut window: OpenWindow) {
        if !window.is_terminated_early {
            self.clock.wait_until(window.end).await;
        }
        window.is_final = true;
        self.deliver_final(shard_id, &mut window).await;
    }

    /// Sets the state of these records in the report.
    pub fn note(&self, records: &[Entry], fate: Fate) {
        let mut report = self.report.borrow_mut();
        for record in records {
            report.records[record.index].fate = fate;
        }
    }
}
