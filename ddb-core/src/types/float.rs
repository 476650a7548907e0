//! Floating-point numbers and [`Number`], from an `N`.

use crate::attribute::FromAttribute;
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected, Found, Refusal};
use crate::number::Number;
use crate::number::decimal::check_float;
use crate::read::{Attribute, EntryValue};

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
