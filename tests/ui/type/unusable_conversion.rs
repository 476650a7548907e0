//! A conversion that the type does not have.

use ddb_core::FromStreamImage;

struct Opaque;

mod module {}

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Sample {
    #[ddb(from_str)]
    a: Opaque,
    #[ddb(try_from = u32)]
    b: Opaque,
    #[ddb(serde)]
    c: Opaque,
    #[ddb(unix_time)]
    d: u64,
    #[ddb(with = module)]
    e: Opaque,
    #[ddb(from_str)]
    f: Option<Opaque>,
}

fn main() {}
