//! A record alone, without an event around it.

use serde_core::de::{Deserialize, Deserializer};

use crate::event::decode::{decode_record, deserialize_record};
use crate::event::error::RecordError;
use crate::event::record::{ChangeImage, StreamRecord};

impl<T: ChangeImage, O: ChangeImage> StreamRecord<T, O> {
    /// Decodes the JSON text of a record alone: the body of an SQS message that a pipe has sent,
    /// the input of a Step Functions state, or the decoded data of a record of Kinesis Data
    /// Firehose.
    ///
    /// Images and errors are those of a [`StreamEvent`](crate::StreamEvent), and the record is as
    /// strict. A record in the format of Kinesis Data Streams for DynamoDB has no sequence number.
    ///
    /// ```
    /// use ddb_core::{Change, FromStreamImage, StreamRecord};
    ///
    /// #[derive(Debug, PartialEq, FromStreamImage)]
    /// struct Order {
    ///     id: u64,
    /// }
    ///
    /// let body = br#"{"eventName": "INSERT", "dynamodb": {"NewImage": {"id": {"N": "7"}}}}"#;
    /// let record = StreamRecord::<Order>::from_slice(body)?;
    /// assert_eq!(record.change, Change::Insert { new: Order { id: 7 } });
    /// # Ok::<(), ddb_core::RecordError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not JSON, or if the record cannot be decoded.
    pub fn from_slice(text: &[u8]) -> Result<Self, RecordError> {
        decode_record(text)
    }
}

/// Decodes a record that is part of something else, such as the `detail` of an event on an
/// EventBridge bus. The error has the message of a [`RecordError`].
///
/// ```
/// use ddb_core::{FromStreamImage, StreamRecord};
/// use serde::Deserialize;
///
/// #[derive(FromStreamImage)]
/// struct Order {
///     id: u64,
/// }
///
/// #[derive(Deserialize)]
/// struct BusEvent {
///     detail: StreamRecord<Order>,
/// }
///
/// let event = r#"{"detail-type": "Order changed", "detail": {
///     "eventName": "INSERT", "dynamodb": {"NewImage": {"id": {"S": "7"}}}}}"#;
/// let error = serde_json::from_str::<BusEvent>(event).err().unwrap().to_string();
/// assert!(error.contains("new image: id: expected N (u64), found S"), "{error}");
/// ```
impl<'de, T: ChangeImage, O: ChangeImage> Deserialize<'de> for StreamRecord<T, O> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_record(deserializer)
    }
}
