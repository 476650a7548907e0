//! `upgrade_from` on anything but a struct with named fields.

use ddb_core::{FromAttribute, FromStreamImage};

#[derive(FromStreamImage)]
#[ddb(tag = "kind", upgrade_from = OrderV1)]
enum Entity {
    #[ddb(upgrade_from = OrderV1)]
    Order(Order),
}

#[derive(FromStreamImage)]
struct Order {
    #[ddb(upgrade_from = u64)]
    total: u64,
}

#[derive(FromAttribute)]
#[ddb(transparent, upgrade_from = u64)]
struct Total(u64);

#[derive(FromAttribute)]
#[ddb(upgrade_from = Total)]
struct Range(u64, u64);

#[derive(FromStreamImage)]
#[ddb(from = Order, upgrade_from = Order)]
struct Converted {
    total: u64,
}

impl From<Order> for Converted {
    fn from(order: Order) -> Self {
        Self { total: order.total }
    }
}

#[derive(FromStreamImage)]
#[ddb(upgrade_from)]
struct NoType {
    total: u64,
}

fn main() {}
