//! `default = …` of another type than the field.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
struct Sample {
    #[ddb(default = "x")]
    name: String,
    #[ddb(default = -1)]
    qty: u32,
}

fn main() {}
