//! A strict struct has no lossy conversion.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Strict {
    id: u32,
}

fn use_it(image: ddb_core::Item) {
    let _ = Strict::from_image_lossy(image);
}

fn main() {}
