//! An enum with data.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
enum Shape {
    Point,
    Circle { radius: f64 },
    Square(f64),
}

fn main() {}
