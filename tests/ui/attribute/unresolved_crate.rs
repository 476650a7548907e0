//! `crate` names a crate that is not there.

use ddb_core::FromAttribute;

#[derive(FromAttribute)]
#[ddb(crate = "somewhere")]
enum Status {
    Open,
}

fn main() {}
