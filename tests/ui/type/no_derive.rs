//! A struct without the derive.

use ddb_core::FromStreamImage;

struct Sample;

fn use_it(image: ddb_core::Item) {
    let _ = Sample::from_image(image);
    let _ = <Sample as FromStreamImage>::from_image(ddb_core::Item::default());
}

fn main() {}
