//! An enum without variants.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
enum Never {}

fn main() {}
