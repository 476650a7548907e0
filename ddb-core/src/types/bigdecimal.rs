//! The types of `bigdecimal`.

use bigdecimal::BigDecimal;
use serde_dynamo::AttributeValue;

use crate::attribute::{FromAttribute, IntoAttribute};
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected, Found};
use crate::number::decimal::Decimal;
use crate::read::Attribute;
use crate::write::write_number;

/// The longest text that is read. `BigDecimal` parses in a time that grows with the square of the
/// length, and 200 characters hold every number that DynamoDB stores.
const LONGEST: usize = 1000;

/// Reads an `N` with every digit. A text of more than 1000 characters is a problem.
impl FromAttribute for BigDecimal {
    const EXPECTED: Expected = Expected::of::<Self>(AttributeTypes::of(&[AttributeType::N]));

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        let text = attribute.into_number_str(Self::EXPECTED)?;
        // `BigDecimal` also accepts text that is not a number in DynamoDB, such as `1_000`.
        if Decimal::parse(text).is_none() {
            return Err(AttributeError::mismatch(Self::EXPECTED, Found::InvalidNumber));
        }
        if text.len() > LONGEST {
            return Err(AttributeError::mismatch(Self::EXPECTED, Found::TooPrecise));
        }
        text.parse().map_err(|_| AttributeError::mismatch(Self::EXPECTED, Found::OutOfRange))
    }
}

/// Writes an `N` exactly. A number with more than 38 digits, or beyond DynamoDB's range, is an
/// error.
impl IntoAttribute for BigDecimal {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        // The plain notation of a number with a large exponent has millions of digits.
        write_number(&self.to_scientific_notation())
    }
}
