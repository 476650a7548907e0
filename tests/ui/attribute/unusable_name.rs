//! A name that is not one, or too long.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(rename_all = "PascalCase")]
struct Sample {
    #[ddb(rename = "Id"suffix)]
    id: u32,
    #[ddb(alias = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    long: u32,
    __: u32,
}

fn main() {}
