//! An attribute name is never empty.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
struct Sample {
    #[ddb(rename = "")]
    id: u32,
    #[ddb(alias = "")]
    name: String,
}

fn main() {}
