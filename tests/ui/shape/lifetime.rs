//! A type that borrows.

use ddb_core::FromStreamImage;

use std::borrow::Cow;

#[derive(FromStreamImage)]
struct Borrowed<'a> {
    id: &'a str,
}

#[derive(FromStreamImage)]
struct Owned<'a, T: 'a> {
    id: Cow<'a, str>,
    other: T,
}

fn main() {}
