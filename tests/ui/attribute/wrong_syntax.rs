//! What is no list of keys.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb]
struct Sample {
    #[ddb = "Id"]
    id: u32,
    #[ddb("Name")]
    name: String,
    #[ddb(default skip)]
    cache: String,
    #[ddb(rename = "a" alias = "b")]
    both: String,
}

fn main() {}
