//! A key of a container or a variant on a field.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
struct Sample {
    #[ddb(rename_all = "PascalCase", strict, other, bound = "T: Copy", crate = "x")]
    id: u32,
}

fn main() {}
