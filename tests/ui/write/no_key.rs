// The key of a type without one.
use ddb_core::IntoItem;
use ddb_core::key::ToKey;

#[derive(IntoItem)]
struct Order {
    id: u64,
}

fn main() {
    let _ = Order { id: 1 }.key();
}
