//! A type that does not convert to the one that it is to be converted to.

use ddb_core::{FromAttribute, FromStreamImage, Item};

#[derive(FromStreamImage)]
#[ddb(try_from = Item)]
struct Order {
    id: u64,
}

#[derive(FromAttribute)]
#[ddb(from = String)]
enum Colour {
    Red,
    Other(String),
}

fn main() {}
