//! A value inside an item in the place of a whole item.

use ddb_core::{FromAttribute, FromStreamImage};

#[derive(FromAttribute)]
struct Address {
    street: String,
}

#[derive(FromStreamImage)]
#[ddb(try_from = u32)]
struct Order(u32);

impl From<u32> for Order {
    fn from(id: u32) -> Self {
        Order(id)
    }
}

fn main() {
    let _ = Address::from_image(ddb_core::Item::default());
    let _: Address = ddb_core::Item::default().into();
}
