//! The attributes that no field maps are collected by `rest`.

use ddb_core::{FromStreamImage, Item};

#[derive(FromStreamImage)]
struct Order {
    id: u64,
    #[ddb(flatten)]
    others: Item,
}

fn main() {}
