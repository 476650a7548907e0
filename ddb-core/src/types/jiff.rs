//! The types of `jiff`.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_dynamo::AttributeValue;

use crate::attribute::{FromAttribute, IntoAttribute};
use crate::error::{AttributeError, Expected};
use crate::read::Attribute;
use crate::types::rfc3339::{
    expect_date, expect_time, parse_date, parse_time, write_date, write_text,
};

/// Reads an `S` in RFC 3339 with any offset. `jiff` also accepts the shorter forms of ISO 8601 and
/// the annotations of RFC 9557.
impl FromAttribute for Timestamp {
    const EXPECTED: Expected = expect_time::<Self>();

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        parse_time(attribute, str::parse)
    }
}

/// Reads an `S` such as `2026-12-31`.
impl FromAttribute for Date {
    const EXPECTED: Expected = expect_date::<Self>();

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        parse_date(attribute, str::parse)
    }
}

/// Writes an `S` in RFC 3339, in UTC.
impl IntoAttribute for Timestamp {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        write_text(Some(self.to_string()), |text| {
            !text.starts_with('-') && text.parse().is_ok_and(|read: Self| read == self)
        })
    }
}

/// Writes an `S` such as `2026-12-31`.
impl IntoAttribute for Date {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        write_date(self, |text| text.parse().is_ok_and(|read: Self| read == self))
    }
}
