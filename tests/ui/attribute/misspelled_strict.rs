//! A misspelled key of the container, which decides what the type can do.

use std::collections::HashMap;

use ddb_core::{FromAttribute, FromStreamImage, ImageError, Item};

#[derive(FromStreamImage)]
#[ddb(strct)]
struct Order {
    id: u64,
}

fn read(item: Item) -> Result<Order, ImageError> {
    item.try_into()
}

#[derive(PartialEq, Eq, Hash, FromAttribute)]
#[ddb(transparant)]
struct Sku(String);

/// An enum that is refused, as the key of a map.
#[derive(PartialEq, Eq, Hash, FromAttribute)]
enum Size {
    Small,
    Other(u8),
}

#[derive(FromStreamImage)]
struct Stock {
    by_sku: HashMap<Sku, u32>,
    by_size: HashMap<Size, u32>,
}

fn main() {}
