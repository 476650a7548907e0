//! A key that stands twice.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(strict, strict)]
struct Sample {
    #[ddb(rename = "Id", rename = "ID")]
    id: u32,
    #[ddb(default)]
    #[ddb(default = 1)]
    qty: u32,
}

fn main() {}
