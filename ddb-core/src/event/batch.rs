//! From the records of a batch to the response that Lambda expects.

mod attempt;
mod concurrent;
mod item_key;
mod quarantine;
mod response;
mod sequential;

use std::marker::PhantomData;

use crate::event::delivery::Delivery;
use crate::event::error::RecordError;
use crate::event::record::StreamRecord;

pub(super) use self::attempt::Error;
use self::attempt::{Outcome, fail_poison, quarantine_poison};
pub use self::concurrent::ConcurrentBatch;
pub(super) use self::item_key::ItemKey;
pub use self::quarantine::{NoQuarantine, Quarantine};
pub use self::response::{BatchResponse, UnreportableFailure};

/// The records of an event, to configure how they are handled:
/// [`StreamEvent::into_batch`](crate::StreamEvent::into_batch).
///
/// ```
/// use ddb_core::{
///     DynamoDbEventResponse, FromStreamImage, RecordError, StreamEvent, StreamRecord,
/// };
///
/// type Error = Box<dyn std::error::Error + Send + Sync>;
///
/// #[derive(FromStreamImage)]
/// struct Order {
///     id: u64,
/// }
///
/// async fn handle(event: StreamEvent<Order>) -> Result<DynamoDbEventResponse, Error> {
///     event.quarantine(keep_aside).concurrency(8).process(ship).await
/// }
///
/// async fn ship(record: StreamRecord<Order>) -> Result<(), Error> {
///     Ok(())
/// }
///
/// /// Where item data may be: a bucket or a queue, and not the log.
/// async fn keep_aside(error: RecordError) -> Result<(), Error> {
///     store(error.raw_json()).await
/// }
/// # async fn store(_: &str) -> Result<(), Error> { Ok(()) }
/// ```
#[derive(Debug)]
#[must_use = "nothing is handled until `process`"]
pub struct Batch<T, O, R, Q = NoQuarantine> {
    records: Vec<Outcome<T, O>>,
    delivery: Delivery,
    quarantine: Q,
    response: PhantomData<fn() -> R>,
}

impl<T, O, R> Batch<T, O, R> {
    pub(super) fn new(records: Vec<Outcome<T, O>>, delivery: Delivery) -> Self {
        Self { records, delivery, quarantine: NoQuarantine, response: PhantomData }
    }

    /// Passes each record that could not be decoded to this function, with its raw text, and goes
    /// on if the function returns `Ok`: the record is then done, and logged at `WARN` as
    /// "record quarantined". If the function returns an error or panics, the record has failed.
    pub fn quarantine<F>(self, quarantine: F) -> Batch<T, O, R, Quarantine<F>>
    where
        F: AsyncFn(RecordError) -> Result<(), Error>,
    {
        let Self { records, delivery, response, .. } = self;
        Batch { records, delivery, quarantine: Quarantine(quarantine), response }
    }
}

impl<T, O, R, Q> Batch<T, O, R, Q> {
    /// Handles up to `limit` records concurrently, those of one item still one after the other.
    ///
    /// The handlers take turns on the thread that polls them: what they wait for overlaps, what
    /// they compute does not. A `limit` of 0 is one of 1.
    pub fn concurrency(self, limit: usize) -> ConcurrentBatch<T, O, R, Q> {
        let Self { records, delivery, quarantine, response } = self;
        ConcurrentBatch { records, delivery, quarantine, response, limit: limit.max(1) }
    }
}

impl<T, O, R: BatchResponse> Batch<T, O, R> {
    /// Handles the records one after the other, and stops at the first that fails.
    ///
    /// # Errors
    ///
    /// As [`StreamEvent::process`](crate::StreamEvent::process).
    pub async fn process<H>(self, handler: H) -> Result<R, Error>
    where
        H: AsyncFnMut(StreamRecord<T, O>) -> Result<(), Error>,
    {
        sequential::process(self.records, self.delivery, fail_poison, handler).await
    }
}

impl<T, O, R, F> Batch<T, O, R, Quarantine<F>>
where
    R: BatchResponse,
    F: AsyncFn(RecordError) -> Result<(), Error>,
{
    /// Handles the records one after the other, those that could not be decoded by the quarantine,
    /// and stops at the first that fails.
    ///
    /// # Errors
    ///
    /// As [`StreamEvent::process`](crate::StreamEvent::process).
    pub async fn process<H>(self, handler: H) -> Result<R, Error>
    where
        H: AsyncFnMut(StreamRecord<T, O>) -> Result<(), Error>,
    {
        let Quarantine(quarantine) = self.quarantine;
        let handle_poison = async move |error| quarantine_poison(error, &quarantine).await;
        sequential::process(self.records, self.delivery, handle_poison, handler).await
    }
}
