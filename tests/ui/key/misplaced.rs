//! Keys in the wrong place, and written in the wrong way.

use ddb_core::{FromAttribute, FromStreamImage};

#[derive(FromStreamImage)]
#[ddb(strict, key = "ORDER#{id}")]
struct Text {
    id: u32,
}

#[derive(FromStreamImage)]
#[ddb(strict, key(PK), index_key())]
struct NoTemplate {
    id: u32,
}

#[derive(FromStreamImage)]
#[ddb(strict, key(PK = "A"), key(SK = "B"))]
struct TwoKeys {
    id: u32,
}

#[derive(FromStreamImage)]
#[ddb(transparent, key(PK = "{id}"))]
struct Newtype {
    id: Text,
}

#[derive(FromAttribute)]
#[ddb(key(PK = "A"))]
struct Tuple(u8, u8);

#[derive(FromAttribute)]
enum Status {
    #[ddb(key(PK = "A"))]
    Open,
}

#[derive(FromStreamImage)]
#[ddb(tag = "kind", key(PK = "{id}"))]
enum Entity {
    #[ddb(key(PK = "{id}"))]
    Order(Text),
    #[ddb(index_key(PK = "A"))]
    Unit,
}

fn main() {}
