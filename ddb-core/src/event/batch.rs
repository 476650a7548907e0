//! From the records of a batch to the response that Lambda expects.
//!
//! Lambda takes the lowest sequence number of a response as the place to go on from, and delivers
//! everything from it once more; see [Reporting batch item failures](https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html). An empty or missing
//! number in it would fail the whole batch in silence, so that there is no way to make one here.

mod attempt;
mod concurrent;
mod quarantine;
mod response;
mod sequential;

use std::marker::PhantomData;

use aws_lambda_events::streams::{DynamoDbEventResponse, KinesisEventResponse};

use crate::event::change::StreamRecord;
use crate::event::error::RecordError;
use crate::event::kinesis::KinesisStreamEvent;
use crate::event::stream::StreamEvent;

use self::attempt::{fail_at_poison, keep_poison};
pub use self::concurrent::ConcurrentBatch;
pub use self::quarantine::{FailAtPoison, KeepBy};
pub use self::response::{BatchResponse, UnreportableFailure};

/// A record of an event.
type Outcome<T, O> = Result<StreamRecord<T, O>, RecordError>;

/// What a handler and a Lambda return: the same type as `lambda_runtime::Error`.
type Error = Box<dyn std::error::Error + Send + Sync>;

/// The records of an event, to be handled as this says: [`StreamEvent::into_batch`].
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
///     event.into_batch().quarantine(keep_aside).concurrency(8).process(ship).await
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
pub struct Batch<T, O, R, Q = FailAtPoison> {
    records: Vec<Outcome<T, O>>,
    quarantine: Q,
    response: PhantomData<fn() -> R>,
}

impl<T, O, R> Batch<T, O, R> {
    fn new(records: Vec<Outcome<T, O>>) -> Self {
        Self { records, quarantine: FailAtPoison, response: PhantomData }
    }

    /// Hands each record that could not be decoded to this function, with its raw text, and goes on
    /// if it returns `Ok`: the record is then done, with an event of `tracing`, level `WARN`,
    /// "record quarantined". If it returns an error or panics, the record has failed.
    pub fn quarantine<F>(self, quarantine: F) -> Batch<T, O, R, KeepBy<F>>
    where
        F: AsyncFn(RecordError) -> Result<(), Error>,
    {
        Batch { records: self.records, quarantine: KeepBy(quarantine), response: PhantomData }
    }
}

impl<T, O, R, Q> Batch<T, O, R, Q> {
    /// Handles up to `limit` records at once, those of one item still one after the other.
    ///
    /// The handlers take turns on the thread that polls them: what they wait for overlaps, what
    /// they compute does not. A `limit` of 0 is one of 1.
    pub fn concurrency(self, limit: usize) -> ConcurrentBatch<T, O, R, Q> {
        ConcurrentBatch::new(self, limit)
    }
}

impl<T, O, R: BatchResponse> Batch<T, O, R> {
    /// Handles the records one after the other, and stops at the first that fails.
    ///
    /// # Errors
    ///
    /// As [`StreamEvent::process`].
    pub async fn process<H>(self, handler: H) -> Result<R, Error>
    where
        H: AsyncFnMut(StreamRecord<T, O>) -> Result<(), Error>,
    {
        sequential::process(self.records, fail_at_poison, handler).await
    }
}

impl<T, O, R: BatchResponse, F: AsyncFn(RecordError) -> Result<(), Error>>
    Batch<T, O, R, KeepBy<F>>
{
    /// Handles the records one after the other, those that could not be decoded by the quarantine,
    /// and stops at the first that fails.
    ///
    /// # Errors
    ///
    /// As [`StreamEvent::process`].
    pub async fn process<H>(self, handler: H) -> Result<R, Error>
    where
        H: AsyncFnMut(StreamRecord<T, O>) -> Result<(), Error>,
    {
        let KeepBy(quarantine) = self.quarantine;
        let handle_poison = async move |error| keep_poison(error, &quarantine).await;
        sequential::process(self.records, handle_poison, handler).await
    }
}

impl<T, O> StreamEvent<T, O> {
    /// Handles the records one after the other, stops at the first that fails, and reports its
    /// sequence number: Lambda delivers the batch from it on once more.
    ///
    /// The event source mapping has to have `ReportBatchItemFailures`: without it, Lambda ignores
    /// the response and takes the batch for done, and the record that failed is lost, see
    /// [Reporting batch item failures](https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
    ///
    /// A record that could not be decoded fails when its turn comes, and so does one whose handler
    /// panics (where panics unwind). Each failure is an event of `tracing`, level `ERROR`,
    /// target `ddb_core`, with the fields `event_id`, `event_name`, `sequence_number`,
    /// `event_source_arn` and `error`, and `quarantine` if it was that which failed.
    ///
    /// If the future is dropped, as by a timeout, there is no response, and Lambda delivers the
    /// whole batch again.
    ///
    /// The handler is written `async |record| …`: of a plain closure, the compiler does not know
    /// the record's type. Where the future has to be `Send`, as for `tokio::spawn`, make it
    /// `async move` with what it needs owned, such as a clone of an `Arc`; the compiler cannot see
    /// that one which borrows from outside is `Send` as well.
    ///
    /// ```
    /// use ddb_core::{Change, DynamoDbEventResponse, FromStreamImage, StreamEvent};
    ///
    /// #[derive(Debug, FromStreamImage)]
    /// struct Order {
    ///     id: u64,
    /// }
    ///
    /// type Error = Box<dyn std::error::Error + Send + Sync>;
    ///
    /// async fn handle(event: StreamEvent<Order>) -> Result<DynamoDbEventResponse, Error> {
    ///     event
    ///         .process(async |record| {
    ///             match record.change {
    ///                 Change::Insert { new } => println!("{} is new", new.id),
    ///                 Change::Modify { old, new } => println!("{} was {old:?}", new.id),
    ///                 Change::Remove { old, expired } => {
    ///                     println!("{} is gone, expired: {expired}", old.id)
    ///                 }
    ///             }
    ///             Ok(())
    ///         })
    ///         .await
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The record that failed has no sequence number to report: [`UnreportableFailure`]. The
    /// invocation has to fail then, so that Lambda delivers the whole batch again.
    pub async fn process<H>(self, handler: H) -> Result<DynamoDbEventResponse, Error>
    where
        H: AsyncFnMut(StreamRecord<T, O>) -> Result<(), Error>,
    {
        self.into_batch().process(handler).await
    }

    /// The records, to say more about how they are handled.
    pub fn into_batch(self) -> Batch<T, O, DynamoDbEventResponse> {
        Batch::new(self.records)
    }
}

impl<T, O> KinesisStreamEvent<T, O> {
    /// As [`StreamEvent::process`], with the sequence numbers of Kinesis.
    ///
    /// # Errors
    ///
    /// As [`StreamEvent::process`].
    pub async fn process<H>(self, handler: H) -> Result<KinesisEventResponse, Error>
    where
        H: AsyncFnMut(StreamRecord<T, O>) -> Result<(), Error>,
    {
        self.into_batch().process(handler).await
    }

    /// The records, to say more about how they are handled.
    pub fn into_batch(self) -> Batch<T, O, KinesisEventResponse> {
        Batch::new(self.records)
    }
}
