//! A case that `rename_all` does not know.

use ddb_core::{FromAttribute, FromStreamImage};

#[derive(FromStreamImage)]
#[ddb(rename_all = "pascalcase")]
struct Sample {
    id: u32,
}

#[derive(FromAttribute)]
#[ddb(rename_all = "Title Case")]
enum Status {
    Open,
}

fn main() {}
