// Two fields that are written under one name, in a type that is only written.
use ddb_core::{IntoAttribute, IntoItem};

#[derive(IntoItem)]
struct Order {
    id: u64,
    #[ddb(flatten)]
    line: Line,
}

#[derive(IntoAttribute)]
struct Line {
    id: u64,
}

fn main() {}
