//! A tuple struct that is not `transparent`.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
struct Id(String);

#[derive(FromStreamImage)]
struct Pair(u32, u32);

#[derive(FromStreamImage)]
struct Empty();

fn main() {}
