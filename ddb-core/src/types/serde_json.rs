//! The values of `serde_json`.

use std::str::FromStr;

use serde_dynamo::AttributeValue;
use serde_json::{Map, Number, Value};

use crate::attribute::{FromAttribute, IntoAttribute};
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected, Found};
use crate::number::decimal::Decimal;
use crate::read::Attribute;
use crate::write::{write_entries, write_number};

/// Reads any value but bytes, which JSON does not have: strings, numbers, booleans and `null`, an
/// `M` as an object, an `L` or a set as an array.
///
/// A number that `serde_json` would round is a problem; with its feature `arbitrary_precision`, it
/// keeps every digit.
impl FromAttribute for Value {
    const EXPECTED: Expected = Expected::of::<Self>(AttributeTypes::of(&[
        AttributeType::S,
        AttributeType::N,
        AttributeType::Bool,
        AttributeType::Null,
        AttributeType::M,
        AttributeType::L,
        AttributeType::Ss,
        AttributeType::Ns,
    ]));

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        match attribute.attribute_type() {
            AttributeType::S => attribute.into_string(Self::EXPECTED).map(Self::String),
            AttributeType::N => Number::from_attribute(attribute).map(Self::Number),
            AttributeType::Bool => attribute.into_bool(Self::EXPECTED).map(Self::Bool),
            AttributeType::Null => Ok(Self::Null),
            AttributeType::M => Map::from_attribute(attribute).map(Self::Object),
            AttributeType::L | AttributeType::Ss | AttributeType::Ns => {
                Vec::from_attribute(attribute).map(Self::Array)
            }
            AttributeType::B | AttributeType::Bs => Err(attribute.mismatch(Self::EXPECTED)),
        }
    }
}

/// Reads an `M` as an object.
impl FromAttribute for Map<String, Value> {
    const EXPECTED: Expected = Expected::of::<Self>(AttributeTypes::of(&[AttributeType::M]));

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        let mut map = Self::new();
        attribute
            .into_image(Self::EXPECTED)?
            .read_entries(|name: String, value| map.insert(name, value).is_none())?;
        Ok(map)
    }
}

/// Reads an `N`. A number that `serde_json` would round is a problem.
impl FromAttribute for Number {
    const EXPECTED: Expected = Expected::of::<Self>(AttributeTypes::of(&[AttributeType::N]));

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        parse_exact(attribute.into_number_str(Self::EXPECTED)?)
            .map_err(|found| AttributeError::mismatch(Self::EXPECTED, found))
    }
}

/// Any crate of a build can turn on `arbitrary_precision`, so only the result tells whether the
/// number was rounded.
fn parse_exact(text: &str) -> Result<Number, Found> {
    let decimal = Decimal::parse(text).ok_or(Found::InvalidNumber)?;
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    let number = Number::from_str(unsigned).map_err(|_| Found::OutOfRange)?;
    match Decimal::parse(&number.to_string()) {
        Some(read) if read == decimal => Ok(number),
        _ => Err(Found::TooPrecise),
    }
}

/// Writes the value of the corresponding attribute type. A number that DynamoDB does not store
/// exactly is an error.
impl IntoAttribute for Value {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        match self {
            Self::Null => Ok(AttributeValue::Null(true)),
            Self::Bool(value) => value.into_attribute(),
            Self::Number(number) => number.into_attribute(),
            Self::String(text) => text.into_attribute(),
            Self::Array(values) => values.into_attribute(),
            Self::Object(map) => map.into_attribute(),
        }
    }
}

/// Writes an `M`.
impl IntoAttribute for Map<String, Value> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        write_entries(self.into_iter())
    }
}

/// Writes an `N`. A number that DynamoDB does not store exactly is an error.
impl IntoAttribute for Number {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        write_number(&self.to_string())
    }
}
