//! The types of `chrono`.

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat, Utc};
use serde_dynamo::AttributeValue;

use crate::attribute::{FromAttribute, IntoAttribute};
use crate::error::{AttributeError, Expected};
use crate::read::Attribute;
use crate::types::rfc3339::{
    expect_date, expect_time, parse_date, parse_time, write_date, write_text,
};

/// Reads an `S` in RFC 3339, and keeps its offset.
impl FromAttribute for DateTime<FixedOffset> {
    const EXPECTED: Expected = expect_time::<Self>();

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        parse_time(attribute, Self::parse_from_rfc3339)
    }
}

/// Reads an `S` in RFC 3339 with any offset.
impl FromAttribute for DateTime<Utc> {
    const EXPECTED: Expected = expect_time::<Self>();

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        parse_time(attribute, |text| {
            DateTime::parse_from_rfc3339(text).map(|time| time.with_timezone(&Utc))
        })
    }
}

/// Reads an `S` such as `2026-12-31`.
impl FromAttribute for NaiveDate {
    const EXPECTED: Expected = expect_date::<Self>();

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        parse_date(attribute, str::parse)
    }
}

/// Writes an `S` in RFC 3339 with the time's offset.
impl IntoAttribute for DateTime<FixedOffset> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        write_text(Some(self.to_rfc3339_opts(SecondsFormat::AutoSi, true)), |text| {
            Self::parse_from_rfc3339(text)
                .is_ok_and(|read| read == self && read.offset() == self.offset())
        })
    }
}

/// Writes an `S` in RFC 3339, in UTC.
impl IntoAttribute for DateTime<Utc> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        write_text(Some(self.to_rfc3339_opts(SecondsFormat::AutoSi, true)), |text| {
            DateTime::parse_from_rfc3339(text).is_ok_and(|read| read == self)
        })
    }
}

/// Writes an `S` such as `2026-12-31`.
impl IntoAttribute for NaiveDate {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        write_date(self, |text| text.parse() == Ok(self))
    }
}
