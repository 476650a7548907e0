//! Two fields that claim one attribute, of which at least one is flattened.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
struct Key {
    pk: String,
    sk: String,
}

#[derive(FromStreamImage)]
struct Index {
    #[ddb(rename = "gsi", alias = "sk")]
    gsi: String,
}

/// A flattened field and one of the struct's own.
#[derive(FromStreamImage)]
struct Order {
    #[ddb(rename = "pk")]
    id: u64,
    #[ddb(flatten)]
    key: Key,
}

/// Two flattened fields.
#[derive(FromStreamImage)]
struct Line {
    #[ddb(flatten)]
    key: Key,
    #[ddb(flatten)]
    index: Option<Box<Index>>,
}

/// A field and one that is flattened more than once.
#[derive(FromStreamImage)]
#[ddb(strict)]
struct Outer {
    sk: String,
    #[ddb(flatten)]
    middle: Middle,
}

#[derive(FromStreamImage)]
struct Middle {
    #[ddb(flatten)]
    key: Key,
}

/// A generic struct, when it is used.
#[derive(FromStreamImage)]
struct Page<T> {
    pk: String,
    #[ddb(flatten)]
    item: T,
}

fn main() {
    let _ = Page::<Index>::from_image(ddb_core::Item::default());
    let _ = Page::<Key>::from_image(ddb_core::Item::default());
}
