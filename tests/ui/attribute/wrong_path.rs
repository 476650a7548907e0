//! A key that takes the path of a module.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
struct Sample {
    #[ddb(with = "module")]
    text: String,
    #[ddb(with = Vec<u8>)]
    ty: String,
    #[ddb(with = (a, b))]
    tuple: String,
}

fn main() {}
