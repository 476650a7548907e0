//! `default` of a type that has none.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Sample {
    #[ddb(default)]
    kind: Kind,
}

#[derive(FromStreamImage)]
enum Kind {
    A,
}

fn main() {}
