//! Numbers that stay as they are stored.

use std::cmp::Ordering;
use std::error::Error;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use crate::decimal::Decimal;

/// A number as DynamoDB spells it: decimal text that no conversion has rounded.
///
/// An `N` has up to 38 significant digits, more than `f64` (15) or `u128` can hold with a fraction.
/// Two numbers are equal if they have the same value, however they are spelled, and they are
/// ordered by value.
///
/// ```
/// use ddb_core::Number;
///
/// let price: Number = "19.90".parse()?;
/// assert_eq!(price.as_str(), "19.90");
/// assert_eq!(price, "1.99E1".parse()?);
/// assert!(price < "100".parse()?);
/// assert!("twenty".parse::<Number>().is_err());
/// # Ok::<(), ddb_core::NotANumber>(())
/// ```
#[derive(Clone)]
pub struct Number(String);

/// A text that is not a number; it does not tell the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotANumber;

impl Number {
    /// The text, as it was.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, as it was.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }

    /// The text taken apart. There is one: only numbers get in here.
    fn decimal(&self) -> Option<Decimal<'_>> {
        Decimal::parse(&self.0)
    }
}

impl TryFrom<String> for Number {
    type Error = NotANumber;

    fn try_from(text: String) -> Result<Self, NotANumber> {
        match Decimal::parse(&text) {
            Some(_) => Ok(Self(text)),
            None => Err(NotANumber),
        }
    }
}

impl From<Number> for String {
    fn from(number: Number) -> Self {
        number.0
    }
}

impl FromStr for Number {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
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

macro_rules! number_from_integer {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Number {
            fn from(integer: $integer) -> Self {
                Self(integer.to_string())
            }
        }
    )*};
}

number_from_integer!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a number")
    }
}

impl Error for NotANumber {}

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
    fn what_is_not_a_number_is_refused() {
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
