//! A key of a field or a container on a variant.

use ddb_core::FromAttribute;

#[derive(FromAttribute)]
enum Status {
    #[ddb(skip, default, rename_all = "lowercase")]
    Open,
}

fn main() {}
