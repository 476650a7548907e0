//! Reads a failure record.

use std::str;
use std::str::FromStr;

use crate::event::decode::{parse_rfc3339, read_sequence_number};
use crate::event::failure::error::FailureError;
use crate::event::failure::meta::{FailedBatch, FailureCondition, FailureMeta};
use crate::json::{Cursor, JsonReader, JsonString, Members};

/// A failure record whose payload is not decoded yet.
#[derive(Default)]
pub(super) struct Failure {
    pub(super) meta: FailureMeta,
    pub(super) payload: Option<Box<str>>,
}

/// The service whose stream the batch is from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum StreamService {
    DynamoDb,
    Kinesis,
}

/// The members that tell a failure record from other texts.
#[derive(Default)]
struct Shape {
    service: Option<StreamService>,
    has_records: bool,
    /// Only the record of an asynchronous invocation has its payload under this name.
    has_request_payload: bool,
    /// Only a notification of SNS has its text under this name.
    has_message: bool,
}

impl Failure {
    pub(super) fn from_slice(text: &[u8], service: StreamService) -> Result<Self, FailureError> {
        let text = match str::from_utf8(text) {
            Ok(text) => text,
            Err(error) => return Err(FailureError::NotJson { offset: error.valid_up_to() }),
        };
        let mut cursor = Cursor::default();
        let mut failure = Self::default();
        let mut json = JsonReader::new(text, &mut cursor);
        let is_array = json.peek() == Some(b'[');
        let shape = failure.read(json);
        // If anything follows the record, the cursor records a syntax error, which is returned
        // below.
        let _ = JsonReader::new(text, &mut cursor).expect_end();
        if let Some(offset) = cursor.syntax_error_at() {
            return Err(FailureError::NotJson { offset });
        }
        let looks_like = match shape {
            Some(shape) if shape.service == Some(service) => return Ok(failure),
            Some(shape) => shape.describe(),
            None if is_array => "an array: decode the records of a pipe as `StreamEvent`",
            None => "neither an object nor an array",
        };
        Err(FailureError::NotAFailureRecord { looks_like })
    }

    /// Reads the members. Returns `None` if the text is not an object.
    fn read(&mut self, json: JsonReader<'_>) -> Option<Shape> {
        let mut members = Members::of_object(json)?;
        let mut shape = Shape::default();
        let meta = &mut self.meta;
        while let Some(name) = members.next() {
            match &*name {
                "requestContext" => read_request(meta, members.value()),
                "responseContext" => read_response(meta, members.value()),
                "timestamp" => {
                    meta.timestamp = members.value().into_text().and_then(parse_rfc3339);
                }
                "DDBStreamBatchInfo" => {
                    shape.service = Some(StreamService::DynamoDb);
                    meta.batch = read_batch(members.value());
                }
                "KinesisBatchInfo" => {
                    shape.service = Some(StreamService::Kinesis);
                    meta.batch = read_batch(members.value());
                }
                "payload" => self.payload = read_payload(members.value()),
                "Records" => shape.has_records = true,
                "requestPayload" => shape.has_request_payload = true,
                "Message" => shape.has_message = true,
                _ => {}
            }
        }
        Some(shape)
    }
}

impl Shape {
    /// Describes a text with these members, and says how to decode it.
    fn describe(&self) -> &'static str {
        match self.service {
            Some(StreamService::Kinesis) => {
                "one of a Kinesis stream: decode it as `KinesisFailureRecord`"
            }
            Some(StreamService::DynamoDb) => {
                "one of a DynamoDB stream: decode it as `FailureRecord`"
            }
            None if self.has_records => {
                "an event: decode the records of a stream as `StreamEvent`, and of an event of SQS or \
                 SNS each `body` or `Message`"
            }
            None if self.has_message => "a notification of SNS: decode its `Message`",
            None if self.has_request_payload => "the record of an asynchronous invocation",
            None => "an object without `DDBStreamBatchInfo` and `KinesisBatchInfo`",
        }
    }
}

fn read_request(meta: &mut FailureMeta, json: JsonReader<'_>) {
    let Some(mut members) = Members::of_object(json) else { return };
    while let Some(name) = members.next() {
        match &*name {
            "requestId" => meta.request_id = members.value().into_shared_text(),
            "functionArn" => meta.function_arn = members.value().into_shared_text(),
            "condition" => {
                meta.condition = members.value().into_text().map(FailureCondition::parse);
            }
            "approximateInvokeCount" => meta.invoke_count = read_number(members.value()),
            _ => {}
        }
    }
}

fn read_response(meta: &mut FailureMeta, json: JsonReader<'_>) {
    let Some(mut members) = Members::of_object(json) else { return };
    while let Some(name) = members.next() {
        match &*name {
            "statusCode" => meta.status_code = read_number(members.value()),
            "executedVersion" => meta.executed_version = members.value().into_shared_text(),
            "functionError" => meta.function_error = members.value().into_shared_text(),
            _ => {}
        }
    }
}

fn read_batch(json: JsonReader<'_>) -> FailedBatch {
    let mut batch = FailedBatch::default();
    let Some(mut members) = Members::of_object(json) else { return batch };
    while let Some(name) = members.next() {
        let json = members.value();
        match &*name {
            "streamArn" => batch.stream_arn = json.into_shared_text(),
            "shardId" => batch.shard_id = json.into_shared_text(),
            "startSequenceNumber" => batch.start_sequence_number = read_sequence_number(json),
            "endSequenceNumber" => batch.end_sequence_number = read_sequence_number(json),
            "approximateArrivalOfFirstRecord" => {
                batch.first_arrival = json.into_text().and_then(parse_rfc3339);
            }
            "approximateArrivalOfLastRecord" => {
                batch.last_arrival = json.into_text().and_then(parse_rfc3339);
            }
            "batchSize" => batch.size = read_number(json),
            _ => json.skip(),
        }
    }
    batch
}

/// Reads the payload. AWS documents an object's payload as a string that contains JSON, and other
/// implementations of Lambda write the JSON itself.
fn read_payload(mut json: JsonReader<'_>) -> Option<Box<str>> {
    match json.peek() {
        Some(b'"') => match json.into_string() {
            Ok(JsonString::Text(text)) => Some(text.into()),
            // The text is there and cannot be read, so that it is no event either.
            _ => Some(Box::default()),
        },
        Some(b'{' | b'[') => Some(json.into_raw().into()),
        _ => {
            json.skip();
            None
        }
    }
}

fn read_number<N: FromStr>(json: JsonReader<'_>) -> Option<N> {
    json.into_raw().parse().ok()
}
