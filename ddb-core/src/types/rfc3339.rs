//! The parts of RFC 3339 that parsers of other crates do not check.

use std::error::Error;
use std::fmt;

use serde_dynamo::AttributeValue;

use crate::attribute::FromAttribute;
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected, Unwritable};
use crate::read::Attribute;
use crate::types::text::parse_text;

/// The expectation of a point in time.
pub(super) const fn expect_time<T: FromAttribute>() -> Expected {
    Expected::of::<T>(AttributeTypes::of(&[AttributeType::S])).only("in RFC 3339")
}

/// The expectation of a calendar date.
pub(super) const fn expect_date<T: FromAttribute>() -> Expected {
    Expected::of::<T>(AttributeTypes::of(&[AttributeType::S])).only("in the form 2026-12-31")
}

/// Parses a point in time. Digits finer than a nanosecond are an error, although parsers drop them.
pub(super) fn parse_time<T: FromAttribute, E: Into<Box<dyn Error + Send + Sync>>>(
    attribute: Attribute<'_>,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> Result<T, AttributeError> {
    parse_text(attribute, T::EXPECTED, |text| match parse(text) {
        Ok(_) if is_too_precise(text) => {
            Err("a fraction of a second finer than a nanosecond".into())
        }
        parsed => parsed.map_err(E::into),
    })
}

/// The length of a date such as `2026-12-31`. A date beyond the year 9999 is longer.
const DATE_LENGTH: usize = 10;

/// Parses a calendar date. A form other than that of `Display`, such as `2026-1-2`, is an error,
/// although parsers accept it.
pub(super) fn parse_date<T: FromAttribute + fmt::Display, E: Into<Box<dyn Error + Send + Sync>>>(
    attribute: Attribute<'_>,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> Result<T, AttributeError> {
    parse_text(attribute, T::EXPECTED, |text| match parse(text) {
        Ok(date) if text.len() != DATE_LENGTH || date.to_string() != text => {
            Err("not a year of four digits, a month and a day of two".into())
        }
        parsed => parsed.map_err(E::into),
    })
}

/// Writes the text of a time or a date, unless it would be read as another one, such as a time
/// beyond the year 9999.
pub(super) fn write_text(
    text: Option<String>,
    reads_as_same: impl FnOnce(&str) -> bool,
) -> Result<AttributeValue, AttributeError> {
    text.filter(|text| reads_as_same(text))
        .map(AttributeValue::S)
        .ok_or_else(|| AttributeError::unwritable(Unwritable::NotInRfc3339))
}

/// Writes a calendar date, unless it has another length or would be read as another date.
pub(super) fn write_date(
    date: impl fmt::Display,
    reads_as_same: impl FnOnce(&str) -> bool,
) -> Result<AttributeValue, AttributeError> {
    let text = Some(date.to_string()).filter(|text| text.len() == DATE_LENGTH);
    write_text(text, reads_as_same)
}

/// Returns `true` if a digit after the ninth of the fraction is not zero.
fn is_too_precise(text: &str) -> bool {
    let Some((_, fraction)) = text.split_once('.') else { return false };
    fraction.bytes().take_while(u8::is_ascii_digit).skip(9).any(|digit| digit != b'0')
}
