//! The rest is an item or a map.

use ddb_core::FromStreamImage;

use ddb_core::Item;

#[derive(FromStreamImage)]
struct Number {
    #[ddb(rest)]
    rest: u32,
}

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Optional {
    #[ddb(rest)]
    rest: Option<Item>,
}

fn main() {}
