//! A field that claims an attribute of a variant or the tag, and two fields of a variant that claim
//! one attribute.

use ddb_core::FromStreamImage;

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Order {
    id: u32,
}

#[derive(FromStreamImage)]
#[ddb(tag = "kind")]
enum Entity {
    Order(Order),
    Line { number: u16 },
}

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Outer {
    number: u16,
    #[ddb(flatten)]
    entity: Entity,
}

#[derive(FromStreamImage)]
#[ddb(strict)]
struct MapsTheTag {
    kind: String,
    #[ddb(flatten)]
    entity: Entity,
}

#[derive(FromStreamImage)]
#[ddb(tag = "kind")]
enum Inner {
    Line {
        id: u32,
        #[ddb(flatten)]
        order: Order,
    },
}

fn main() {}
