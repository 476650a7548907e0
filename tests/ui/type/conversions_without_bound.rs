//! Conversions to a type parameter, which need a bound of the user's.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Sample<T> {
    #[ddb(try_from = u32)]
    a: T,
    #[ddb(serde)]
    b: T,
    #[ddb(unix_time)]
    c: T,
}

fn main() {}
