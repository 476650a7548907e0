//! Keys that serde has, and what there is instead.

use ddb_core::{FromAttribute, FromStreamImage};

#[derive(FromAttribute)]
#[ddb(untagged)]
enum Untagged {
    A,
}

#[derive(FromAttribute)]
#[ddb(tag = "type", content = "value")]
enum Adjacent {
    A,
}

#[derive(FromStreamImage)]
#[ddb(deny_unknown_fields, expecting = "an order")]
struct Order {
    #[ddb(deserialize_with = "read")]
    id: u64,
    #[ddb(borrow)]
    name: String,
    #[ddb(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[ddb(remote = "Other")]
    other: String,
}

fn main() {}
