//! A reference is not read.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Sample {
    name: &'static str,
}

fn main() {}
