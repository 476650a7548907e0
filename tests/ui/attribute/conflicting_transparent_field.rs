//! The field of a `transparent` struct has no attribute of its own.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(transparent)]
struct Flattened(#[ddb(flatten)] String);

#[derive(FromStreamImage)]
#[ddb(transparent)]
struct Rest(#[ddb(rest)] String);

#[derive(FromStreamImage)]
#[ddb(transparent)]
struct Twice(#[ddb(from_str, serde)] String);

fn main() {}
