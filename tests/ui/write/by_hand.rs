// A type that implements nothing, where an item is needed.
use ddb_core::IntoItem;

struct Order {
    id: u64,
}

fn put(order: impl IntoItem) {
    let _ = order.into_item();
}

fn main() {
    put(Order { id: 1 });
}
