use ddb_core::{FromAttribute, FromStreamImage};

#[derive(FromStreamImage)]
struct Sample {
    #[ddb(bytes)]
    a: Vec<u8>,
    #[ddb(bytes)]
    b: Option<Box<Vec<u8>>>,
}

#[derive(FromAttribute)]
#[ddb(transparent)]
struct Token(#[ddb(bytes)] Vec<u8>);

#[derive(FromAttribute)]
struct Pair(#[ddb(bytes)] Option<Vec<u8>>, u8);

fn main() {}
