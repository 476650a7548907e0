//! The event of a Kinesis data stream to which DynamoDB writes its changes.

use serde_core::de::{Deserialize, Deserializer};

use crate::event::batch::{
    Batch, BatchCounts, ConcurrentBatch, Counts, Error, NoQuarantine, Quarantine, Spans, Unwatched,
};
use crate::event::decode::{Decoded, StreamKind};
use crate::event::delivery::Delivery;
use crate::event::error::{EventError, RecordError};
use crate::event::record::{ChangeImage, StreamRecord};
use crate::event::window::Window;

use aws_lambda_events::streams::KinesisEventResponse;

/// A batch of
/// [Kinesis Data Streams for DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds.html),
/// with its new images mapped to `T` and its old images to `O`.
///
/// Images and errors are those of a [`StreamEvent`](crate::StreamEvent), and the event is as
/// strict. These parts of the [`RecordMeta`](crate::event::RecordMeta) differ:
///
/// - `sequence_number` is that of the Kinesis record, and the response reports failures by it.
/// - `created_at` is read as milliseconds or microseconds, as the record states, or as milliseconds
///   if the record does not state its precision.
/// - `table_name` is present, and `view_type` is not.
///
/// Kinesis can deliver a record more than once, and in another order than the changes were made:
/// see [`drop_duplicates`](Self::drop_duplicates). A record that another producer has written to
/// the stream is a [`RecordError`].
///
/// If serde buffers the event, the limits that [`StreamEvent`](crate::StreamEvent) describes apply
/// to the window's state and to the Kinesis records, but not to the DynamoDB records, which are
/// encoded text inside the Kinesis records.
#[derive(Debug)]
#[non_exhaustive]
pub struct KinesisStreamEvent<T, O = T> {
    /// The records in the order of the payload, each decoded or with the error of decoding it.
    pub records: Vec<Result<StreamRecord<T, O>, RecordError>>,
    /// The tumbling window of the batch, if the event source mapping has tumbling windows.
    pub window: Option<Box<Window>>,
    pub(super) delivery: Delivery,
}

impl<T: ChangeImage, O: ChangeImage> KinesisStreamEvent<T, O> {
    /// Decodes a payload.
    ///
    /// # Errors
    ///
    /// Returns an error if the payload is not JSON, does not contain exactly one array of records,
    /// or is an event of another service. A record that cannot be decoded is not an error of the
    /// payload.
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
    /// Calls the handler with one record at a time, in order, and returns the batch response.
    ///
    /// This method is like [`StreamEvent::process`](crate::StreamEvent::process), except that the
    /// response names the sequence number of the Kinesis record, and for EventBridge Pipes the
    /// `eventID`s of the Kinesis records.
    ///
    /// # Errors
    ///
    /// Returns an [`UnreportableFailure`](crate::event::UnreportableFailure) if the failed record
    /// has no sequence number. For EventBridge Pipes, returns it if a record that is not done has
    /// no event id.
    pub async fn process<H>(self, handler: H) -> Result<KinesisEventResponse, Error>
    where
        H: AsyncFnMut(StreamRecord<T, O>) -> Result<(), Error>,
    {
        self.into_batch().process(handler).await
    }

    /// Sets the function that takes each record that could not be decoded, so that such a record
    /// does not hold up those behind it: see [`Batch::quarantine`].
    pub fn quarantine<F>(self, quarantine: F) -> Batch<T, O, KinesisEventResponse, Quarantine<F>>
    where
        F: AsyncFn(RecordError) -> Result<(), Error>,
    {
        self.into_batch().quarantine(quarantine)
    }

    /// Handles up to `limit` records concurrently, and the records of one item still in order, one
    /// at a time: see [`Batch::concurrency`].
    pub fn concurrency(self, limit: usize) -> ConcurrentBatch<T, O, KinesisEventResponse> {
        self.into_batch().concurrency(limit)
    }

    /// Asks `process` to count the outcomes of the records: see [`Batch::counts`].
    pub fn counts(
        self,
        counts: &BatchCounts,
    ) -> Batch<T, O, KinesisEventResponse, NoQuarantine, Counts<Unwatched>> {
        self.into_batch().counts(counts)
    }

    /// Opens a `tracing` span for the batch and one for each record: see [`Batch::spans`].
    pub fn spans(self) -> Batch<T, O, KinesisEventResponse, NoQuarantine, Spans<Unwatched>> {
        self.into_batch().spans()
    }

    /// Returns the records as a [`Batch`], which has the settings for handling them.
    pub fn into_batch(self) -> Batch<T, O, KinesisEventResponse> {
        Batch::new(self.records, self.delivery)
    }
}
