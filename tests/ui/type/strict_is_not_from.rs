//! A strict struct has `TryFrom` in the place of `From`.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Strict {
    id: u32,
}

fn use_it(image: ddb_core::Item) -> Strict {
    image.into()
}

fn main() {}
