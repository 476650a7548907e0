//! Reads the records of a batch from the stream again, for a failure record without a payload.

use std::time::Duration;

use aws_sdk_dynamodbstreams::Client;
use aws_sdk_dynamodbstreams::error::ProvideErrorMetadata;
use aws_sdk_dynamodbstreams::types::{Record, ShardIteratorType};
use ddb_core::event::{FailedBatch, SequenceNumber, record_to_json};
use serde_json::Value;
use tokio::time::sleep;

use super::Error;
use crate::aws_error::describe;

/// The time between two calls of `GetRecords`, of which a shard allows five a second, see
/// [`GetRecords`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html).
const INTERVAL: Duration = Duration::from_millis(200);

/// The number of calls without a record after which the end of the batch is given up. A shard can
/// have long stretches without records.
const MOST_EMPTY: u32 = 100;

/// A range of a shard, from its first record to its last one.
struct Range<'b> {
    stream_arn: &'b str,
    shard_id: &'b str,
    start: &'b SequenceNumber,
    end: &'b SequenceNumber,
}

impl<'b> Range<'b> {
    fn of(batch: &'b FailedBatch) -> Option<Self> {
        Some(Self {
            stream_arn: batch.stream_arn.as_deref()?,
            shard_id: batch.shard_id.as_deref()?,
            start: batch.start_sequence_number.as_ref()?,
            end: batch.end_sequence_number.as_ref()?,
        })
    }
}

/// Reads the records of a batch, each as Lambda would deliver it. They may be more than the batch
/// had: the range has records that a filter has dropped.
pub async fn read_batch(client: &Client, batch: &FailedBatch) -> Result<Vec<Value>, Error> {
    let range = Range::of(batch).ok_or("it has neither a payload nor a range of the stream")?;
    let request = client.get_shard_iterator().stream_arn(range.stream_arn);
    let request = request.shard_id(range.shard_id);
    let request = request.shard_iterator_type(ShardIteratorType::AtSequenceNumber);
    let response = request.sequence_number(range.start.as_str()).send().await;
    let mut iterator = response.map_err(refuse)?.shard_iterator;
    let mut records = Vec::new();
    let mut empty = 0;
    while let Some(next) = iterator {
        let response = client.get_records().shard_iterator(next).send().await.map_err(refuse)?;
        let page = response.records.unwrap_or_default();
        empty = if page.is_empty() { empty + 1 } else { 0 };
        for record in page {
            let (number, record) = write_record(record, range.stream_arn)?;
            if number > *range.end {
                return Ok(records);
            }
            let is_last = number == *range.end;
            records.push(record);
            if is_last {
                return Ok(records);
            }
        }
        if empty >= MOST_EMPTY {
            break;
        }
        iterator = response.next_shard_iterator;
        sleep(INTERVAL).await;
    }
    Err(format!("the shard has no record {}, which is the last one of the batch", range.end).into())
}

/// Says that the records are gone, or why they cannot be read.
fn refuse<E: ProvideErrorMetadata + std::error::Error>(error: E) -> Error {
    match error.code() {
        // A shard without records is gone as well.
        Some("TrimmedDataAccessException" | "ResourceNotFoundException") => {
            "it has no payload, and the stream, which keeps records for 24 hours, no longer has them: \
             write the items again to have their current state handled"
                .into()
        }
        _ => describe(error).into(),
    }
}

/// Writes a record as Lambda delivers it.
fn write_record(record: Record, stream_arn: &str) -> Result<(SequenceNumber, Value), Error> {
    let number = record.dynamodb.as_ref().and_then(|change| change.sequence_number.as_deref());
    let number = number.ok_or("a record of the stream has no sequence number")?.parse()?;
    let record = record_to_json(record, stream_arn)?;
    Ok((number, serde_json::from_str(&record)?))
}
