//! A conversion that the elements do not have.

use std::collections::HashMap;

use ddb_core::FromStreamImage;

struct Opaque;

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Sample {
    #[ddb(from_str)]
    a: Vec<Opaque>,
    #[ddb(unix_time = "ms")]
    b: HashMap<String, Option<u64>>,
    #[ddb(bytes)]
    c: Option<Opaque>,
    #[ddb(bool_from_number)]
    d: u8,
    #[ddb(json)]
    e: Opaque,
}

fn main() {}
