//! A shape that is refused does not hide the mistakes in its fields.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
struct Id(#[ddb(renam = "x")] String);

#[derive(FromStreamImage)]
enum Shape {
    Circle {
        #[ddb(renam = "x")]
        radius: f64,
    },
}

/// Uses what an enum with data would have: no follow-on errors.
fn use_it(image: ddb_core::Item) -> Shape {
    image.into()
}

fn main() {}
