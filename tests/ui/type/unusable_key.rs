//! A map whose key is not read from a name.

use ddb_core::FromStreamImage;

use std::collections::BTreeMap;

#[derive(FromStreamImage)]
struct Sample {
    by_flag: BTreeMap<bool, u32>,
}

fn main() {}
