//! The rest is one field, has no name and is always there.

use ddb_core::FromStreamImage;

use ddb_core::Item;

#[derive(FromStreamImage)]
struct Sample {
    #[ddb(rest, rename = "A")]
    a: Item,
}

#[derive(FromStreamImage)]
struct Defaulted {
    #[ddb(rest, default)]
    a: Item,
}

#[derive(FromStreamImage)]
struct Twice {
    #[ddb(rest)]
    a: Item,
    #[ddb(rest)]
    b: Item,
}

#[derive(FromStreamImage)]
#[ddb(deny_unknown)]
struct Closed {
    #[ddb(rest)]
    a: Item,
}

fn main() {}
