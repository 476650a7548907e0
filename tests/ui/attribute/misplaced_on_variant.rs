//! A key of a field or a container on a variant.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
enum Status {
    #[ddb(skip, default, rename_all = "lowercase")]
    Open,
}

fn main() {}
