//! The types of `time`.

use time::format_description::well_known::{Iso8601, Rfc3339};
use time::{Date, OffsetDateTime, UtcDateTime};

use crate::attribute::FromAttribute;
use crate::error::{AttributeError, Expected};
use crate::read::Attribute;
use crate::types::rfc3339::{expect_date, expect_time, parse_date, parse_time};

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
