//! A conversion to a type parameter needs a bound.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Sample<T> {
    #[ddb(from_str)]
    value: T,
}

fn main() {}
