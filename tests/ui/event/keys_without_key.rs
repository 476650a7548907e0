//! The keys of a type that has no key with a template.

use ddb_core::key::KeysOf;
use ddb_core::{FromStreamImage, StreamEvent};

#[derive(FromStreamImage)]
struct Order {
    id: u64,
}

fn handle(event: StreamEvent<KeysOf<Order>>) {}

fn main() {}
