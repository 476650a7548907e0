//! A key of a struct on an enum.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(strict, default, transparent, deny_unknown)]
enum Status {
    Open,
}

fn main() {}
