//! Handles the records of a batch and builds the response that Lambda expects.

mod attempt;
mod concurrent;
mod item_key;
mod quarantine;
mod response;
mod sequential;
mod watch;

use std::marker::PhantomData;

use crate::event::delivery::Delivery;
use crate::event::error::RecordError;
use crate::event::record::StreamRecord;

pub(super) use self::attempt::Error;
use self::attempt::{Outcome, fail_poison, quarantine_poison};
pub use self::concurrent::ConcurrentBatch;
pub(crate) use self::item_key::ItemKey;
pub use self::quarantine::{NoQuarantine, Quarantine};
pub use self::response::{BatchResponse, UnreportableFailure};
use self::watch::Watch;
pub use self::watch::{BatchCounts, Counts, Spans, Unwatched};

/// The records of an event, with the settings for handling them.
///
/// [`StreamEvent::into_batch`](crate::StreamEvent::into_batch) creates a batch without any of these
/// settings. [`quarantine`](Self::quarantine), [`concurrency`](Self::concurrency),
/// [`counts`](Self::counts) and [`spans`](Self::spans) can be combined in any order:
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
/// /// The raw JSON contains the item's values: store it in a bucket or a queue, not in a log.
/// async fn keep_aside(error: RecordError) -> Result<(), Error> {
///     store(error.raw_json()).await
/// }
/// # async fn store(_: &str) -> Result<(), Error> { Ok(()) }
/// ```
#[derive(Debug)]
#[must_use = "nothing is handled until `process`"]
pub struct Batch<T, O, R, Q = NoQuarantine, W = Unwatched> {
    records: Vec<Outcome<T, O>>,
    delivery: Delivery,
    quarantine: Q,
    watch: W,
    response: PhantomData<fn() -> R>,
}

impl<T, O, R> Batch<T, O, R> {
    pub(super) fn new(records: Vec<Outcome<T, O>>, delivery: Delivery) -> Self {
        let (quarantine, watch) = (NoQuarantine, Unwatched);
        Self { records, delivery, quarantine, watch, response: PhantomData }
    }
}

impl<T, O, R, W> Batch<T, O, R, NoQuarantine, W> {
    /// Sets the function that takes each record that could not be decoded, so that such a record
    /// does not hold up those behind it.
    ///
    /// `process` calls the function when the record's turn comes. If the function returns `Ok`, the
    /// record counts as done and is logged at `WARN` as "record quarantined". If the function
    /// returns an error or panics, the record has failed, as it would have without a quarantine. A
    /// record that was decoded and whose handler fails is never quarantined.
    ///
    /// The [`raw_json`](RecordError::raw_json) of the error contains the item's values. Store it
    /// only where item data may be kept.
    pub fn quarantine<F>(self, quarantine: F) -> Batch<T, O, R, Quarantine<F>, W>
    where
        F: AsyncFn(RecordError) -> Result<(), Error>,
    {
        let Self { records, delivery, watch, response, .. } = self;
        Batch { records, delivery, quarantine: Quarantine(quarantine), watch, response }
    }
}

impl<T, O, R, Q, W> Batch<T, O, R, Q, W> {
    /// Asks `process` to count the outcomes of the records.
    ///
    /// `process` keeps a clone of `counts`. It sets them to zero, and counts each record when its
    /// attempt ends. The counts are complete when `process` returns, also with an error. If its
    /// future is dropped before that, as by a timeout, they are those of the records that were
    /// attempted until then.
    ///
    /// ```
    /// use ddb_core::event::BatchCounts;
    /// use ddb_core::{DynamoDbEventResponse, FromStreamImage, StreamEvent};
    ///
    /// type Error = Box<dyn std::error::Error + Send + Sync>;
    ///
    /// #[derive(FromStreamImage)]
    /// struct Order {
    ///     id: u64,
    /// }
    ///
    /// async fn handle(event: StreamEvent<Order>) -> Result<DynamoDbEventResponse, Error> {
    ///     let counts = BatchCounts::default();
    ///     let response = event.counts(&counts).process(async |_| Ok(())).await;
    ///     println!("{} handled, {} failed", counts.handled(), counts.failed());
    ///     response
    /// }
    /// ```
    pub fn counts(self, counts: &BatchCounts) -> Batch<T, O, R, Q, Counts<W>> {
        let Self { records, delivery, quarantine, watch, response } = self;
        let watch = Counts { counts: counts.clone(), inner: watch };
        Batch { records, delivery, quarantine, watch, response }
    }

    /// Opens a `tracing` span for the batch and, inside it, one for each record, so that what the
    /// handler and the quarantine log names the record.
    ///
    /// Both spans have the level `INFO` and the target `ddb_core`. The span `batch` has the field
    /// `records`, the number of records. The span `record` has the fields `event_id`, `event_name`
    /// and `sequence_number`, except for those that the record does not have. There are no
    /// attribute values in them. The event "record failed" is inside the span of its record.
    pub fn spans(self) -> Batch<T, O, R, Q, Spans<W>> {
        let Self { records, delivery, quarantine, watch, response } = self;
        Batch { records, delivery, quarantine, watch: Spans(watch), response }
    }

    /// Handles up to `limit` records concurrently, and the records of one item still in order, one
    /// at a time.
    ///
    /// Records belong to one item if their `Keys` are equal; all records without keys count as one
    /// item. A `limit` of 0 counts as 1. The `process` method of [`ConcurrentBatch`] describes what
    /// happens after a failure.
    ///
    /// The handler is called again before earlier calls finish, so shared state needs a `Cell` or
    /// an atomic. The calls take turns on the thread that polls them: their waiting overlaps, their
    /// computing does not.
    pub fn concurrency(self, limit: usize) -> ConcurrentBatch<T, O, R, Q, W> {
        let Self { records, delivery, quarantine, watch, response } = self;
        ConcurrentBatch { records, delivery, quarantine, watch, response, limit: limit.max(1) }
    }
}

impl<T, O, R: BatchResponse, W: Watch> Batch<T, O, R, NoQuarantine, W> {
    /// Calls the handler with one record at a time, in order, and stops at the first failure, as
    /// [`StreamEvent::process`](crate::StreamEvent::process) does.
    ///
    /// # Errors
    ///
    /// Returns an [`UnreportableFailure`] if a record that the response has to name has no sequence
    /// number, or for EventBridge Pipes no event id.
    pub async fn process<H>(self, handler: H) -> Result<R, Error>
    where
        H: AsyncFnMut(StreamRecord<T, O>) -> Result<(), Error>,
    {
        let Self { records, delivery, watch, .. } = self;
        let handle_all =
            |records, watch| sequential::process(records, delivery, watch, fail_poison, handler);
        watch.handle_all(records, handle_all).await
    }
}

impl<T, O, R, F, W> Batch<T, O, R, Quarantine<F>, W>
where
    R: BatchResponse,
    F: AsyncFn(RecordError) -> Result<(), Error>,
    W: Watch,
{
    /// Calls the handler with one record at a time, in order, or the quarantine if the record could
    /// not be decoded. Stops at the first failure, as
    /// [`StreamEvent::process`](crate::StreamEvent::process) does.
    ///
    /// # Errors
    ///
    /// Returns an [`UnreportableFailure`] if a record that the response has to name has no sequence
    /// number, or for EventBridge Pipes no event id.
    pub async fn process<H>(self, handler: H) -> Result<R, Error>
    where
        H: AsyncFnMut(StreamRecord<T, O>) -> Result<(), Error>,
    {
        let Self { records, delivery, quarantine: Quarantine(quarantine), watch, .. } = self;
        let handle_poison = async move |error| quarantine_poison(error, &quarantine).await;
        let handle_all =
            |records, watch| sequential::process(records, delivery, watch, handle_poison, handler);
        watch.handle_all(records, handle_all).await
    }
}
