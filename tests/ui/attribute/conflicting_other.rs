//! One variant takes the other names, and has none of its own.

use ddb_core::FromAttribute;

#[derive(FromAttribute)]
enum Status {
    Open,
    #[ddb(other, rename = "x")]
    Other,
    #[ddb(other)]
    Another,
}

fn main() {}
