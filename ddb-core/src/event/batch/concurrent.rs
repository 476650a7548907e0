//! Several records concurrently, those of one item one after the other.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::marker::PhantomData;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;

use crate::event::batch::attempt::{
    Error, Failure, Outcome, RecordName, fail_poison, handle, quarantine_poison,
};
use crate::event::batch::item_key::ItemKey;
use crate::event::batch::quarantine::{NoQuarantine, Quarantine};
use crate::event::batch::response::{BatchResponse, respond};
use crate::event::delivery::Delivery;
use crate::event::error::RecordError;
use crate::event::record::StreamRecord;

/// A batch of which several records are handled concurrently:
/// [`Batch::concurrency`](crate::event::Batch::concurrency).
#[derive(Debug)]
#[must_use = "nothing is handled until `process`"]
pub struct ConcurrentBatch<T, O, R, Q = NoQuarantine> {
    pub(super) records: Vec<Outcome<T, O>>,
    pub(super) delivery: Delivery,
    pub(super) quarantine: Q,
    pub(super) response: PhantomData<fn() -> R>,
    pub(super) limit: usize,
}

impl<T, O, R> ConcurrentBatch<T, O, R> {
    /// As [`Batch::quarantine`](crate::event::Batch::quarantine).
    pub fn quarantine<F>(self, quarantine: F) -> ConcurrentBatch<T, O, R, Quarantine<F>>
    where
        F: AsyncFn(RecordError) -> Result<(), Error>,
    {
        let Self { records, delivery, response, limit, .. } = self;
        ConcurrentBatch { records, delivery, quarantine: Quarantine(quarantine), response, limit }
    }
}

impl<T, O, R: BatchResponse> ConcurrentBatch<T, O, R> {
    /// Handles the records, each once the one before it with the same `Keys` is done; those without
    /// keys count as one item.
    ///
    /// Once a record has failed, none that comes after it in the batch is started; those that come
    /// before it still are, and so all that is before the lowest failed sequence number is
    /// done. That number is the response.
    ///
    /// # Errors
    ///
    /// As [`StreamEvent::process`](crate::StreamEvent::process).
    pub async fn process<H>(self, handler: H) -> Result<R, Error>
    where
        H: AsyncFn(StreamRecord<T, O>) -> Result<(), Error>,
    {
        process(self.records, self.delivery, self.limit, &fail_poison, &handler).await
    }
}

impl<T, O, R: BatchResponse, F: AsyncFn(RecordError) -> Result<(), Error>>
    ConcurrentBatch<T, O, R, Quarantine<F>>
{
    /// `process` with a quarantine, whose calls count towards the limit.
    ///
    /// # Errors
    ///
    /// As [`StreamEvent::process`](crate::StreamEvent::process).
    pub async fn process<H>(self, handler: H) -> Result<R, Error>
    where
        H: AsyncFn(StreamRecord<T, O>) -> Result<(), Error>,
    {
        let Quarantine(quarantine) = self.quarantine;
        let handle_poison = async move |error| quarantine_poison(error, &quarantine).await;
        process(self.records, self.delivery, self.limit, &handle_poison, &handler).await
    }
}

async fn process<T, O, R, P, H>(
    records: Vec<Outcome<T, O>>,
    delivery: Delivery,
    limit: usize,
    handle_poison: &P,
    handler: &H,
) -> Result<R, Error>
where
    R: BatchResponse,
    P: AsyncFn(RecordError) -> Result<(), Failure>,
    H: AsyncFn(StreamRecord<T, O>) -> Result<(), Error>,
{
    let mut schedule = Schedule::of(records.iter().map(|record| {
        let meta = record.as_ref().map_or_else(|error| &*error.meta, |record| &record.meta);
        ItemKey::of(&meta.keys)
    }));
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
                        handle(RecordName::of(&record.meta), async { handler(record).await }).await
                    }
                    Err(error) => handle_poison(error).await,
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

/// Which records may be started.
struct Schedule {
    /// The position of the next record of the same item.
    next: Vec<Option<usize>>,
    /// The first of each item that is not yet started, unless one of the same item is running.
    ready: BinaryHeap<Reverse<usize>>,
    /// The first record that has failed; none behind it is started.
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
