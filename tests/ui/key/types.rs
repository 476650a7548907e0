//! Types that cannot be part of a key.

use ddb_core::FromStreamImage;

struct Opaque;

#[derive(Clone)]
struct Incomparable;

impl std::str::FromStr for Incomparable {
    type Err = std::fmt::Error;

    fn from_str(_: &str) -> Result<Self, Self::Err> {
        Ok(Self)
    }
}

#[derive(FromStreamImage)]
#[ddb(strict, key(PK = "{opaque}", SK = "{text:04}#{twice}"), index_key(GSI1PK = "{twice}"))]
struct Order {
    opaque: Opaque,
    text: String,
    twice: Incomparable,
}

fn main() {}
