//! A field of a type that cannot be read: one error a field.

use ddb_core::FromStreamImage;

struct Opaque;

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Sample {
    id: u32,
    opaque: Opaque,
    list: Vec<Opaque>,
    address: std::net::Ipv4Addr,
}

fn main() {}
