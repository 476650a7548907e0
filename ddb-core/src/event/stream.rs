//! The event of a DynamoDB stream.

use serde_core::de::{Deserialize, Deserializer, Error as _};

use crate::event::change::{ChangeImage, StreamRecord};
use crate::event::decode::{Stream, decode_payload, decode_slice};
use crate::event::error::{EventError, RecordError};
use crate::event::payload::Payload;
use crate::event::places::Records;
use crate::event::window::Window;

/// A batch of a DynamoDB stream, with its images mapped to `T` (new) and `O` (old), strictly.
///
/// It is what a Lambda takes, `LambdaEvent<StreamEvent<T>>`, and decodes the payload itself: no map
/// is made of an image, and whatever is wrong in a record is that record's error, while the others
/// arrive. [`process`](Self::process) handles them and makes the response.
///
/// `T` and `O` are types that derive [`FromStreamImage`](crate::FromStreamImage),
/// [`Item`](crate::Item) for an image as it is, an `Option` of one of these where the stream need
/// not capture the image, or [`Ignored`](crate::Ignored) where nobody wants it.
///
/// An array of records without the `{"Records": …}` around it, which EventBridge Pipes delivers, is
/// the same event.
///
/// As a part of another type that buffers it, an untagged enum or behind `#[serde(flatten)]`, it is
/// only as lenient and as precise as the buffer of serde: what `serde_json` cannot put into a
/// value, such as half of a surrogate pair or more than 127 levels of JSON, then fails as a whole,
/// and the times of the records and the numbers of a window's state are rounded to an `f64`.
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
///     {"eventName": "INSERT", "dynamodb": {"NewImage": {"id": {"N": "7"}}, "SequenceNumber": "111"}},
///     {"eventName": "INSERT", "dynamodb": {"NewImage": {"id": {"S": "7"}}, "SequenceNumber": "112"}}
/// ]}"#;
/// let event = StreamEvent::<Order>::from_slice(payload)?;
///
/// let record = event.records[0].as_ref().unwrap();
/// assert_eq!(record.change, Change::Insert { new: Order { id: 7 } });
///
/// let error = event.records[1].as_ref().unwrap_err();
/// assert_eq!(error.kind().to_string(), "new image: id: expected N (u64), found S");
/// assert_eq!(error.meta.sequence_number.as_ref().unwrap().as_str(), "112");
/// # Ok::<(), ddb_core::EventError>(())
/// ```
#[derive(Debug)]
pub struct StreamEvent<T, O = T> {
    /// The records, in the order of the payload.
    pub records: Vec<Result<StreamRecord<T, O>, RecordError>>,
    /// The tumbling window of the batch, if the event source mapping has one.
    pub window: Option<Box<Window>>,
}

impl<T: ChangeImage, O: ChangeImage> StreamEvent<T, O> {
    /// Decodes a payload.
    ///
    /// # Errors
    ///
    /// It is not JSON, or has no array of records.
    pub fn from_slice(payload: &[u8]) -> Result<Self, EventError> {
        let mut records = Records::new();
        let window = decode_slice(payload, Stream::DYNAMODB, &mut records)?;
        Ok(Self { records: records.into_finished(), window })
    }
}

impl<'de, T: ChangeImage, O: ChangeImage> Deserialize<'de> for StreamEvent<T, O> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Payload(payload) = Payload::deserialize(deserializer)?;
        let mut records = Records::new();
        let window =
            decode_payload(&payload, Stream::DYNAMODB, &mut records).map_err(D::Error::custom)?;
        Ok(Self { records: records.into_finished(), window })
    }
}
