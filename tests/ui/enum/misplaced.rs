//! Keys of enums in the wrong place.

use ddb_core::{FromAttribute, FromStreamImage};

#[derive(FromStreamImage)]
#[ddb(tag = "kind")]
struct Tagged {
    #[ddb(prefix = "A#")]
    id: u32,
    #[ddb(tag = "kind")]
    kind: String,
}

#[derive(FromAttribute)]
enum Untagged {
    #[ddb(prefix = "A#")]
    Open,
}

#[derive(FromAttribute)]
#[ddb(tag = "kind", repr)]
enum Numbered {
    Open,
}

#[derive(FromStreamImage)]
#[ddb(tag = "kind", strict, deny_unknown)]
enum Strict {
    Open {
        id: u32,
    },
    #[ddb(tag = "kind")]
    Closed,
}

#[derive(FromStreamImage)]
#[ddb(tag = "kind", rename_all_fields = "PascalCase")]
enum NoFields {
    Tagged(Tagged),
}

fn main() {}
