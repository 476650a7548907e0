//! Floating-point numbers and [`Number`], in an `N`.

use serde_dynamo::AttributeValue;

use crate::attribute::{FromAttribute, IntoAttribute};
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected, Found, Refusal, Unwritable};
use crate::number::Number;
use crate::number::canonical::canonical_float;
use crate::number::decimal::{NumberError, check_float};
use crate::read::{Attribute, EntryValue};
use crate::write::write_number;

macro_rules! float_from_attribute {
    ($($float:ty),*) => {$(
        /// Rounds the number to the nearest float. A number that would become infinite is out of
        /// range, and so is a nonzero number that would become zero.
        impl FromAttribute for $float {
            const EXPECTED: Expected =
                Expected::of::<Self>(AttributeTypes::of(&[AttributeType::N]));

            #[inline]
            fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
                let read = attribute.into_text(AttributeType::N).and_then(|text| {
                    let text = text.into_str();
                    match text.parse::<Self>() {
                        Ok(float) if float.is_normal() => Ok(float),
                        parsed => {
                            let float = parsed.unwrap_or_default();
                            check_float(text, float.is_finite(), float == 0.0)
                                .map(|()| float)
                                .map_err(|fault| Refusal::Found(fault.into()))
                        }
                    }
                });
                read.map_err(|refusal| refusal.into_error(Self::EXPECTED))
            }

            #[inline]
            fn from_plain(value: &mut EntryValue<'_, '_>) -> Option<Self> {
                let float: Self = value.plain_text(AttributeType::N)?.into_str().parse().ok()?;
                float.is_normal().then_some(float)
            }
        }
    )*};
}

float_from_attribute!(f32, f64);

impl FromAttribute for Number {
    const EXPECTED: Expected = Expected::of::<Self>(AttributeTypes::of(&[AttributeType::N]));

    #[inline]
    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        let text = attribute.into_number_string(Self::EXPECTED)?;
        text.try_into().map_err(|_| AttributeError::mismatch(Self::EXPECTED, Found::InvalidNumber))
    }
}

macro_rules! float_into_attribute {
    ($($float:ty),*) => {$(
        /// Writes the shortest number that reads as the same float. NaN and the infinities are an
        /// error.
        impl IntoAttribute for $float {
            fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
                canonical_float(self, self.is_finite()).map(AttributeValue::N).map_err(|fault| {
                    AttributeError::unwritable(match fault {
                        NumberError::Invalid => Unwritable::NotFinite,
                        fault => fault.into(),
                    })
                })
            }
        }
    )*};
}

float_into_attribute!(f32, f64);

/// Writes every digit, in the form in which DynamoDB stores numbers.
impl IntoAttribute for Number {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        write_number(self.as_str())
    }
}
