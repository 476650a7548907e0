//! The entities of the table, as they are read and written.

use ddb_core::{DetectChanges, FromAttribute, FromStreamImage, IntoAttribute, IntoItem};
use serde::{Deserialize, Serialize};

/// An item of the table, by its `EntityType`.
#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(tag = "EntityType")]
pub enum Entity {
    Customer(Customer),
    Order(Order),
    OrderLine(OrderLine),
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict, rename_all = "PascalCase", key(PK = "CUSTOMER#{customer}", SK = "PROFILE"))]
pub struct Customer {
    pub customer: u64,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, DetectChanges, FromStreamImage, IntoItem)]
#[ddb(strict, rename_all = "PascalCase")]
#[ddb(key(PK = "CUSTOMER#{customer}", SK = "ORDER#{order}"))]
#[ddb(index_key(GSI1PK = "STATUS#{status}", GSI1SK = "ORDER#{order}"))]
pub struct Order {
    pub customer: u64,
    pub order: String,
    pub status: Status,
    pub total_cents: u64,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict, rename_all = "PascalCase")]
#[ddb(key(PK = "CUSTOMER#{customer}", SK = "ORDER#{order}#LINE#{line:04}"))]
pub struct OrderLine {
    pub customer: u64,
    pub order: String,
    pub line: u16,
    pub sku: String,
    pub quantity: u32,
}

/// The status of an order, which its key in the index `GSI1` contains.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, FromAttribute, IntoAttribute, Serialize, Deserialize,
)]
#[ddb(rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    Open,
    Shipped,
    Cancelled,
}
