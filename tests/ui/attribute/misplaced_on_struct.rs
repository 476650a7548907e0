//! A key of a field on a struct.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(rename = "Sample", flatten, alias = "Old", skip)]
struct Sample {
    id: u32,
}

fn main() {}
