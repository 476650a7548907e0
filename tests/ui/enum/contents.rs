//! Variants that cannot be read from the attributes beside the tag.

use ddb_core::{FromStreamImage, Item};

#[derive(FromStreamImage)]
struct Order {
    id: u32,
}

#[derive(FromStreamImage)]
#[ddb(tag = "kind")]
enum Tuple {
    Order(Order, u32),
}

#[derive(FromStreamImage)]
#[ddb(tag = "kind")]
enum Itself {
    Order(Order),
    Next(Box<Itself>),
}

#[derive(FromStreamImage)]
#[ddb(tag = "kind")]
enum Keys {
    Order(#[ddb(flatten)] Order),
}

#[derive(FromStreamImage)]
#[ddb(tag = "kind")]
enum OtherText {
    Order(Order),
    #[ddb(other)]
    Unknown(String),
}

#[derive(FromStreamImage)]
#[ddb(tag = "kind")]
enum OtherFields {
    Order(Order),
    #[ddb(other)]
    Unknown { item: Item },
}

fn main() {}
