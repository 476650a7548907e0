//! An enum without data is not a whole image.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
enum Status {
    Open,
    Closed,
}

/// What an image would have is there: no follow-on errors.
fn read(item: ddb_core::Item) -> Status {
    item.into()
}

fn main() {}
