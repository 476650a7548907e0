//! A field is read in one way.

use ddb_core::FromStreamImage;

mod module {}

#[derive(FromStreamImage)]
struct Sample {
    #[ddb(from_str, serde)]
    a: u32,
    #[ddb(with = module, try_from = String)]
    b: u32,
    #[ddb(unix_time, from_str)]
    c: u32,
}

fn main() {}
