//! A key that takes a type.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
struct Sample {
    #[ddb(try_from = "String")]
    text: String,
    #[ddb(try_from = 1 + 1)]
    sum: String,
    #[ddb(try_from = +)]
    sign: String,
}

fn main() {}
