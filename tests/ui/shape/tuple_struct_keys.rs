//! Keys that need names, on a tuple struct.

use ddb_core::FromAttribute;

#[derive(FromAttribute)]
#[ddb(rename_all = "PascalCase", deny_unknown)]
struct Position(#[ddb(rename = "x")] f64, #[ddb(default)] f64, #[ddb(flatten)] f64);

#[derive(FromAttribute)]
struct Single(f64);

#[derive(FromAttribute)]
struct Empty();

fn main() {}
