//! An `other` variant that holds anything but a `String`.

use ddb_core::FromAttribute;

#[derive(FromAttribute)]
enum Number {
    Open,
    #[ddb(other)]
    Unknown(u8),
}

#[derive(FromAttribute)]
enum Two {
    Open,
    #[ddb(other)]
    Unknown(String, String),
}

#[derive(FromAttribute)]
enum Named {
    Open,
    #[ddb(other)]
    Unknown { name: String },
}

#[derive(FromAttribute)]
enum NotOther {
    Open,
    Unknown(String),
}

fn main() {}
