//! The event of a Kinesis data stream that DynamoDB writes to.

use serde_core::de::{Deserialize, Deserializer};

use crate::event::batch::{Batch, ConcurrentBatch, Error, Quarantine};
use crate::event::decode::{Decoded, StreamKind};
use crate::event::delivery::Delivery;
use crate::event::error::{EventError, RecordError};
use crate::event::record::{ChangeImage, StreamRecord};
use crate::event::window::Window;

use aws_lambda_events::streams::KinesisEventResponse;

/// A batch of
/// [Kinesis Data Streams for DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds.html):
/// the records of a [`StreamEvent`](crate::StreamEvent), delivered by Kinesis.
///
/// The differences are in [`RecordMeta`](crate::event::RecordMeta): the sequence number is that of
/// the Kinesis record, by which failures are reported; the time is in milliseconds or microseconds,
/// as the record says; `table_name` is there and `view_type` is not. A record of another producer
/// is an error.
///
/// As a part of another type that buffers it, the window's state and the Kinesis records around the
/// records are only as precise as serde's buffer, see [`StreamEvent`](crate::StreamEvent). The
/// records themselves are text inside of it.
///
/// Records can arrive more than once, and in another order than the changes were made: see
/// [`drop_duplicates`](Self::drop_duplicates).
#[derive(Debug)]
#[non_exhaustive]
pub struct KinesisStreamEvent<T, O = T> {
    /// The records, in the order of the payload.
    pub records: Vec<Result<StreamRecord<T, O>, RecordError>>,
    /// The tumbling window of the batch, if the event source mapping has one.
    pub window: Option<Box<Window>>,
    pub(super) delivery: Delivery,
}

impl<T: ChangeImage, O: ChangeImage> KinesisStreamEvent<T, O> {
    /// Decodes a payload.
    ///
    /// # Errors
    ///
    /// The payload is not JSON, or does not have one array of records.
    pub fn from_slice(payload: &[u8]) -> Result<Self, EventError> {
        Decoded::from_slice(payload, StreamKind::KINESIS).map(Self::from)
    }
}

impl<'de, T: ChangeImage, O: ChangeImage> Deserialize<'de> for KinesisStreamEvent<T, O> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Decoded::deserialize(deserializer, StreamKind::KINESIS).map(Self::from)
    }
}

impl<T, O> From<Decoded<T, O>> for KinesisStreamEvent<T, O> {
    fn from(decoded: Decoded<T, O>) -> Self {
        let Decoded { records, window, delivery } = decoded;
        Self { records, window, delivery }
    }
}

impl<T, O> KinesisStreamEvent<T, O> {
    /// [`StreamEvent::process`](crate::StreamEvent::process), with the sequence numbers of Kinesis,
    /// and for a pipe with the `eventID`s of the Kinesis records.
    ///
    /// # Errors
    ///
    /// As [`StreamEvent::process`](crate::StreamEvent::process).
    pub async fn process<H>(self, handler: H) -> Result<KinesisEventResponse, Error>
    where
        H: AsyncFnMut(StreamRecord<T, O>) -> Result<(), Error>,
    {
        self.into_batch().process(handler).await
    }

    /// Passes each record that could not be decoded to this function, with its raw text, and goes
    /// on if the function returns `Ok`: [`Batch::quarantine`].
    pub fn quarantine<F>(self, quarantine: F) -> Batch<T, O, KinesisEventResponse, Quarantine<F>>
    where
        F: AsyncFn(RecordError) -> Result<(), Error>,
    {
        self.into_batch().quarantine(quarantine)
    }

    /// Handles up to `limit` records concurrently, those of one item still one after the other:
    /// [`Batch::concurrency`].
    pub fn concurrency(self, limit: usize) -> ConcurrentBatch<T, O, KinesisEventResponse> {
        self.into_batch().concurrency(limit)
    }

    /// The records, to configure how they are handled.
    pub fn into_batch(self) -> Batch<T, O, KinesisEventResponse> {
        Batch::new(self.records, self.delivery)
    }
}
