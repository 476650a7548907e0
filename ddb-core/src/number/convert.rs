//! Conversions between [`Number`] and the number types of the standard library: exact, or an error.

use std::error::Error;
use std::fmt;

use serde_dynamo::AttributeValue;

use crate::number::Number;
use crate::number::decimal::{NumberError, check_float, parse_signed, parse_unsigned};

/// The error for a number that the other type cannot hold, or a float that is not finite. It does
/// not contain the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TryFromNumberError(NumberError);

impl fmt::Display for TryFromNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            NumberError::Invalid => "not a number",
            NumberError::Fraction => "a fraction does not fit an integer",
            NumberError::OutOfRange => "the number is out of range",
            NumberError::TooPrecise => "the number has too many digits",
        })
    }
}

impl Error for TryFromNumberError {}

impl From<Number> for AttributeValue {
    /// Converts the number into an `N`.
    fn from(number: Number) -> Self {
        Self::N(number.into_string())
    }
}

macro_rules! convert_integer {
    ($($integer:ty => $parse:ident),* $(,)?) => {$(
        impl From<$integer> for Number {
            fn from(integer: $integer) -> Self {
                Self(integer.to_string())
            }
        }

        impl TryFrom<&Number> for $integer {
            type Error = TryFromNumberError;

            /// Accepts every spelling of the integer: `1E2` and `100.0` are both 100.
            fn try_from(number: &Number) -> Result<Self, TryFromNumberError> {
                let integer = $parse(number.as_str()).map_err(TryFromNumberError)?;
                integer.try_into().map_err(|_| TryFromNumberError(NumberError::OutOfRange))
            }
        }

        impl TryFrom<Number> for $integer {
            type Error = TryFromNumberError;

            fn try_from(number: Number) -> Result<Self, TryFromNumberError> {
                Self::try_from(&number)
            }
        }
    )*};
}

convert_integer! {
    i8 => parse_signed,
    i16 => parse_signed,
    i32 => parse_signed,
    i64 => parse_signed,
    i128 => parse_signed,
    isize => parse_signed,
    u8 => parse_unsigned,
    u16 => parse_unsigned,
    u32 => parse_unsigned,
    u64 => parse_unsigned,
    u128 => parse_unsigned,
    usize => parse_unsigned,
}

/// The magnitudes of floats that are spelled without an exponent.
const PLAIN: std::ops::Range<f64> = 1e-7..1e21;

macro_rules! convert_float {
    ($($float:ty),*) => {$(
        impl TryFrom<$float> for Number {
            type Error = TryFromNumberError;

            /// Writes the shortest text that reads as the same float: 0.1 becomes `0.1`. NaN and
            /// the infinities are errors.
            fn try_from(float: $float) -> Result<Self, TryFromNumberError> {
                if !float.is_finite() {
                    return Err(TryFromNumberError(NumberError::Invalid));
                }
                let is_plain = float == 0.0 || PLAIN.contains(&f64::from(float.abs()));
                Ok(Self(if is_plain { float.to_string() } else { format!("{float:E}") }))
            }
        }

        impl TryFrom<&Number> for $float {
            type Error = TryFromNumberError;

            /// Succeeds if the float converts back to an equal number. `0.1` does; a number with
            /// more digits than the float holds does not.
            fn try_from(number: &Number) -> Result<Self, TryFromNumberError> {
                let text = number.as_str();
                let float: Self =
                    text.parse().map_err(|_| TryFromNumberError(NumberError::Invalid))?;
                check_float(text, float.is_finite(), float == 0.0).map_err(TryFromNumberError)?;
                if Number::try_from(float)? == *number {
                    Ok(float)
                } else {
                    Err(TryFromNumberError(NumberError::TooPrecise))
                }
            }
        }

        impl TryFrom<Number> for $float {
            type Error = TryFromNumberError;

            fn try_from(number: Number) -> Result<Self, TryFromNumberError> {
                Self::try_from(&number)
            }
        }
    )*};
}

convert_float!(f32, f64);

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        text.parse().expect(text)
    }

    #[test]
    fn integers_are_exact_or_an_error() {
        let fault = |fault| Err(TryFromNumberError(fault));
        for (text, expected) in [
            ("100", Ok(100)),
            ("1E2", Ok(100)),
            ("100.0", Ok(100)),
            ("-1", fault(NumberError::OutOfRange)),
            ("256", fault(NumberError::OutOfRange)),
            ("1.5", fault(NumberError::Fraction)),
        ] {
            assert_eq!(u8::try_from(number(text)), expected, "{text}");
        }
        assert_eq!(i128::try_from(Number::from(i128::MIN)), Ok(i128::MIN));
        assert_eq!(u128::try_from(Number::from(u128::MAX)), Ok(u128::MAX));
    }

    #[test]
    fn floats_are_exact_or_an_error() {
        let fault = |fault| Err(TryFromNumberError(fault));
        for (text, expected) in [
            ("19.90", Ok(19.9)),
            ("-0", Ok(0.0)),
            ("5E-324", Ok(5E-324)),
            ("1E-400", fault(NumberError::OutOfRange)),
            ("1E400", fault(NumberError::OutOfRange)),
            ("12345678901234567890123456789012345678", fault(NumberError::TooPrecise)),
            ("9007199254740993", fault(NumberError::TooPrecise)),
        ] {
            assert_eq!(f64::try_from(number(text)), expected, "{text}");
        }
        assert_eq!(f32::try_from(number("0.1")), Ok(0.1));
        assert!(f32::try_from(number("16777217")).is_err());
        for float in [0.1, 1E21, 1.5E-9, f64::MAX, f64::MIN_POSITIVE, -0.0, 123_456.789] {
            assert_eq!(f64::try_from(Number::try_from(float).expect("finite")), Ok(float));
        }
        for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(Number::try_from(float).is_err());
        }
    }

    #[test]
    fn a_number_is_an_n() {
        assert_eq!(AttributeValue::from(number("1.50")), AttributeValue::N("1.50".to_owned()));
    }
}
