//! The event of a Kinesis data stream that DynamoDB writes to.

use serde_core::de::{Deserialize, Deserializer, Error as _};

use crate::event::change::{ChangeImage, StreamRecord};
use crate::event::decode::{Stream, decode_payload, decode_slice};
use crate::event::error::{EventError, RecordError};
use crate::event::payload::Payload;
use crate::event::places::Records;
use crate::event::window::Window;

/// A batch of [Kinesis Data Streams for DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds.html): the same
/// records as those of a [`StreamEvent`](crate::StreamEvent), out of Kinesis.
///
/// What differs is in [`RecordMeta`](crate::RecordMeta): the sequence number is that of the Kinesis
/// record, by which failures are reported; the time is in milliseconds or microseconds, as the
/// record says; `table_name` is there and `view_type` is not. A record of another producer is an
/// error of its own.
///
/// As a part of another type that buffers it, the window's state and what Kinesis puts around the
/// records are only as precise as the buffer of serde, see [`StreamEvent`](crate::StreamEvent); the
/// records themselves are text inside of it.
///
/// Records can come more than once, and in another order than the changes were made: see
/// [`drop_duplicates`](Self::drop_duplicates).
#[derive(Debug)]
pub struct KinesisStreamEvent<T, O = T> {
    /// The records, in the order of the payload.
    pub records: Vec<Result<StreamRecord<T, O>, RecordError>>,
    /// The tumbling window of the batch, if the event source mapping has one.
    pub window: Option<Box<Window>>,
}

impl<T: ChangeImage, O: ChangeImage> KinesisStreamEvent<T, O> {
    /// Decodes a payload.
    ///
    /// # Errors
    ///
    /// It is not JSON, or has no array of records.
    pub fn from_slice(payload: &[u8]) -> Result<Self, EventError> {
        let mut records = Records::new();
        let window = decode_slice(payload, Stream::KINESIS, &mut records)?;
        Ok(Self { records: records.into_finished(), window })
    }
}

impl<'de, T: ChangeImage, O: ChangeImage> Deserialize<'de> for KinesisStreamEvent<T, O> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Payload(payload) = Payload::deserialize(deserializer)?;
        let mut records = Records::new();
        let window =
            decode_payload(&payload, Stream::KINESIS, &mut records).map_err(D::Error::custom)?;
        Ok(Self { records: records.into_finished(), window })
    }
}
