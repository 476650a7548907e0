//! A key without the value that it takes.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(rename_all)]
struct Sample {
    #[ddb(rename)]
    id: u32,
    #[ddb(alias("Old"))]
    name: String,
    #[ddb(with)]
    with: String,
    #[ddb(try_from =)]
    try_from: String,
}

fn main() {}
