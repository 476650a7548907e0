//! Fields that do not fit the templates.

use ddb_core::{FromStreamImage, Item};

#[derive(FromStreamImage)]
struct Inner {
    a: u32,
}

#[derive(FromStreamImage)]
#[ddb(strict, key(PK = "{inner}#{rest}#{skipped}"))]
struct Unreadable {
    #[ddb(flatten)]
    inner: Inner,
    #[ddb(skip)]
    skipped: u32,
    #[ddb(rest)]
    rest: Item,
}

#[derive(FromStreamImage)]
#[ddb(strict, key(PK = "{id}"))]
struct Keys {
    #[ddb(rename = "Id", default)]
    id: u32,
    #[ddb(stored)]
    other: u32,
}

#[derive(FromStreamImage)]
#[ddb(strict, key(PK = "{id}", SK = "{id}"), index_key(PK = "{id}"))]
struct Twice {
    id: u32,
    #[ddb(rename = "SK")]
    sort: String,
}

fn main() {}
