//! A key that takes no value.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(strict = true)]
struct Sample {
    #[ddb(from_str = false)]
    from_str: String,
    #[ddb(skip())]
    skip: String,
}

fn main() {}
