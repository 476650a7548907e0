//! Points in time, from an `N` of seconds.

use std::time::{Duration, SystemTime};

use crate::decimal::{Decimal, NotIntegral};
use crate::error::{Expected, Found};
use crate::read::Attribute;
use crate::tag::{Tag, Tags};
use crate::unfit::Unfit;

/// A time type that a `#[ddb(unix_time)]` field can have.
///
/// ```
/// use ddb_core::FromUnixTime;
///
/// struct Timestamp {
///     seconds: i64,
///     nanoseconds: u32,
/// }
///
/// impl FromUnixTime for Timestamp {
///     fn from_unix_time(seconds: i64, nanoseconds: u32) -> Option<Self> {
///         Some(Timestamp { seconds, nanoseconds })
///     }
/// }
/// # let time = Timestamp::from_unix_time(1, 2).unwrap();
/// # assert_eq!((time.seconds, time.nanoseconds), (1, 2));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the seconds since 1970",
    label = "not a time type",
    note = "`unix_time` reads `std::time::SystemTime` and what implements `FromUnixTime`; a plain number of seconds needs no attribute"
)]
pub trait FromUnixTime: Sized {
    /// The time that is `seconds` and `nanoseconds`, fewer than 1,000,000,000, after
    /// 1970-01-01T00:00:00Z; `None` if the type cannot hold it.
    #[must_use]
    fn from_unix_time(seconds: i64, nanoseconds: u32) -> Option<Self>;
}

impl FromUnixTime for SystemTime {
    fn from_unix_time(seconds: i64, nanoseconds: u32) -> Option<Self> {
        let whole = Duration::from_secs(seconds.unsigned_abs());
        let time = if seconds < 0 {
            Self::UNIX_EPOCH.checked_sub(whole)
        } else {
            Self::UNIX_EPOCH.checked_add(whole)
        };
        time?.checked_add(Duration::from_nanos(nanoseconds.into()))
    }
}

/// Exact to the nanosecond; finer digits are an error.
pub(crate) fn read_unix_time<T: FromUnixTime>(attribute: Attribute<'_>) -> Result<T, Unfit> {
    let expected = Expected::of::<T>(Tags::of(&[Tag::N]));
    let text = attribute.into_number_str(expected)?;
    parse_unix_time(text)
        .and_then(|(seconds, nanoseconds)| {
            T::from_unix_time(seconds, nanoseconds).ok_or(Found::OutOfRange)
        })
        .map_err(|found| Unfit::mismatch(expected, found))
}

/// What the number of a record's creation time counts.
#[derive(Clone, Copy)]
#[cfg(feature = "events")]
pub(crate) enum TimeUnit {
    Second,
    Millisecond,
    Microsecond,
}

#[cfg(feature = "events")]
impl TimeUnit {
    /// A value of `ApproximateCreationDateTimePrecision`, see
    /// [Kinesis Data Streams for DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds.html).
    pub(crate) fn parse(name: &str) -> Option<Self> {
        match name {
            "MILLISECOND" => Some(Self::Millisecond),
            "MICROSECOND" => Some(Self::Microsecond),
            _ => None,
        }
    }
}

/// How many of a unit that is told later there are since 1970, in thousand-millionths of it.
#[derive(Clone, Copy)]
#[cfg(feature = "events")]
pub(crate) struct UnixTime(i128);

#[cfg(feature = "events")]
impl UnixTime {
    /// `None` for what is no number, or before 1970.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        // Whole, as DynamoDB writes it: every twentieth instruction of a small record went into the
        // decimal.
        if let Ok(whole) = text.parse::<u64>() {
            return Some(Self(i128::from(whole) * NANOSECONDS));
        }
        let decimal = Decimal::parse(text).filter(|decimal| !decimal.is_negative())?;
        decimal.shift(9).truncate().magnitude().ok()?.try_into().ok().map(Self)
    }

    /// The time, without what is finer than a nanosecond.
    pub(crate) fn in_unit(self, unit: TimeUnit) -> Option<SystemTime> {
        let nanoseconds = match unit {
            TimeUnit::Second => self.0,
            TimeUnit::Millisecond => self.0 / 1_000,
            TimeUnit::Microsecond => self.0 / 1_000_000,
        };
        let seconds = nanoseconds.div_euclid(NANOSECONDS).try_into().ok()?;
        SystemTime::from_unix_time(seconds, nanoseconds.rem_euclid(NANOSECONDS).try_into().ok()?)
    }
}

/// `2020-07-30T17:00:00Z`
#[cfg(feature = "events")]
pub(crate) fn parse_rfc3339(text: &str) -> Option<SystemTime> {
    chrono::DateTime::parse_from_rfc3339(text).ok().map(SystemTime::from)
}

const NANOSECONDS: i128 = 1_000_000_000;

fn parse_unix_time(text: &str) -> Result<(i64, u32), Found> {
    let decimal = Decimal::parse(text).ok_or(Found::NotANumber)?;
    let magnitude = decimal.shift(9).magnitude().map_err(|reason| match reason {
        NotIntegral::Fraction => Found::TooPrecise,
        NotIntegral::OutOfRange => Found::OutOfRange,
    })?;
    let nanoseconds = i128::try_from(magnitude).map_err(|_| Found::OutOfRange)?;
    let nanoseconds = if decimal.is_negative() { -nanoseconds } else { nanoseconds };
    let seconds = nanoseconds.div_euclid(NANOSECONDS).try_into().map_err(|_| Found::OutOfRange)?;
    let rest = nanoseconds.rem_euclid(NANOSECONDS).try_into().map_err(|_| Found::OutOfRange)?;
    Ok((seconds, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_exact_to_the_nanosecond() {
        let table = [
            ("0", Ok((0, 0))),
            ("1700000000", Ok((1_700_000_000, 0))),
            ("1.7E9", Ok((1_700_000_000, 0))),
            ("1640995200.789", Ok((1_640_995_200, 789_000_000))),
            ("-1.5", Ok((-2, 500_000_000))),
            ("0.0000000001", Err(Found::TooPrecise)),
            ("1E30", Err(Found::OutOfRange)),
            ("9223372036854775808", Err(Found::OutOfRange)),
            ("yesterday", Err(Found::NotANumber)),
        ];
        for (text, expected) in table {
            assert_eq!(parse_unix_time(text), expected, "{text}");
        }
    }
}
