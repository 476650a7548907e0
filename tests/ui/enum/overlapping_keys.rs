//! Keys that two variants can have.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(by_key)]
enum Overlapping {
    #[ddb(key(PK = "A#{x}"))]
    First { x: String },
    #[ddb(key(PK = "{y}#B"))]
    Second { y: String },
}

#[derive(FromStreamImage)]
#[ddb(strict, key(PK = "ORDER#{id}", SK = "{line}"))]
struct Order {
    id: u32,
    line: u32,
}

#[derive(FromStreamImage)]
#[ddb(by_key)]
enum Equal {
    Order(Order),
    #[ddb(key(PK = "ORDER#{order}", SK = "{number}"))]
    Copy {
        order: u32,
        number: u32,
    },
}

#[derive(FromStreamImage)]
#[ddb(by_key)]
enum ThreeAttributes {
    Order(Order),
    #[ddb(key(PK = "ITEM#{id}", GSI1PK = "{status}"))]
    Item {
        id: u32,
        status: String,
    },
}

fn main() {}
