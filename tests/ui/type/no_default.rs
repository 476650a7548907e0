//! A struct with a lossy conversion has a default for each field.

use ddb_core::{FromAttribute, FromStreamImage};

use std::num::NonZero;

#[derive(FromStreamImage)]
struct Sample {
    id: NonZero<u32>,
    kind: Kind,
}

#[derive(FromAttribute)]
enum Kind {
    A,
}

fn main() {}
