//! A key that takes a string.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(rename_all = PascalCase, bound = T, crate = my_crate)]
struct Sample {
    #[ddb(rename = 5)]
    id: u32,
    #[ddb(alias = Old)]
    name: String,
}

fn main() {}
