//! A value of another kind than the key takes.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(rename_all = PascalCase, strict = true)]
struct Sample {
    #[ddb(rename = 5)]
    id: u32,
    #[ddb(rename)]
    name: String,
    #[ddb(alias("Old"))]
    alias: String,
    #[ddb(with = "module")]
    with: String,
    #[ddb(try_from = "String")]
    try_from: String,
    #[ddb(from_str = false)]
    from_str: String,
    #[ddb(skip())]
    skip: String,
    #[ddb(default =)]
    default: String,
}

fn main() {}
