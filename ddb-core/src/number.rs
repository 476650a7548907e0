//! A number type that keeps every digit.

pub(crate) mod canonical;
mod convert;
pub(crate) mod decimal;
mod serde;

pub use convert::TryFromNumberError;

use std::cmp::Ordering;
use std::error::Error;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use crate::number::decimal::Decimal;

/// A number in DynamoDB's own form: decimal text that has never been rounded.
///
/// An `N` has up to 38 significant digits, where an `f64` holds 15, and may have a fraction, which
/// no integer type holds. Two numbers are equal if they have the same value, however they are
/// spelled, and they are ordered by value.
///
/// Integers and finite floats convert into a `Number`. A `Number` converts into an integer of the
/// same value, or into a float that converts back to an equal number; anything else is an error.
///
/// A `Number` serializes as a string, so that no format rounds it, and deserializes from a string
/// or a number.
///
/// ```
/// use ddb_core::Number;
///
/// let price: Number = "19.90".parse()?;
/// assert_eq!(price.as_str(), "19.90");
/// assert_eq!(price, "1.99E1".parse()?);
/// assert!(price < "100".parse()?);
/// assert!("twenty".parse::<Number>().is_err());
/// assert_eq!(u8::try_from(&"1E2".parse::<Number>()?)?, 100);
/// assert_eq!(f64::try_from(price)?, 19.9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Number(String);

/// The error for text that is not a number. It does not contain the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseNumberError;

impl Number {
    /// The number's text, as it was spelled.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Converts the number into its text, as it was spelled.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }

    /// The parsed text. Always `Some`, since every constructor checks the text.
    fn decimal(&self) -> Option<Decimal<'_>> {
        Decimal::parse(&self.0)
    }
}

impl TryFrom<String> for Number {
    type Error = ParseNumberError;

    fn try_from(text: String) -> Result<Self, ParseNumberError> {
        match Decimal::parse(&text) {
            Some(_) => Ok(Self(text)),
            None => Err(ParseNumberError),
        }
    }
}

impl From<Number> for String {
    fn from(number: Number) -> Self {
        number.0
    }
}

impl FromStr for Number {
    type Err = ParseNumberError;

    fn from_str(text: &str) -> Result<Self, ParseNumberError> {
        text.to_owned().try_into()
    }
}

impl AsRef<str> for Number {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.decimal() == other.decimal()
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.decimal().cmp(&other.decimal())
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.decimal().hash(state);
    }
}

impl Default for Number {
    /// Zero.
    fn default() -> Self {
        Self("0".to_owned())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Number({})", self.0)
    }
}

impl fmt::Display for ParseNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a number")
    }
}

impl Error for ParseNumberError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        text.parse().expect(text)
    }

    #[test]
    fn numbers_are_compared_by_value() {
        let ascending = [
            "-1E125",
            "-100",
            "-99.5",
            "-1E-130",
            "0",
            "1E-130",
            "0.001",
            "0.1",
            "1",
            "1.5",
            "9",
            "10",
            "10.01",
            "1E2",
            "9.9999999999999999999999999999999999999E+125",
        ];
        for (index, low) in ascending.iter().enumerate() {
            for high in &ascending[index + 1..] {
                assert!(number(low) < number(high), "{low} {high}");
                assert!(number(high) > number(low), "{high} {low}");
            }
        }
        for (one, other) in [
            ("1", "1.0"),
            ("100", "1E2"),
            ("-0", "0"),
            ("0E99", "0.00"),
            ("+7", "007"),
            ("12e-1", "1.2"),
        ] {
            assert_eq!(number(one), number(other));
        }
    }

    #[test]
    fn text_that_is_not_a_number_is_refused() {
        for text in [
            "",
            " ",
            "1 ",
            " 1",
            "NaN",
            "inf",
            "-Infinity",
            "1E",
            "E5",
            ".",
            "-",
            "1..2",
            "1.2.3",
            "0x10",
            "١",
            "1_000",
            "--1",
        ] {
            assert!(text.parse::<Number>().is_err(), "{text}");
        }
    }
}
