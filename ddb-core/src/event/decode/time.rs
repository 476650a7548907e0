//! The creation time of a record.

use std::time::SystemTime;

use crate::number::decimal::Decimal;
use crate::unix_time::FromUnixTime as _;

const NANOSECONDS: i128 = 1_000_000_000;

/// The unit of a record's creation time.
#[derive(Clone, Copy)]
pub(super) enum TimeUnit {
    Second,
    Millisecond,
    Microsecond,
}

impl TimeUnit {
    /// Parses a value of `ApproximateCreationDateTimePrecision`, see
    /// [Kinesis Data Streams for DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds.html).
    pub(super) fn parse(name: &str) -> Option<Self> {
        match name {
            "MILLISECOND" => Some(Self::Millisecond),
            "MICROSECOND" => Some(Self::Microsecond),
            _ => None,
        }
    }
}

/// A timestamp in billionths of a unit that is not known yet: the record may state its precision
/// after the value.
#[derive(Clone, Copy)]
pub(super) struct Timestamp(i128);

impl Timestamp {
    /// Parses a number. Returns `None` for any other text, for a number that is too large, and for
    /// a negative number, which would be a time before 1970.
    pub(super) fn parse(text: &str) -> Option<Self> {
        // The usual case: DynamoDB writes a whole number.
        if let Ok(whole) = text.parse::<u64>() {
            return Some(Self(i128::from(whole) * NANOSECONDS));
        }
        let decimal = Decimal::parse(text).filter(|decimal| !decimal.is_negative())?;
        decimal.shift(9).truncate().magnitude().ok()?.try_into().ok().map(Self)
    }

    /// The time that the number means in this unit, rounded down to the nanosecond.
    pub(super) fn in_unit(self, unit: TimeUnit) -> Option<SystemTime> {
        let nanoseconds = match unit {
            TimeUnit::Second => self.0,
            TimeUnit::Millisecond => self.0 / 1_000,
            TimeUnit::Microsecond => self.0 / 1_000_000,
        };
        let seconds = nanoseconds.div_euclid(NANOSECONDS).try_into().ok()?;
        SystemTime::from_unix_time(seconds, nanoseconds.rem_euclid(NANOSECONDS).try_into().ok()?)
    }
}

/// Parses `2020-07-30T17:00:00Z`.
pub(crate) fn parse_rfc3339(text: &str) -> Option<SystemTime> {
    chrono::DateTime::parse_from_rfc3339(text).ok().map(SystemTime::from)
}
