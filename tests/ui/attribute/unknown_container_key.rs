//! A key that no struct has; one that is close is suggested.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(rename_al = "PascalCase")]
struct Sample {
    id: u32,
}

fn main() {}
