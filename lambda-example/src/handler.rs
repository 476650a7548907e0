//! Handlers of typed stream events.

use ddb_core::event::BatchCounts;
use ddb_core::{
    Change, DynamoDbEventResponse, KinesisEventResponse, KinesisStreamEvent, StreamEvent,
    StreamRecord,
};
use lambda_runtime::{Error, LambdaEvent};
use tracing::{debug, info, warn};

use crate::metrics::write_counts;
use crate::model::SampleModel;

/// Handles the records of a batch in order and stops at the first failure, whose sequence number is
/// the response. The counts of the batch are written as metrics.
///
/// # Errors
///
/// Fails if the failed record has no sequence number to report.
pub async fn handle_batch(
    event: LambdaEvent<StreamEvent<SampleModel>>,
) -> Result<DynamoDbEventResponse, Error> {
    info!(records = event.payload.records.len(), "batch");
    let counts = BatchCounts::default();
    let response = event.payload.counts(&counts).spans().process(handle_record).await;
    write_counts(&counts, &event.context);
    response
}

/// Handles a batch from Kinesis Data Streams for DynamoDB as [`handle_batch`] does, without its
/// duplicate records.
///
/// Kinesis can deliver a change twice or late. Duplicates within the batch are dropped, and late
/// records are handled. The log has the number of both.
///
/// # Errors
///
/// Fails if the failed record has no sequence number to report.
pub async fn handle_kinesis_batch(
    mut event: LambdaEvent<KinesisStreamEvent<SampleModel>>,
) -> Result<KinesisEventResponse, Error> {
    info!(records = event.payload.records.len(), "batch");
    let disorder = event.payload.drop_duplicates();
    if !disorder.duplicates.is_empty() || !disorder.late.is_empty() {
        warn!(duplicates = disorder.duplicates.len(), late = disorder.late.len(), "disorder");
    }
    let counts = BatchCounts::default();
    let response = event.payload.counts(&counts).spans().process(handle_record).await;
    write_counts(&counts, &event.context);
    response
}

/// Handles one record: replace this with your own code.
///
/// At `INFO`, the log names the event only. The items are personal data, so they are logged at
/// `DEBUG`.
///
/// # Errors
///
/// This one never fails.
#[allow(clippy::unused_async, reason = "yours will await")]
pub async fn handle_record(record: StreamRecord<SampleModel>) -> Result<(), Error> {
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
