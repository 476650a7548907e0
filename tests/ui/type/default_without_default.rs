//! `default` of a type that has none.

use ddb_core::{FromAttribute, FromStreamImage};

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Sample {
    #[ddb(default)]
    kind: Kind,
}

#[derive(FromAttribute)]
enum Kind {
    A,
}

fn main() {}
