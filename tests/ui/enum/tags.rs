//! Tags that cannot tell the variants apart.

use ddb_core::{FromStreamImage, Item};

#[derive(FromStreamImage)]
struct Order {
    id: u32,
}

#[derive(FromStreamImage)]
#[ddb(tag = "kind")]
enum EqualTags {
    #[ddb(rename = "ORDER")]
    Order(Order),
    #[ddb(alias = "ORDER")]
    Purchase(Order),
    #[ddb(prefix = "LINE#")]
    Line(Order),
    #[ddb(prefix = "LINE#")]
    OtherLine(Order),
    #[ddb(prefix = "")]
    Empty(Order),
}

#[derive(FromStreamImage)]
#[ddb(tag = "kind")]
enum TwoOthers {
    #[ddb(other)]
    First(Item),
    #[ddb(other)]
    Second,
}

#[derive(FromStreamImage)]
#[ddb(tag = "kind")]
enum OtherTag {
    Order(Order),
    #[ddb(other, prefix = "X#")]
    Other(Item),
}

#[derive(FromStreamImage)]
#[ddb(tag = "")]
enum NoTag {
    Order(Order),
}

#[derive(FromStreamImage)]
#[ddb(tag = "kind")]
enum Nothing {}

fn main() {}
