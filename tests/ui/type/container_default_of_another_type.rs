//! `default = …` on a struct is of the struct's type.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(default = 1)]
struct Sample {
    id: u32,
    name: String,
}

fn main() {}
