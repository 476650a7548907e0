//! The variant that takes the other names has none of its own.

use ddb_core::FromAttribute;

#[derive(FromAttribute)]
enum Status {
    #[ddb(alias = "x", other)]
    Other,
}

fn main() {}
