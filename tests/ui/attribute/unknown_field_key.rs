//! A key that no field has; one that is close is suggested.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
struct Sample {
    #[ddb(renam = "Id")]
    id: u32,
    #[ddb(colour = "red")]
    name: String,
}

fn main() {}
