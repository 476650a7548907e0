//! An enum without variants.

use ddb_core::FromAttribute;

#[derive(FromAttribute)]
enum Never {}

fn main() {}
