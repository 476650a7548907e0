//! Each type that cannot be read is one error, whether or not it has a default.

use std::ffi::OsString;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
struct Sample {
    address: IpAddr,
    path: PathBuf,
    started: Instant,
    took: Duration,
    name: OsString,
}

fn main() {}
