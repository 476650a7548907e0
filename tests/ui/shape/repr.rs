//! Names on an enum that is read by its numbers, and `repr` on something else.

use ddb_core::FromAttribute;

#[derive(FromAttribute)]
#[ddb(repr, rename_all = "lowercase")]
enum Level {
    #[ddb(rename = "low")]
    Low,
    #[ddb(alias = "high")]
    High,
    #[ddb(other)]
    Unknown(String),
}

#[derive(FromAttribute)]
#[ddb(repr)]
struct Id {
    id: u8,
}

#[derive(FromAttribute)]
struct Holder {
    #[ddb(repr)]
    level: u8,
}

fn main() {}
