//! A string that does not parse as what it stands for.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(crate = "not a path")]
struct Path {
    id: u32,
}

#[derive(FromStreamImage)]
#[ddb(bound = "T implements Trait")]
struct Bound<T> {
    id: T,
}

fn main() {}
