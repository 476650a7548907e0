//! What cannot be flattened into a strict struct, or with a default.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Sample {
    #[ddb(flatten)]
    number: u32,
    #[ddb(flatten, default)]
    text: String,
}

fn main() {}
