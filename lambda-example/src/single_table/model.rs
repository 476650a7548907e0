//! The entities of the table.

use ddb_core::{DetectChanges, FromAttribute, FromStreamImage};
use serde::{Deserialize, Serialize};

/// An item of the table, by its `EntityType`.
#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(tag = "EntityType")]
pub enum Entity {
    Customer(Customer),
    Order(Order),
    OrderLine(OrderLine),
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict, rename_all = "PascalCase", key(PK = "CUSTOMER#{customer}", SK = "PROFILE"))]
pub struct Customer {
    pub customer: u64,
    pub name: String,
}

#[derive(Debug, PartialEq, DetectChanges, FromStreamImage)]
#[ddb(strict, rename_all = "PascalCase")]
#[ddb(key(PK = "CUSTOMER#{customer}", SK = "ORDER#{order}"))]
#[ddb(index_key(GSI1PK = "STATUS#{status}", GSI1SK = "ORDER#{order}"))]
pub struct Order {
    pub customer: u64,
    pub order: String,
    pub status: Status,
    pub total_cents: u64,
}

#[derive(Debug, PartialEq, FromStreamImage)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromAttribute, Serialize, Deserialize)]
#[ddb(rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    Open,
    Shipped,
    Cancelled,
}
