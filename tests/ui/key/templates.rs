//! Templates that cannot be read.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(strict, key(PK = "ORDER#{id"))]
struct Unbalanced {
    id: u32,
}

#[derive(FromStreamImage)]
#[ddb(strict, key(PK = "ORDER}#{id}"))]
struct Unopened {
    id: u32,
}

#[derive(FromStreamImage)]
#[ddb(strict, key(PK = "{one}{two}"))]
struct Adjacent {
    one: u32,
    two: u32,
}

#[derive(FromStreamImage)]
#[ddb(strict, key(PK = "{id:4}"))]
struct Width {
    id: u32,
}

#[derive(FromStreamImage)]
#[ddb(strict, key(PK = "{}"))]
struct Nameless {
    id: u32,
}

#[derive(FromStreamImage)]
#[ddb(strict, key(PK = ""))]
struct Empty {
    id: u32,
}

#[derive(FromStreamImage)]
#[ddb(strict, key(PK = "ORDER#{order_id}"))]
struct UnknownField {
    id: u32,
}

fn main() {}
