//! The record of a batch that an event source mapping has given up.

mod decode;
mod error;
mod meta;
mod object_key;

use crate::event::decode::{Decoded, StreamKind};
use crate::event::kinesis::KinesisStreamEvent;
use crate::event::record::ChangeImage;
use crate::event::stream::StreamEvent;

use self::decode::{Failure, StreamService};
pub use self::error::FailureError;
pub use self::meta::{FailedBatch, FailureCondition, FailureMeta};
pub use self::object_key::{FailureObjectKey, ParseFailureObjectKeyError};

/// The record of a batch of a DynamoDB stream that its event source mapping has given up, as the
/// mapping's on-failure destination gets it.
///
/// A destination in S3 gets the batch itself: [`event`](Self::event) is the event that the function
/// was invoked with, and [`payload`](Self::payload) its text. SQS and SNS only get the range of the
/// batch. Its records have to be read from the stream again, which keeps them for 24 hours, see
/// [Retaining discarded batches](https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html).
///
/// ```
/// use ddb_core::event::FailureCondition;
/// use ddb_core::{FailureRecord, FromStreamImage};
///
/// #[derive(FromStreamImage)]
/// struct Order {
///     id: u64,
/// }
///
/// let body = br#"{
///     "requestContext": {"condition": "RetryAttemptsExhausted", "approximateInvokeCount": 4},
///     "DDBStreamBatchInfo": {
///         "shardId": "shardId-00000001573689847184-864758bb", "startSequenceNumber": "800000000003126276362"}
/// }"#;
/// let failure = FailureRecord::<Order>::from_slice(body)?;
/// assert_eq!(failure.meta.condition, Some(FailureCondition::RetryAttemptsExhausted));
/// assert_eq!(failure.meta.invoke_count, Some(4));
/// let start = failure.meta.batch.start_sequence_number.as_ref().unwrap();
/// assert_eq!(start.as_str(), "800000000003126276362");
/// assert!(failure.event.is_none());
/// # Ok::<(), ddb_core::event::FailureError>(())
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct FailureRecord<T, O = T> {
    /// Why the batch was given up, and which records are in it.
    pub meta: FailureMeta,
    /// The event, if the text contains it. Only S3 gets it.
    pub event: Option<StreamEvent<T, O>>,
    payload: Payload,
}

/// The record of a batch of a Kinesis data stream to which DynamoDB writes its changes, as the
/// on-failure destination of its event source mapping gets it.
///
/// It is like a [`FailureRecord`], and its event a [`KinesisStreamEvent`].
#[derive(Debug)]
#[non_exhaustive]
pub struct KinesisFailureRecord<T, O = T> {
    /// Why the batch was given up, and which records are in it.
    pub meta: FailureMeta,
    /// The event, if the text contains it. Only S3 gets it.
    pub event: Option<KinesisStreamEvent<T, O>>,
    payload: Payload,
}

macro_rules! failure_record {
    ($record:ident, $service:expr, $kind:expr) => {
        impl<T: ChangeImage, O: ChangeImage> $record<T, O> {
            /// Decodes the content of an object in S3, the body of an SQS message or the `Message`
            /// of an SNS notification.
            ///
            /// In S3, the payload may be a string that contains JSON, or the JSON itself.
            ///
            /// # Errors
            ///
            /// Returns an error if the text is not such a record, or if its payload is not an
            /// event of a stream. A record of the event that cannot be decoded is an error in its place.
            pub fn from_slice(text: &[u8]) -> Result<Self, FailureError> {
                let Failure { meta, payload } = Failure::from_slice(text, $service)?;
                let decode = |payload: &str| Decoded::from_slice(payload.as_bytes(), $kind);
                let event = payload.as_deref().map(decode).transpose();
                let event = event.map_err(FailureError::Payload)?.map(Into::into);
                Ok(Self { meta, event, payload: Payload(payload) })
            }
        }

        impl<T, O> $record<T, O> {
            /// The text of the event, attribute values included, with which the function can be
            /// invoked again. `None` if the record does not contain it.
            #[must_use]
            pub fn payload(&self) -> Option<&str> {
                self.payload.0.as_deref()
            }
        }
    };
}

failure_record!(FailureRecord, StreamService::DynamoDb, StreamKind::DYNAMODB);
failure_record!(KinesisFailureRecord, StreamService::Kinesis, StreamKind::KINESIS);

/// The text of an event, which `Debug` does not show.
struct Payload(Option<Box<str>>);

impl std::fmt::Debug for Payload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Some(text) => write!(f, "{} bytes", text.len()),
            None => f.write_str("none"),
        }
    }
}
