//! The event of a DynamoDB stream.

use serde_core::de::{Deserialize, Deserializer};

use crate::event::batch::{
    Batch, BatchCounts, ConcurrentBatch, Counts, Error, NoQuarantine, Quarantine, Spans, Unwatched,
};
use crate::event::decode::{Decoded, StreamKind};
use crate::event::delivery::Delivery;
use crate::event::error::{EventError, RecordError};
use crate::event::record::{ChangeImage, StreamRecord};
use crate::event::window::Window;

use aws_lambda_events::streams::DynamoDbEventResponse;

/// A batch of a DynamoDB stream, with its new images mapped to `T` and its old images to `O`.
///
/// `StreamEvent` is the payload type of a Lambda: `LambdaEvent<StreamEvent<T>>`. A record that
/// cannot be decoded is a [`RecordError`] in [`records`](Self::records), and the other records are
/// decoded as usual. [`process`](Self::process) calls your handler with each record and returns the
/// batch response.
///
/// ```
/// use ddb_core::{Change, FromStreamImage, StreamEvent};
///
/// #[derive(Debug, PartialEq, FromStreamImage)]
/// struct Order {
///     id: u64,
/// }
///
/// let payload = br#"{"Records": [
///     {"eventName": "INSERT", "dynamodb": {
///         "NewImage": {"id": {"N": "7"}}, "SequenceNumber": "111"}},
///     {"eventName": "INSERT", "dynamodb": {
///         "NewImage": {"id": {"S": "7"}}, "SequenceNumber": "112"}}
/// ]}"#;
/// let event = StreamEvent::<Order>::from_slice(payload)?;
///
/// let record = event.records[0].as_ref().unwrap();
/// assert_eq!(record.change, Change::Insert { new: Order { id: 7 } });
///
/// let error = event.records[1].as_ref().unwrap_err();
/// assert_eq!(error.kind().to_string(), "new image: id: expected N (u64), found S");
/// assert_eq!(error.meta.sequence_number.as_ref().unwrap().as_str(), "112");
/// # Ok::<(), ddb_core::event::EventError>(())
/// ```
///
/// # Strictness
///
/// Events are always strict, also for a type that has a lossy conversion. `#[ddb(default)]`, on a
/// field or on the whole struct, says that absence is fine. `#[ddb(strict)]` on a type that is for
/// events alone spares its fields the defaults that the lossy conversion would need.
///
/// # Images
///
/// `T` and `O` can each be:
///
/// - a type that derives [`FromStreamImage`](crate::FromStreamImage);
/// - [`Item`](crate::Item), for the raw image;
/// - an `Option` of one of these, for an image that the stream need not capture;
/// - [`Ignored`](crate::Ignored), for an image that the handler does not need.
///
/// A missing or `null` image counts as absent. A record without an image that its change should
/// have is a [`RecordError`], unless the image's type is an `Option` or `Ignored`. `{}` is an item
/// without attributes: a derived type reports the attributes that it requires as missing, and an
/// `Option` is `None`. An image that the change should not have, such as the old image of an
/// `INSERT`, has no effect.
///
/// # Payloads
///
/// The event source mapping of Lambda delivers `{"Records": […]}`, and EventBridge Pipes delivers
/// the array alone. Both decode as a `StreamEvent`, which remembers the form for its response. A
/// record in which `dynamodb`, `Keys`, `NewImage` or `OldImage` appears twice is an error. The
/// output of `aws dynamodbstreams get-records` decodes as well.
///
/// An event of another service is refused as a whole, so that an untagged enum of the events of
/// several services picks the right one: every record names another source, such as `aws:sqs`, and
/// none has data of DynamoDB or Kinesis. Put `aws_lambda_events`' `SqsEvent`, which accepts any
/// records, last.
///
/// Serde buffers an event that is part of an untagged enum or that is read through
/// `#[serde(flatten)]`. Such an event is only as lenient and as precise as the buffer. Text that
/// `serde_json` cannot buffer, such as an unpaired surrogate or more than 127 levels of JSON, fails
/// the whole payload, and the times of the records and the numbers of a window's state are rounded
/// to an `f64`.
#[derive(Debug)]
#[non_exhaustive]
pub struct StreamEvent<T, O = T> {
    /// The records in the order of the payload, each decoded or with the error of decoding it.
    pub records: Vec<Result<StreamRecord<T, O>, RecordError>>,
    /// The tumbling window of the batch, if the event source mapping has tumbling windows.
    pub window: Option<Box<Window>>,
    pub(super) delivery: Delivery,
}

impl<T: ChangeImage, O: ChangeImage> StreamEvent<T, O> {
    /// Decodes a payload.
    ///
    /// # Errors
    ///
    /// Returns an error if the payload is not JSON, does not contain exactly one array of records,
    /// or is an event of another service. A record that cannot be decoded is not an error of the
    /// payload.
    pub fn from_slice(payload: &[u8]) -> Result<Self, EventError> {
        Decoded::from_slice(payload, StreamKind::DYNAMODB).map(Self::from)
    }
}

impl<'de, T: ChangeImage, O: ChangeImage> Deserialize<'de> for StreamEvent<T, O> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Decoded::deserialize(deserializer, StreamKind::DYNAMODB).map(Self::from)
    }
}

impl<T, O> From<Decoded<T, O>> for StreamEvent<T, O> {
    fn from(decoded: Decoded<T, O>) -> Self {
        let Decoded { records, window, delivery } = decoded;
        Self { records, window, delivery }
    }
}

impl<T, O> StreamEvent<T, O> {
    /// Calls the handler with one record at a time, in order, and returns the batch response.
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
    /// # Failures
    ///
    /// A record fails if the handler returns an error for it or panics. A record that could not be
    /// decoded fails when its turn comes, without a call of the handler, unless a
    /// [`quarantine`](Self::quarantine) takes it.
    ///
    /// `process` stops at the first failure. The response names the sequence number of that record,
    /// and Lambda delivers the batch again from that record on. It does so until the record exceeds
    /// the maximum age or the number of retries that the event source mapping sets. By default the
    /// mapping sets neither, and Lambda retries the record until the stream drops it after 24
    /// hours. If no record fails, the response is empty, and Lambda counts the batch as done.
    ///
    /// The event source mapping must have `ReportBatchItemFailures`. Without it, Lambda ignores the
    /// response and counts the batch as done, and the records that failed are lost, see
    /// [Reporting batch item failures](https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
    ///
    /// For EventBridge Pipes, which delivers the array of records without the `Records` envelope,
    /// the response names the `eventID` of every record that is not done: the failed record and all
    /// that were not started, see
    /// [Batching and concurrency](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html).
    ///
    /// A panic is caught only if panics unwind. With `panic = "abort"`, it ends the process.
    ///
    /// If the future is dropped before it completes, as by a timeout, there is no response. The
    /// invocation must then fail, so that Lambda delivers the whole batch again.
    ///
    /// # Log
    ///
    /// Each failure is logged once through `tracing` as "record failed", at `ERROR` with the target
    /// `ddb_core`. The fields are `event_id`, `event_name`, `sequence_number`, `event_source_arn`
    /// and `error`. If the quarantine has failed, the field `quarantine` has its error. The
    /// messages of this crate contain no attribute values. A handler's error is logged as it is,
    /// with its chain of sources.
    ///
    /// # Closures
    ///
    /// Write the handler as `async |record| …`: the compiler does not infer the record's type for a
    /// plain closure, `|record| async { … }`. Where the future has to be `Send`, as for
    /// `tokio::spawn` or for `lambda_runtime::run_concurrent` (feature `concurrency-tokio`), write
    /// `async move |record| …` and let the closure own what it captures, such as a clone of an
    /// `Arc`. The compiler cannot prove that a closure that borrows is `Send`.
    ///
    /// # Errors
    ///
    /// Returns an [`UnreportableFailure`](crate::event::UnreportableFailure) if the failed record
    /// has no sequence number. For EventBridge Pipes, returns it if a record that is not done has
    /// no event id. Return the error from the Lambda's handler, so that the invocation fails and
    /// the whole batch is delivered again.
    pub async fn process<H>(self, handler: H) -> Result<DynamoDbEventResponse, Error>
    where
        H: AsyncFnMut(StreamRecord<T, O>) -> Result<(), Error>,
    {
        self.into_batch().process(handler).await
    }

    /// Sets the function that takes each record that could not be decoded, so that such a record
    /// does not hold up those behind it: see [`Batch::quarantine`].
    pub fn quarantine<F>(self, quarantine: F) -> Batch<T, O, DynamoDbEventResponse, Quarantine<F>>
    where
        F: AsyncFn(RecordError) -> Result<(), Error>,
    {
        self.into_batch().quarantine(quarantine)
    }

    /// Handles up to `limit` records concurrently, and the records of one item still in order, one
    /// at a time: see [`Batch::concurrency`].
    pub fn concurrency(self, limit: usize) -> ConcurrentBatch<T, O, DynamoDbEventResponse> {
        self.into_batch().concurrency(limit)
    }

    /// Asks `process` to count the outcomes of the records: see [`Batch::counts`].
    pub fn counts(
        self,
        counts: &BatchCounts,
    ) -> Batch<T, O, DynamoDbEventResponse, NoQuarantine, Counts<Unwatched>> {
        self.into_batch().counts(counts)
    }

    /// Opens a `tracing` span for the batch and one for each record: see [`Batch::spans`].
    pub fn spans(self) -> Batch<T, O, DynamoDbEventResponse, NoQuarantine, Spans<Unwatched>> {
        self.into_batch().spans()
    }

    /// Returns the records as a [`Batch`], which has the settings for handling them.
    pub fn into_batch(self) -> Batch<T, O, DynamoDbEventResponse> {
        Batch::new(self.records, self.delivery)
    }
}
