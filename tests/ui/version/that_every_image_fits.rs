//! Versions without an attribute that has to be there.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
struct OrderV1 {
    total: u64,
}

#[derive(FromStreamImage)]
#[ddb(upgrade_from = OrderV1)]
struct Newest {
    total: Option<u64>,
    #[ddb(default)]
    note: String,
}

impl From<OrderV1> for Newest {
    fn from(old: OrderV1) -> Self {
        Self { total: Some(old.total), note: String::new() }
    }
}

#[derive(FromStreamImage)]
struct NoteV1 {
    text: Option<String>,
    tags: std::collections::HashSet<String>,
}

#[derive(FromStreamImage)]
#[ddb(upgrade_from = NoteV1)]
struct Note {
    body: String,
}

impl From<NoteV1> for Note {
    fn from(old: NoteV1) -> Self {
        Self { body: old.text.unwrap_or_default() }
    }
}

fn main() {}
