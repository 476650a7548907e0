//! `default` on a struct that has none: one error, on the key.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(default)]
struct Sample {
    id: u32,
    name: String,
}

fn main() {}
