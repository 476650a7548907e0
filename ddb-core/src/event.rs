//! Stream events: from the payload of a Lambda to typed records, and back to the batch response.
//!
//! [`StreamEvent`] is the payload that DynamoDB Streams delivers, and [`KinesisStreamEvent`] is the
//! payload that Kinesis Data Streams for DynamoDB delivers. Both contain a [`StreamRecord`] or a
//! [`RecordError`] for each entry of the batch. [`process`](StreamEvent::process) calls your
//! handler with each record and returns the batch response.
//!
//! A record alone decodes as a [`StreamRecord`], and the batches that an event source mapping has
//! given up as a [`FailureRecord`] or a [`KinesisFailureRecord`].
//!
//! # Failures
//!
//! - If the payload is not JSON, does not contain exactly one array of records, or is an event of
//!   another service, decoding returns an [`EventError`], and the invocation fails.
//! - If a record cannot be decoded, its entry in `records` is a [`RecordError`]. The other records
//!   are decoded as usual.
//! - When `process` reaches a `RecordError`, the record fails, unless there is a
//!   [`quarantine`](Batch::quarantine) that takes it.
//! - If the quarantine returns an error or panics, the record fails.
//! - If the handler returns an error or panics, the record fails. It is never quarantined.
//! - After a record has failed, no later record is started, and the response names the sequence
//!   number of the failed record. For EventBridge Pipes, it names the event id of every record that
//!   is not done.
//! - If a record has no such number or id to name, `process` returns an [`UnreportableFailure`],
//!   and the invocation fails.
//!
//! Lambda delivers the batch again from the record that the response names, or the whole batch if
//! the invocation fails. It does so until the record exceeds the maximum age or the number of
//! retries that the event source mapping sets. By default the mapping sets neither, and Lambda
//! retries the record until the stream drops it after 24 hours. Until then, every record behind it
//! in the shard waits.
//!
//! # Sources
//!
//! The types follow the AWS documentation of the
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
mod failure;
mod kinesis;
mod meta;
mod record;
#[cfg(feature = "aws-sdk-dynamodbstreams")]
mod sdk;
mod sequence_number;
mod single_record;
mod stream;
mod window;
mod window_response;

#[cfg(feature = "testing")]
pub(crate) use batch::ItemKey;
pub(crate) use decode::{LineDecoder, parse_rfc3339};

pub use batch::{
    Batch, BatchCounts, BatchResponse, ConcurrentBatch, Counts, NoQuarantine, Quarantine, Spans,
    UnreportableFailure, Unwatched,
};
pub use disorder::Disorder;
pub use error::{EventError, ImageProblem, RecordError, RecordErrorKind, RecordPart};
pub use failure::{
    FailedBatch, FailureCondition, FailureError, FailureMeta, FailureObjectKey, FailureRecord,
    KinesisFailureRecord, ParseFailureObjectKeyError,
};
pub use kinesis::KinesisStreamEvent;
pub use meta::{EventName, RecordMeta, UserIdentity, ViewType};
pub use record::{Change, ChangeImage, Ignored, StreamRecord};
#[cfg(feature = "aws-sdk-dynamodbstreams")]
#[cfg_attr(docsrs, doc(cfg(feature = "aws-sdk-dynamodbstreams")))]
pub use sdk::record_to_json;
pub use sequence_number::{ParseSequenceNumberError, SequenceNumber};
pub use stream::StreamEvent;
pub use window::{StateError, Window};
pub use window_response::WindowResponse;
