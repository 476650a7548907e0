//! Booleans, in a `BOOL`, and text, in an `S`.

use serde_dynamo::AttributeValue;

use crate::attribute::{FromAttribute, IntoAttribute};
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected, Found};
use crate::read::{Attribute, EntryValue, StrRef};

impl FromAttribute for bool {
    const EXPECTED: Expected = Expected::of::<Self>(AttributeTypes::of(&[AttributeType::Bool]));

    #[inline]
    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        attribute.into_bool(Self::EXPECTED)
    }

    #[inline]
    fn from_plain(value: &mut EntryValue<'_, '_>) -> Option<Self> {
        value.plain_bool()
    }
}

impl FromAttribute for String {
    const EXPECTED: Expected = Expected::of::<Self>(AttributeTypes::of(&[AttributeType::S]));

    #[inline]
    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        match attribute.into_text(AttributeType::S) {
            Ok(text) => Ok(text.into_string()),
            Err(refusal) => Err(refusal.into_error(Self::EXPECTED)),
        }
    }

    #[inline]
    fn from_plain(value: &mut EntryValue<'_, '_>) -> Option<Self> {
        value.plain_text(AttributeType::S).map(StrRef::into_string)
    }
}

/// Reads an `S` of exactly one character.
impl FromAttribute for char {
    const EXPECTED: Expected =
        Expected::of::<Self>(AttributeTypes::of(&[AttributeType::S])).with_length(1);

    #[inline]
    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        let text = attribute.into_str(Self::EXPECTED)?;
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => Ok(character),
            _ => Err(AttributeError::mismatch(
                Self::EXPECTED,
                Found::Length(AttributeType::S, text.chars().count()),
            )),
        }
    }
}

impl IntoAttribute for bool {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        Ok(AttributeValue::Bool(self))
    }
}

impl IntoAttribute for String {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        Ok(AttributeValue::S(self))
    }
}

impl IntoAttribute for &str {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        Ok(AttributeValue::S(self.to_owned()))
    }
}

impl IntoAttribute for char {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        Ok(AttributeValue::S(self.to_string()))
    }
}
