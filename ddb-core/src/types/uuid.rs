//! The types of `uuid`.

use serde_dynamo::AttributeValue;
use uuid::Uuid;

use crate::attribute::{FromAttribute, IntoAttribute};
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected};
use crate::read::Attribute;
use crate::types::text::parse_text;

/// Reads an `S`: with or without hyphens, as a URN or in braces, in either case. For a `B`, write
/// `#[ddb(bytes)]` on the field.
impl FromAttribute for Uuid {
    const EXPECTED: Expected = Expected::of::<Self>(AttributeTypes::of(&[AttributeType::S]));

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        parse_text(attribute, Self::EXPECTED, Self::try_parse)
    }
}

/// Writes an `S` in lower case with hyphens.
impl IntoAttribute for Uuid {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        Ok(AttributeValue::S(self.to_string()))
    }
}
