//! A union.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
union Bits {
    integer: u32,
    float: f32,
}

fn main() {}
