// A module for `with` that only reads.
use ddb_core::{Attribute, AttributeError, FromAttribute, FromStreamImage, IntoItem};

mod lower {
    use super::*;

    pub fn from_attribute(attribute: Attribute<'_>) -> Result<String, AttributeError> {
        String::from_attribute(attribute)
    }
}

#[derive(FromStreamImage, IntoItem)]
struct Order {
    #[ddb(with = lower)]
    name: String,
}

fn main() {}
