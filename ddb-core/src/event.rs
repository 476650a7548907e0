//! Events of DynamoDB Streams and of Kinesis Data Streams for DynamoDB, from the payload of a
//! Lambda to typed records and back to the batch response.
//!
//! The types honour what AWS documents of the
//! [record](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html) and of the
//! [event source mapping](https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).

mod aws;
mod batch;
mod change;
mod cow_str;
mod decode;
mod disorder;
mod envelope;
mod error;
mod item_key;
mod keys;
mod kinesis;
mod meta;
mod parts;
mod payload;
mod places;
mod sequence_number;
mod stream;
mod transcode;
mod window;

pub use batch::{Batch, BatchResponse, ConcurrentBatch, FailAtPoison, KeepBy, UnreportableFailure};
pub use change::{Change, ChangeImage, Ignored, StreamRecord};
pub use disorder::Disorder;
pub use error::{EventError, ImageFault, RecordError, RecordErrorKind, RecordPart};
pub use kinesis::KinesisStreamEvent;
pub use meta::{EventName, RecordMeta, UserIdentity, ViewType};
pub use sequence_number::{NotASequenceNumber, SequenceNumber};
pub use stream::StreamEvent;
pub use window::{StateError, Window, WindowResponse};
