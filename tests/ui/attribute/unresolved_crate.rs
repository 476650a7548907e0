//! `crate` names a crate that is not there.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(crate = "somewhere")]
enum Status {
    Open,
}

fn main() {}
