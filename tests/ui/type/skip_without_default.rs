//! `skip` of a type that has no default.

use ddb_core::FromStreamImage;

struct Connection;

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Sample {
    id: u32,
    #[ddb(skip)]
    connection: Connection,
}

fn main() {}
