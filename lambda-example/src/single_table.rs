//! A function behind the stream of a table with several entities: customers, orders and order lines.
//!
//! The handler publishes each order whose status has changed. The entity is found by the attribute
//! `EntityType` or, in [`by_key`], by the item's key.

pub mod by_key;
pub mod handler;
pub mod model;
