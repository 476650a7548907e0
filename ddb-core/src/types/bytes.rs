//! The types of `bytes`.

use bytes::Bytes;
use serde_dynamo::AttributeValue;

use crate::attribute::{FromAttribute, IntoAttribute};
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected};
use crate::read::Attribute;

/// Reads a `B`, which is moved out of an owned item.
impl FromAttribute for Bytes {
    const EXPECTED: Expected = Expected::of::<Self>(AttributeTypes::of(&[AttributeType::B]));

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        attribute.into_byte_vec(Self::EXPECTED).map(Self::from)
    }
}

/// Writes a `B`, without a copy if nothing else refers to the bytes.
impl IntoAttribute for Bytes {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        Ok(AttributeValue::B(self.into()))
    }
}
