//! A unit struct has nothing to read.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
struct Nothing;

fn main() {}
