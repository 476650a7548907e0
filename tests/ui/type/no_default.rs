//! A struct with a lossy conversion has a default for each field.

use ddb_core::FromStreamImage;

use std::num::NonZero;

#[derive(FromStreamImage)]
struct Sample {
    id: NonZero<u32>,
    kind: Kind,
}

#[derive(FromStreamImage)]
enum Kind {
    A,
}

fn main() {}
