//! A key that no enum or variant has.

use ddb_core::FromAttribute;

#[derive(FromAttribute)]
#[ddb(untagged)]
enum Status {
    #[ddb(othr)]
    Open,
}

fn main() {}
