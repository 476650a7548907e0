//! Keys of serde's that have another name here.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(deny_unknown_fields)]
struct Sample {
    #[ddb(skip_deserializing)]
    id: u32,
    #[ddb(deserialize_with = "module")]
    name: String,
}

fn main() {}
