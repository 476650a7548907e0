//! A key that no enum or variant has.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(untagged)]
enum Status {
    #[ddb(othr)]
    Open,
}

fn main() {}
