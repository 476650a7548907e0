//! What cannot be flattened.

use ddb_core::FromStreamImage;

use std::collections::HashMap;

#[derive(FromStreamImage)]
struct Sample {
    #[ddb(flatten)]
    rest: HashMap<String, String>,
    #[ddb(flatten)]
    strict: Strict,
}

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Strict {
    id: u32,
}

fn main() {}
