//! A flattened field has no attribute of its own.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
struct Sample {
    #[ddb(flatten, rename = "A")]
    a: Inner,
    #[ddb(flatten, rest)]
    b: Inner,
    #[ddb(serde, flatten)]
    c: Inner,
}

#[derive(Default, FromStreamImage)]
struct Inner {
    id: u32,
}

fn main() {}
