//! Values as they are.

use std::collections::HashMap;

use serde_dynamo::{AttributeValue, Item};

use crate::attribute::FromAttribute;
use crate::error::Expected;
use crate::read::Attribute;
use crate::tag::{Tag, Tags};
use crate::types::read_map;
use crate::unfit::Unfit;

/// Any tag, `NULL` included.
impl FromAttribute for AttributeValue {
    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
        attribute.into_value()
    }
}

impl FromAttribute for Item {
    const EXPECTED: Expected = Expected::of::<Self>(Tags::of(&[Tag::M]));

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
        read_map::<AttributeValue>(attribute, Self::EXPECTED).map(wrap_item)
    }
}

/// The map as an item. `From` would collect it once more.
pub(crate) fn wrap_item(attributes: HashMap<String, AttributeValue>) -> Item {
    let mut item = Item::default();
    *item.inner_mut() = attributes;
    item
}
