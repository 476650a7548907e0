//! A key that takes an expression.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
struct Sample {
    #[ddb(default =)]
    missing: u32,
    #[ddb(default = 1 +)]
    half: u32,
    #[ddb(default("x"))]
    list: String,
}

fn main() {}
