//! A conversion whose error is none that can be kept.

use ddb_core::FromStreamImage;

struct Sku;

impl std::str::FromStr for Sku {
    type Err = ();

    fn from_str(_: &str) -> Result<Self, ()> {
        Err(())
    }
}

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Sample {
    #[ddb(from_str)]
    sku: Sku,
}

fn main() {}
