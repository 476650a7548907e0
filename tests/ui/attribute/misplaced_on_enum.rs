//! A key of a struct on an enum.

use ddb_core::FromAttribute;

#[derive(FromAttribute)]
#[ddb(strict, default, transparent, deny_unknown)]
enum Status {
    Open,
}

fn main() {}
