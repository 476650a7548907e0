//! The event of a DynamoDB stream.

use serde_core::de::{Deserialize, Deserializer};

use crate::event::batch::{Batch, ConcurrentBatch, Error, Quarantine};
use crate::event::decode::{Decoded, StreamKind};
use crate::event::delivery::Delivery;
use crate::event::error::{EventError, RecordError};
use crate::event::record::{ChangeImage, StreamRecord};
use crate::event::window::Window;

use aws_lambda_events::streams::DynamoDbEventResponse;

/// A batch of a DynamoDB stream, with its images mapped to `T` (new) and `O` (old), strictly.
///
/// It is the payload of a Lambda, `LambdaEvent<StreamEvent<T>>`, and decodes itself: no map is
/// built from an image, and whatever is wrong with a record is that record's error, while the
/// others are decoded as usual. [`process`](Self::process) handles them and makes the response.
///
/// `T` and `O` are types that derive [`FromStreamImage`](crate::FromStreamImage),
/// [`Item`](crate::Item) for a raw image, an `Option` of one of these for an image that the stream
/// need not capture, or [`Ignored`](crate::Ignored) for an image that is not needed.
///
/// A missing or `null` image counts as absent. `{}` is an item without attributes, which for an
/// `Option` is `None` and for a derived type an error that lists the missing ones.
///
/// An array of records without the `{"Records": …}` around it, which EventBridge Pipes delivers, is
/// decoded as well. A record in which one of `dynamodb`, `Keys`, `NewImage` and `OldImage` appears
/// twice is an error.
///
/// As a part of another type that buffers it, such as an untagged enum or behind
/// `#[serde(flatten)]`, the event is only as lenient and as precise as serde's buffer. What
/// `serde_json` cannot put into a value, such as an unpaired surrogate or more than 127 levels of
/// JSON, then fails as a whole, and the times of the records and the numbers of a window's state
/// are rounded to an `f64`.
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
#[derive(Debug)]
#[non_exhaustive]
pub struct StreamEvent<T, O = T> {
    /// The records, in the order of the payload.
    pub records: Vec<Result<StreamRecord<T, O>, RecordError>>,
    /// The tumbling window of the batch, if the event source mapping has one.
    pub window: Option<Box<Window>>,
    pub(super) delivery: Delivery,
}

impl<T: ChangeImage, O: ChangeImage> StreamEvent<T, O> {
    /// Decodes a payload.
    ///
    /// # Errors
    ///
    /// The payload is not JSON, or does not have one array of records.
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
    /// Handles the records one after the other and stops at the first that fails. Lambda then
    /// delivers the batch again from that record on.
    ///
    /// The event source mapping must have `ReportBatchItemFailures`. Without it, Lambda ignores the
    /// response and takes the batch for done, and the records that failed are lost, see
    /// [Reporting batch item failures](https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
    ///
    /// The response names the sequence number of that record. EventBridge Pipes delivers the array
    /// of records without the `Records` envelope; the response to it names the `eventID` of
    /// every record that is not done: the failed one and all that were not started, see
    /// [Batching and concurrency](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html).
    ///
    /// A record that could not be decoded fails when its turn comes, and so does a record whose
    /// handler panics (where panics unwind). Each failure is logged through `tracing` at `ERROR`
    /// with the target `ddb_core`. The fields are `event_id`, `event_name`, `sequence_number`,
    /// `event_source_arn` and `error`, and `quarantine` if the quarantine failed.
    ///
    /// If the future is dropped, as by a timeout, there is no response, and Lambda delivers the
    /// whole batch again.
    ///
    /// Write the handler as `async |record| …`: the compiler does not infer the record's type for a
    /// plain closure. Where the future has to be `Send`, as for `tokio::spawn`, write
    /// `async move |record| …` and let the closure own what it captures, such as a clone of an
    /// `Arc`: the compiler cannot prove that a closure which borrows is `Send`.
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
    /// A record that is not done has no sequence number, or no event id, to report:
    /// [`UnreportableFailure`](crate::event::UnreportableFailure). The invocation has to fail then,
    /// so that the whole batch is delivered again.
    pub async fn process<H>(self, handler: H) -> Result<DynamoDbEventResponse, Error>
    where
        H: AsyncFnMut(StreamRecord<T, O>) -> Result<(), Error>,
    {
        self.into_batch().process(handler).await
    }

    /// Passes each record that could not be decoded to this function, with its raw text, and goes
    /// on if the function returns `Ok`: [`Batch::quarantine`].
    pub fn quarantine<F>(self, quarantine: F) -> Batch<T, O, DynamoDbEventResponse, Quarantine<F>>
    where
        F: AsyncFn(RecordError) -> Result<(), Error>,
    {
        self.into_batch().quarantine(quarantine)
    }

    /// Handles up to `limit` records concurrently, those of one item still one after the other:
    /// [`Batch::concurrency`].
    pub fn concurrency(self, limit: usize) -> ConcurrentBatch<T, O, DynamoDbEventResponse> {
        self.into_batch().concurrency(limit)
    }

    /// The records, to configure how they are handled.
    pub fn into_batch(self) -> Batch<T, O, DynamoDbEventResponse> {
        Batch::new(self.records, self.delivery)
    }
}
