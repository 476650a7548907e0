//! The handler, which publishes each order whose status has changed.

use ddb_core::event::BatchCounts;
use ddb_core::{Change, DetectChanges as _, DynamoDbEventResponse, StreamEvent, StreamRecord};
use lambda_runtime::{Error, LambdaEvent};
use serde::Serialize;
use tracing::{debug, info};

use super::model::{Entity, Order, Status};
use crate::metrics::write_counts;

/// The message that is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusChange {
    pub customer: u64,
    pub order: String,
    pub from: Status,
    pub to: Status,
}

/// Handles the records of a batch in order and stops at the first failure, whose sequence number is
/// the response. The order of the records is that of the stream, whatever their entities are. The
/// counts of the batch are written as metrics.
///
/// # Errors
///
/// Fails if the failed record has no sequence number to report.
pub async fn handle_batch(
    event: LambdaEvent<StreamEvent<Entity>>,
    publish: impl AsyncFn(StatusChange) -> Result<(), Error>,
) -> Result<DynamoDbEventResponse, Error> {
    info!(records = event.payload.records.len(), "batch");
    let counts = BatchCounts::default();
    let batch = event.payload.counts(&counts).spans();
    let response = batch.process(async |record| handle_record(record, &publish).await).await;
    write_counts(&counts, &event.context);
    response
}

/// Publishes a message by writing it to the log: replace this with a call to your queue, topic or
/// bus.
///
/// # Errors
///
/// Returns an error if the message cannot be published. The record then fails.
#[allow(clippy::unused_async, reason = "yours will await")]
pub async fn publish(change: StatusChange) -> Result<(), Error> {
    let StatusChange { order, from, to, .. } = change;
    info!(order, ?from, ?to, "published");
    Ok(())
}

/// Handles one record. At `INFO`, it logs the event and the entity, and no attribute.
pub(super) async fn handle_record(
    record: StreamRecord<Entity>,
    publish: &impl AsyncFn(StatusChange) -> Result<(), Error>,
) -> Result<(), Error> {
    let event_id = record.meta.event_id.as_deref();
    match record.change {
        Change::Insert { new } => {
            info!(event_id, entity = new.name(), "inserted");
            debug!(event_id, ?new, "item");
        }
        Change::Modify { old, new } => {
            info!(event_id, entity = new.name(), "modified");
            debug!(event_id, ?old, ?new, "item");
            if let (Entity::Order(old), Entity::Order(new)) = (old, new)
                && Order::changes(&old, &new).status
            {
                let Order { customer, order, status, .. } = new;
                publish(StatusChange { customer, order, from: old.status, to: status }).await?;
            }
        }
        Change::Remove { old, expired } => {
            info!(event_id, entity = old.name(), expired, "removed");
            debug!(event_id, ?old, "item");
        }
    }
    Ok(())
}

impl Entity {
    const fn name(&self) -> &'static str {
        match self {
            Self::Customer(_) => "Customer",
            Self::Order(_) => "Order",
            Self::OrderLine(_) => "OrderLine",
        }
    }
}
