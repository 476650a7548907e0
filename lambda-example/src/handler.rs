//! What happens to a batch of stream records.

use ddb_core::{
    Change, DynamoDbEventResponse, KinesisEventResponse, KinesisStreamEvent, StreamEvent,
    StreamRecord,
};
use lambda_runtime::{Error, LambdaEvent};
use tracing::{debug, info, warn};

use crate::model::SampleModel;

/// Handles the records of a batch in order, up to the first that fails, and tells Lambda where that
/// is.
///
/// # Errors
///
/// The record that failed has no sequence number to report.
pub async fn handle_batch(
    event: LambdaEvent<StreamEvent<SampleModel>>,
) -> Result<DynamoDbEventResponse, Error> {
    info!(records = event.payload.records.len(), "batch");
    event.payload.process(handle_record).await
}

/// The same behind Kinesis Data Streams for DynamoDB, where records may come twice and late.
///
/// # Errors
///
/// The record that failed has no sequence number to report.
pub async fn handle_kinesis_batch(
    mut event: LambdaEvent<KinesisStreamEvent<SampleModel>>,
) -> Result<KinesisEventResponse, Error> {
    info!(records = event.payload.records.len(), "batch");
    let disorder = event.payload.drop_duplicates();
    if !disorder.duplicates.is_empty() || !disorder.late.is_empty() {
        warn!(duplicates = disorder.duplicates.len(), late = disorder.late.len(), "disorder");
    }
    event.payload.process(handle_record).await
}

/// The place for what your function is for. The log has the record's name; its values are personal
/// data, and only there for those who ask for `DEBUG`.
#[allow(clippy::unused_async, reason = "yours will await")]
async fn handle_record(record: StreamRecord<SampleModel>) -> Result<(), Error> {
    let event_id = record.meta.event_id.as_deref();
    match record.change {
        Change::Insert { new } => {
            info!(event_id, "inserted");
            debug!(event_id, ?new, "sample");
        }
        Change::Modify { old, new } => {
            info!(event_id, "modified");
            debug!(event_id, ?old, ?new, "sample");
        }
        Change::Remove { old, expired } => {
            info!(event_id, expired, "removed");
            debug!(event_id, ?old, "sample");
        }
    }
    Ok(())
}
