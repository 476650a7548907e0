//! Older versions that are not converted, that are not read from an item, or that are the type
//! itself.

use ddb_core::{FromAttribute, FromStreamImage};

#[derive(FromStreamImage)]
#[ddb(strict)]
struct OrderV1 {
    total: u64,
}

#[derive(FromStreamImage)]
#[ddb(upgrade_from = OrderV1)]
struct NoFrom {
    total_cents: u64,
}

#[derive(FromAttribute)]
enum Status {
    Open,
}

#[derive(FromStreamImage)]
#[ddb(upgrade_from = Status)]
struct OfAValue {
    total_cents: u64,
}

impl From<Status> for OfAValue {
    fn from(_: Status) -> Self {
        Self { total_cents: 0 }
    }
}

#[derive(FromStreamImage)]
#[ddb(upgrade_from = OfItself)]
struct OfItself {
    total_cents: u64,
}

fn main() {}
