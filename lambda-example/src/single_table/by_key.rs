//! The handler for a table without an `EntityType`, where the key of an item selects the entity.

use ddb_core::event::BatchCounts;
use ddb_core::{DynamoDbEventResponse, FromStreamImage, IntoItem, StreamEvent, StreamRecord};
use lambda_runtime::{Error, LambdaEvent};
use tracing::info;

use super::handler::{StatusChange, handle_record};
use super::model::{Customer, Entity, Order, OrderLine};
use crate::metrics::write_counts;

/// An item of the table, by its key. The key of an order line begins like that of its order, and is
/// the narrower of the two.
#[derive(Clone, Debug, FromStreamImage, IntoItem)]
#[ddb(by_key)]
pub enum KeyedEntity {
    Customer(Customer),
    Order(Order),
    OrderLine(OrderLine),
}

impl From<KeyedEntity> for Entity {
    fn from(entity: KeyedEntity) -> Self {
        match entity {
            KeyedEntity::Customer(customer) => Self::Customer(customer),
            KeyedEntity::Order(order) => Self::Order(order),
            KeyedEntity::OrderLine(line) => Self::OrderLine(line),
        }
    }
}

/// Handles a batch as [`handler::handle_batch`](super::handler::handle_batch) does.
///
/// # Errors
///
/// Fails if the failed record has no sequence number to report.
pub async fn handle_batch(
    event: LambdaEvent<StreamEvent<KeyedEntity>>,
    publish: impl AsyncFn(StatusChange) -> Result<(), Error>,
) -> Result<DynamoDbEventResponse, Error> {
    info!(records = event.payload.records.len(), "batch");
    let counts = BatchCounts::default();
    let batch = event.payload.counts(&counts).spans();
    let response = batch
        .process(async |record| {
            let change = record.change.map(Entity::from);
            handle_record(StreamRecord::new(record.meta, change), &publish).await
        })
        .await;
    write_counts(&counts, &event.context);
    response
}
