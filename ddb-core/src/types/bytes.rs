//! The types of `bytes`.

use bytes::Bytes;

use crate::attribute::FromAttribute;
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
