//! The types of `time`.

use serde_dynamo::AttributeValue;
use time::format_description::well_known::{Iso8601, Rfc3339};
use time::{Date, OffsetDateTime, UtcDateTime};

use crate::attribute::{FromAttribute, IntoAttribute};
use crate::error::{AttributeError, Expected};
use crate::read::Attribute;
use crate::types::rfc3339::{
    expect_date, expect_time, parse_date, parse_time, write_date, write_text,
};

/// Reads an `S` in RFC 3339, and keeps its offset.
impl FromAttribute for OffsetDateTime {
    const EXPECTED: Expected = expect_time::<Self>();

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        parse_time(attribute, |text| Self::parse(text, &Rfc3339))
    }
}

/// Reads an `S` in RFC 3339 with any offset.
impl FromAttribute for UtcDateTime {
    const EXPECTED: Expected = expect_time::<Self>();

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        parse_time(attribute, |text| Self::parse(text, &Rfc3339))
    }
}

/// Reads an `S` such as `2026-12-31`.
impl FromAttribute for Date {
    const EXPECTED: Expected = expect_date::<Self>();

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        parse_date(attribute, |text| Self::parse(text, &Iso8601::DATE))
    }
}

/// Writes an `S` in RFC 3339 with the time's offset.
impl IntoAttribute for OffsetDateTime {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        write_text(self.format(&Rfc3339).ok(), |text| {
            Self::parse(text, &Rfc3339)
                .is_ok_and(|read| read == self && read.offset() == self.offset())
        })
    }
}

/// Writes an `S` in RFC 3339, in UTC.
impl IntoAttribute for UtcDateTime {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        write_text(self.format(&Rfc3339).ok(), |text| Self::parse(text, &Rfc3339) == Ok(self))
    }
}

/// Writes an `S` such as `2026-12-31`.
impl IntoAttribute for Date {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        write_date(self, |text| Self::parse(text, &Iso8601::DATE) == Ok(self))
    }
}
