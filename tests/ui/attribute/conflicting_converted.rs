//! A type that is converted as a whole has no attributes of its own.

use ddb_core::{FromAttribute, FromStreamImage, Item};

#[derive(FromStreamImage)]
#[ddb(try_from = Item, rename_all = "PascalCase")]
struct Order {
    #[ddb(rename = "Id")]
    id: u64,
}

#[derive(FromAttribute)]
#[ddb(try_from = String, from = String)]
enum Colour {
    #[ddb(other)]
    Red,
}

fn main() {}
