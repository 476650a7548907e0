//! The description of a batch in its failure record.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use crate::event::meta::cut_name;
use crate::event::sequence_number::SequenceNumber;

/// The reason why a batch was given up, and the range of the batch.
///
/// Every field is optional, and is `None` if the record does not have it or if its value cannot be
/// read. The names in the record follow each description.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct FailureMeta {
    /// The id of the last invocation: `requestContext.requestId`.
    pub request_id: Option<Arc<str>>,
    /// The ARN of the function: `requestContext.functionArn`.
    pub function_arn: Option<Arc<str>>,
    /// The reason why the batch was given up: `requestContext.condition`.
    pub condition: Option<FailureCondition>,
    /// The number of invocations with the batch: `requestContext.approximateInvokeCount`.
    pub invoke_count: Option<u64>,
    /// The HTTP status of the last invocation: `responseContext.statusCode`. A batch whose records
    /// were too old for an invocation has no response.
    pub status_code: Option<u16>,
    /// The version of the function: `responseContext.executedVersion`.
    pub executed_version: Option<Arc<str>>,
    /// The kind of the last error, such as `Unhandled`: `responseContext.functionError`. `None`
    /// after a response that named failed records.
    pub function_error: Option<Arc<str>>,
    /// The time of the failure record: `timestamp`.
    pub timestamp: Option<SystemTime>,
    /// The batch: `DDBStreamBatchInfo` or `KinesisBatchInfo`.
    pub batch: FailedBatch,
}

/// The range of a batch in its stream.
///
/// `start_sequence_number` and `end_sequence_number` are those of the first and the last record.
/// With a filter, or after records have left the batch, the range contains more records than the
/// batch.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct FailedBatch {
    /// The ARN of the stream: `streamArn`.
    pub stream_arn: Option<Arc<str>>,
    /// The shard: `shardId`.
    pub shard_id: Option<Arc<str>>,
    /// The number of the first record: `startSequenceNumber`.
    pub start_sequence_number: Option<SequenceNumber>,
    /// The number of the last record: `endSequenceNumber`.
    pub end_sequence_number: Option<SequenceNumber>,
    /// The time of the first record: `approximateArrivalOfFirstRecord`.
    pub first_arrival: Option<SystemTime>,
    /// The time of the last record: `approximateArrivalOfLastRecord`.
    pub last_arrival: Option<SystemTime>,
    /// The number of records: `batchSize`.
    pub size: Option<u64>,
}

/// The reason why an event source mapping gave up a batch.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FailureCondition {
    /// The batch has failed as often as `MaximumRetryAttempts` allows.
    RetryAttemptsExhausted,
    /// The records are older than `MaximumRecordAgeInSeconds` allows.
    RecordAgeExceeded,
    /// A condition that this crate does not know, by at most the first 64 bytes of its name.
    Other(Arc<str>),
}

impl FailureCondition {
    pub(super) fn parse(name: &str) -> Self {
        match name {
            "RetryAttemptsExhausted" => Self::RetryAttemptsExhausted,
            "RecordAgeExceeded" => Self::RecordAgeExceeded,
            _ => Self::Other(cut_name(name).into()),
        }
    }

    /// The name in the record, such as `RetryAttemptsExhausted`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::RetryAttemptsExhausted => "RetryAttemptsExhausted",
            Self::RecordAgeExceeded => "RecordAgeExceeded",
            Self::Other(name) => name,
        }
    }
}

impl fmt::Display for FailureCondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
