//! A field that is skipped reads no attribute.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
struct Sample {
    #[ddb(skip, rename = "A")]
    a: u32,
    #[ddb(alias = "B", skip)]
    b: u32,
    #[ddb(skip, from_str)]
    c: u32,
    #[ddb(flatten, skip)]
    d: u32,
}

fn main() {}
