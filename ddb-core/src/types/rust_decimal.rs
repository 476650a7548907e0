//! The types of `rust_decimal`.

use rust_decimal::Decimal;
use serde_dynamo::AttributeValue;

use crate::attribute::{FromAttribute, IntoAttribute};
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected, Found};
use crate::number::decimal::{self, NumberError};
use crate::read::Attribute;
use crate::write::write_number;

/// Reads an `N` exactly. `Decimal` holds a 96-bit integer with up to 28 decimal places, less than
/// DynamoDB's 38 digits: any other number is a problem. Its own parsers round.
impl FromAttribute for Decimal {
    const EXPECTED: Expected = Expected::of::<Self>(AttributeTypes::of(&[AttributeType::N]));

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        parse_exact(attribute.into_number_str(Self::EXPECTED)?)
            .map_err(|fault| AttributeError::mismatch(Self::EXPECTED, Found::from(fault)))
    }
}

fn parse_exact(text: &str) -> Result<Decimal, NumberError> {
    let (mantissa, scale) = decimal::parse_scaled(text)?;
    Decimal::try_from_i128_with_scale(mantissa, scale).map_err(|_| match scale {
        0 => NumberError::OutOfRange,
        _ => NumberError::TooPrecise,
    })
}

/// Writes an `N` exactly. DynamoDB does not keep zeros at the end, so that 19.90 is read as 19.9.
impl IntoAttribute for Decimal {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        write_number(&self.to_string())
    }
}
