//! Events of DynamoDB Streams and of Kinesis Data Streams for DynamoDB: from the payload of a
//! Lambda to typed records, and back to the batch response.
//!
//! The types follow what AWS documents about the
//! [record](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html),
//! the
//! [event source mapping](https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html)
//! and
//! [EventBridge Pipes](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html).

mod aws;
mod batch;
mod decode;
mod delivery;
mod disorder;
mod error;
mod kinesis;
mod meta;
mod record;
mod sequence_number;
mod stream;
mod window;
mod window_response;

pub use batch::{
    Batch, BatchResponse, ConcurrentBatch, NoQuarantine, Quarantine, UnreportableFailure,
};
pub use disorder::Disorder;
pub use error::{EventError, ImageProblem, RecordError, RecordErrorKind, RecordPart};
pub use kinesis::KinesisStreamEvent;
pub use meta::{EventName, RecordMeta, UserIdentity, ViewType};
pub use record::{Change, ChangeImage, Ignored, StreamRecord};
pub use sequence_number::{ParseSequenceNumberError, SequenceNumber};
pub use stream::StreamEvent;
pub use window::{StateError, Window};
pub use window_response::WindowResponse;
