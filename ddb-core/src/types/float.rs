//! Floating-point numbers and [`Number`], from an `N`.

use crate::attribute::FromAttribute;
use crate::decimal::Decimal;
use crate::error::{Expected, Found};
use crate::number::Number;
use crate::read::{Attribute, Place};
use crate::tag::{Tag, Tags};
use crate::unfit::{Refusal, Unfit};

macro_rules! float_from_attribute {
    ($($float:ty),*) => {$(
        /// Rounded to the nearest value; what would round to infinity, or to zero, is out of range.
        impl FromAttribute for $float {
            const EXPECTED: Expected = Expected::of::<Self>(Tags::of(&[Tag::N]));

            #[inline]
            fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
                let read = attribute.into_text(Tag::N).and_then(|text| {
                    let text = text.into_str();
                    match text.parse::<Self>() {
                        Ok(float) if float.is_normal() => Ok(float),
                        parsed => {
                            let float = parsed.unwrap_or_default();
                            check_float(text, float.is_finite(), float == 0.0).map(|()| float).map_err(Refusal::Found)
                        }
                    }
                });
                read.map_err(|refusal| refusal.into_unfit(Self::EXPECTED))
            }

            #[inline]
            fn from_plain(place: &mut Place<'_, '_>) -> Option<Self> {
                place.plain_text(Tag::N)?.into_str().parse().ok().filter(|float: &Self| float.is_normal())
            }
        }
    )*};
}

float_from_attribute!(f32, f64);

/// The standard library reads `inf` and `nan`, and rounds to infinity and to zero in silence.
#[cold]
fn check_float(text: &str, is_finite: bool, is_zero: bool) -> Result<(), Found> {
    let decimal = Decimal::parse(text).ok_or(Found::NotANumber)?;
    if is_finite && is_zero == decimal.is_zero() { Ok(()) } else { Err(Found::OutOfRange) }
}

impl FromAttribute for Number {
    const EXPECTED: Expected = Expected::of::<Self>(Tags::of(&[Tag::N]));

    #[inline]
    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
        let text = attribute.into_number_string(Self::EXPECTED)?;
        text.try_into().map_err(|_| Unfit::mismatch(Self::EXPECTED, Found::NotANumber))
    }
}
