//! A variant whose type is a value, or derives nothing.

use ddb_core::FromStreamImage;

struct Plain;

#[derive(FromStreamImage)]
#[ddb(tag = "kind")]
enum Entity {
    Name(String),
    Plain(Plain),
}

fn main() {}
