//! Raw values: `AttributeValue` and `Item`.

use serde_dynamo::{AttributeValue, Item};

use crate::attribute::{FromAttribute, IntoAttribute};
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected};
use crate::read::{Attribute, read_map, wrap_item};
use crate::schema::Schema;

/// Reads a value of any attribute type, `NULL` included.
impl FromAttribute for AttributeValue {
    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        attribute.into_value()
    }
}

impl FromAttribute for Item {
    const EXPECTED: Expected = Expected::of::<Self>(AttributeTypes::of(&[AttributeType::M]));

    const SCHEMA: &'static Schema = &Schema::UNKNOWN;

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        read_map::<AttributeValue>(attribute, Self::EXPECTED).map(wrap_item)
    }
}

/// Writes the value as it is.
impl IntoAttribute for AttributeValue {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        Ok(self)
    }
}

/// Writes an `M` of the attributes as they are.
impl IntoAttribute for Item {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        Ok(AttributeValue::M(self.into_inner()))
    }
}
