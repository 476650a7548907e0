//! Handles records of different items concurrently, and the records of one item in order.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::marker::PhantomData;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;

use crate::event::batch::attempt::{
    Error, Failure, Handled, Outcome, RecordName, fail_poison, meta_of, quarantine_poison,
};
use crate::event::batch::item_key::ItemKey;
use crate::event::batch::quarantine::{NoQuarantine, Quarantine};
use crate::event::batch::response::{BatchResponse, respond};
use crate::event::batch::watch::{BatchCounts, Counts, Spans, Unwatched, Watch};
use crate::event::delivery::Delivery;
use crate::event::error::RecordError;
use crate::event::record::StreamRecord;

/// A batch whose records are handled concurrently.
///
/// [`Batch::concurrency`](crate::event::Batch::concurrency) creates it.
#[derive(Debug)]
#[must_use = "nothing is handled until `process`"]
pub struct ConcurrentBatch<T, O, R, Q = NoQuarantine, W = Unwatched> {
    pub(super) records: Vec<Outcome<T, O>>,
    pub(super) delivery: Delivery,
    pub(super) quarantine: Q,
    pub(super) watch: W,
    pub(super) response: PhantomData<fn() -> R>,
    pub(super) limit: usize,
}

impl<T, O, R, W> ConcurrentBatch<T, O, R, NoQuarantine, W> {
    /// Sets the function that takes each record that could not be decoded, see
    /// [`Batch::quarantine`](crate::event::Batch::quarantine).
    pub fn quarantine<F>(self, quarantine: F) -> ConcurrentBatch<T, O, R, Quarantine<F>, W>
    where
        F: AsyncFn(RecordError) -> Result<(), Error>,
    {
        let Self { records, delivery, watch, response, limit, .. } = self;
        let quarantine = Quarantine(quarantine);
        ConcurrentBatch { records, delivery, quarantine, watch, response, limit }
    }
}

impl<T, O, R, Q, W> ConcurrentBatch<T, O, R, Q, W> {
    /// Asks `process` to count the outcomes of the records, see
    /// [`Batch::counts`](crate::event::Batch::counts).
    pub fn counts(self, counts: &BatchCounts) -> ConcurrentBatch<T, O, R, Q, Counts<W>> {
        let Self { records, delivery, quarantine, watch, response, limit } = self;
        let watch = Counts { counts: counts.clone(), inner: watch };
        ConcurrentBatch { records, delivery, quarantine, watch, response, limit }
    }

    /// Opens a `tracing` span for the batch and one for each record, see
    /// [`Batch::spans`](crate::event::Batch::spans).
    pub fn spans(self) -> ConcurrentBatch<T, O, R, Q, Spans<W>> {
        let Self { records, delivery, quarantine, watch, response, limit } = self;
        ConcurrentBatch { records, delivery, quarantine, watch: Spans(watch), response, limit }
    }
}

impl<T, O, R: BatchResponse, W: Watch> ConcurrentBatch<T, O, R, NoQuarantine, W> {
    /// Calls the handler with the records concurrently, and returns the batch response.
    ///
    /// Each record waits until the previous record with the same `Keys` is done; all records
    /// without keys count as one item. Of the records that wait for no other, the first in the
    /// batch is started first.
    ///
    /// After a failure, no later record of the batch is started. Earlier records still are, and
    /// every call that has begun runs to its end. Several records can therefore fail, and the
    /// response names the lowest failed sequence number: every record before that number is done.
    /// Lambda delivers everything from that number on again, including later records of other items
    /// that are already done, so a handler must tolerate a record that comes twice.
    ///
    /// In all other respects, such as panics, the log and the answer to EventBridge Pipes, this
    /// method is like [`StreamEvent::process`](crate::StreamEvent::process).
    ///
    /// # Errors
    ///
    /// Returns an [`UnreportableFailure`](crate::event::UnreportableFailure) if a failed record has
    /// no sequence number. For EventBridge Pipes, returns it if a record that is not done has no
    /// event id.
    pub async fn process<H>(self, handler: H) -> Result<R, Error>
    where
        H: AsyncFn(StreamRecord<T, O>) -> Result<(), Error>,
    {
        let Self { records, delivery, watch, limit, .. } = self;
        let handle_all =
            |records, watch| process(records, delivery, limit, watch, fail_poison, handler);
        watch.handle_all(records, handle_all).await
    }
}

impl<T, O, R, F, W> ConcurrentBatch<T, O, R, Quarantine<F>, W>
where
    R: BatchResponse,
    F: AsyncFn(RecordError) -> Result<(), Error>,
    W: Watch,
{
    /// Calls the handler with the records concurrently, or the quarantine with those that could not
    /// be decoded, and returns the batch response.
    ///
    /// Calls of the quarantine count towards the limit. The order of the records and the handling
    /// of failures are the same as without a quarantine.
    ///
    /// # Errors
    ///
    /// Returns an [`UnreportableFailure`](crate::event::UnreportableFailure) if a failed record has
    /// no sequence number. For EventBridge Pipes, returns it if a record that is not done has no
    /// event id.
    pub async fn process<H>(self, handler: H) -> Result<R, Error>
    where
        H: AsyncFn(StreamRecord<T, O>) -> Result<(), Error>,
    {
        let Self { records, delivery, quarantine: Quarantine(quarantine), watch, limit, .. } = self;
        let handle_poison = async move |error| quarantine_poison(error, &quarantine).await;
        let handle_all =
            |records, watch| process(records, delivery, limit, watch, handle_poison, handler);
        watch.handle_all(records, handle_all).await
    }
}

async fn process<T, O, R, W, P, H>(
    records: Vec<Outcome<T, O>>,
    delivery: Delivery,
    limit: usize,
    watch: W,
    handle_poison: P,
    handler: H,
) -> Result<R, Error>
where
    R: BatchResponse,
    W: Watch,
    P: AsyncFn(RecordError) -> Result<(), Failure>,
    H: AsyncFn(StreamRecord<T, O>) -> Result<(), Error>,
{
    let (watch, handle_poison, handler) = (&watch, &handle_poison, &handler);
    let mut schedule =
        Schedule::of(records.iter().map(|record| ItemKey::of(&meta_of(record).keys)));
    let mut records: Vec<_> = records.into_iter().map(Some).collect();
    let mut running = FuturesUnordered::new();
    let mut failures = Vec::new();
    loop {
        while running.len() < limit {
            let Some(position) = schedule.start_next() else { break };
            let Some(record) = records.get_mut(position).and_then(Option::take) else { continue };
            running.push(async move {
                let attempted = match record {
                    Ok(record) => {
                        let name = RecordName::of(&record.meta);
                        watch.clone().handle(name, async { Handled(handler(record).await) }).await
                    }
                    Err(error) => watch.clone().handle_poison(error, handle_poison).await,
                };
                (position, attempted)
            });
        }
        match running.next().await {
            Some((position, Ok(()))) => schedule.finish(position),
            Some((position, Err(failure))) => {
                schedule.fail(position);
                failures.push(failure);
            }
            None => {
                let not_started = records.iter().flatten().map(RecordName::of_outcome);
                return respond(delivery, failures, &mut not_started.into_iter());
            }
        }
    }
}

/// Decides which record may be started next.
struct Schedule {
    /// For each record, the position of the next record of the same item.
    next: Vec<Option<usize>>,
    /// The positions of the records that wait for no other: the next record of each item, unless a
    /// record of that item is running or has failed.
    ready: BinaryHeap<Reverse<usize>>,
    /// The position of the first record that has failed. No later record is started.
    failed: usize,
}

impl Schedule {
    fn of(keys: impl Iterator<Item = Option<ItemKey>>) -> Self {
        let mut next = Vec::new();
        let mut ready = BinaryHeap::new();
        let mut last: HashMap<Option<ItemKey>, usize> = HashMap::new();
        for (position, key) in keys.enumerate() {
            next.push(None);
            match last.insert(key, position) {
                Some(before) => next[before] = Some(position),
                None => ready.push(Reverse(position)),
            }
        }
        Self { next, ready, failed: usize::MAX }
    }

    fn start_next(&mut self) -> Option<usize> {
        let &Reverse(position) = self.ready.peek()?;
        if position > self.failed {
            return None;
        }
        self.ready.pop();
        Some(position)
    }

    fn finish(&mut self, position: usize) {
        self.ready.extend(self.next[position].map(Reverse));
    }

    fn fail(&mut self, position: usize) {
        self.failed = self.failed.min(position);
    }
}
