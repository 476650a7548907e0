//! `rename_all_fields` where there are no variants with fields.

use ddb_core::{FromAttribute, FromStreamImage};

#[derive(FromStreamImage)]
#[ddb(rename_all_fields = "PascalCase")]
struct Sample {
    id: u32,
}

#[derive(FromAttribute)]
#[ddb(rename_all_fields = "PascalCase")]
enum Status {
    Open,
}

fn main() {}
