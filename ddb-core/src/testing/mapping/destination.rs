//! The on-failure destination of a mapping.

use std::time::SystemTime;

use chrono::SecondsFormat;
use serde_json::{Value, json};

use super::clock::to_rfc3339;
use super::payload::write_payload;
use super::poller::Entry;
use crate::event::FailureCondition;

/// The destination of the batches that a mapping gives up, see
/// [Retain discarded records](https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnFailure {
    /// An object in S3, with the payload.
    S3,
    /// A message to SQS or SNS, with the range of the sequence numbers and without the payload.
    Message,
}

/// A batch that the mapping gives up.
pub struct GivenUp<'b> {
    pub shard_id: &'b str,
    pub records: &'b [Entry],
    pub condition: FailureCondition,
    pub invoke_count: u32,
    /// Whether the last invocation failed as a whole, and did not name a record.
    pub is_function_error: bool,
    pub now: SystemTime,
}

impl GivenUp<'_> {
    /// Writes the text that [`FailureRecord`](crate::FailureRecord) reads.
    pub fn write(&self, destination: OnFailure) -> String {
        let [Some(first), Some(last)] = [self.records.first(), self.records.last()] else {
            unreachable!("a batch has a record");
        };
        let mut record = json!({
            "requestContext": {
                "requestId": "00000000-0000-0000-0000-000000000000",
                "functionArn": "arn:aws:lambda:us-east-1:123456789012:function:function",
                "condition": self.condition.as_str(),
                "approximateInvokeCount": self.invoke_count,
            },
            "version": "1.0",
            "timestamp": to_rfc3339(self.now, SecondsFormat::Millis),
            "DDBStreamBatchInfo": {
                "shardId": self.shard_id,
                "startSequenceNumber": first.number.as_str(),
                "endSequenceNumber": last.number.as_str(),
                "approximateArrivalOfFirstRecord": to_rfc3339(first.created_at, SecondsFormat::Secs),
                "approximateArrivalOfLastRecord": to_rfc3339(last.created_at, SecondsFormat::Secs),
                "batchSize": self.records.len(),
                "streamArn": first.stream_arn.as_deref(),
            },
        });
        if self.condition == FailureCondition::RetryAttemptsExhausted {
            let function_error = self.is_function_error.then_some("Unhandled");
            record["responseContext"] = json!({
                "statusCode": 200,
                "executedVersion": "$LATEST",
                "functionError": function_error,
            });
        }
        if destination == OnFailure::S3 {
            record["payload"] = Value::String(write_payload(self.records, None));
        }
        record.to_string()
    }
}
