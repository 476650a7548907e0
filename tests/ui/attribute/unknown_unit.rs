//! A unit that `unix_time` does not have.

use std::time::SystemTime;

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Sample {
    #[ddb(unix_time = "millis")]
    a: SystemTime,
    #[ddb(unix_time = ms)]
    b: SystemTime,
    #[ddb(unix_time("ms"))]
    c: SystemTime,
}

fn main() {}
