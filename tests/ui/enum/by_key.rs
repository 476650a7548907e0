//! Enums with `by_key` whose variants their keys do not tell apart.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Keyless {
    id: u32,
}

#[derive(FromStreamImage)]
#[ddb(by_key)]
enum WithoutKey {
    Keyless(Keyless),
}

#[derive(FromStreamImage)]
#[ddb(by_key)]
enum WithoutTemplate {
    #[ddb(index_key(GSI1PK = "{id}"))]
    Fields {
        id: u32,
    },
    Unit,
}

#[derive(FromStreamImage)]
#[ddb(by_key, tag = "kind", rename_all = "snake_case")]
enum WithTag {
    #[ddb(key(PK = "A"), rename = "a")]
    A,
}

#[derive(FromStreamImage)]
#[ddb(by_key)]
enum WithNames {
    #[ddb(key(PK = "A"), rename = "a", prefix = "A#")]
    A,
}

fn main() {}
