// Keys that say how an attribute is written.
use std::collections::HashMap;

use ddb_core::{IntoAttribute, IntoItem};

#[derive(IntoItem)]
struct Order {
    #[ddb(set, list)]
    both: Vec<String>,
    #[ddb(set, json)]
    json: Vec<String>,
    #[ddb(skip, null)]
    skipped: Option<u8>,
    #[ddb(flatten, skip_if = Option::is_none)]
    flattened: Option<Line>,
    #[ddb(rest, null)]
    rest: HashMap<String, String>,
    #[ddb(skip_if = "Vec::is_empty")]
    text: Vec<u8>,
    #[ddb(skip_if)]
    nothing: Vec<u8>,
    #[ddb(skip_serializing_if = "Vec::is_empty")]
    serde: Vec<u8>,
    #[ddb(null = true)]
    flag: Option<u8>,
}

#[derive(IntoAttribute)]
struct Line {
    id: u64,
}

#[derive(IntoAttribute)]
struct Position(#[ddb(null)] Option<f64>, f64);

#[derive(IntoAttribute)]
#[ddb(transparent)]
struct Id(#[ddb(skip_if = Option::is_none)] Option<u64>);

fn main() {}
