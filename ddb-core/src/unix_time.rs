//! Points in time, from an `N` that counts seconds since 1970.

use std::time::{Duration, SystemTime};

use crate::error::Found;
use crate::number::decimal::{Decimal, NumberError};

/// A time type for a `#[ddb(unix_time)]` field.
///
/// `std::time::SystemTime` implements it. For another type:
///
/// ```
/// use ddb_core::attribute::FromUnixTime;
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
    note = "`unix_time` reads `std::time::SystemTime` and what implements `FromUnixTime`; a plain \
            number of seconds needs no key",
    note = "for a type parameter, state that on the struct: `#[ddb(bound = \"T: \
            ddb_core::attribute::FromUnixTime\")]`"
)]
pub trait FromUnixTime: Sized {
    /// Returns the time that is `seconds` plus `nanoseconds` after 1970-01-01T00:00:00Z, or `None`
    /// if the type cannot hold it.
    ///
    /// `nanoseconds` is less than 1,000,000,000 and always counts forward, also for a time before
    /// 1970: -1.5 s arrives as `(-2, 500_000_000)`.
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

const NANOSECONDS: i128 = 1_000_000_000;

/// Splits a number of seconds into whole seconds and nanoseconds. Digits below a nanosecond are an
/// error.
pub(crate) fn parse_unix_time(text: &str) -> Result<(i64, u32), Found> {
    let decimal = Decimal::parse(text).ok_or(Found::InvalidNumber)?;
    let magnitude = decimal.shift(9).magnitude().map_err(|fault| match fault {
        NumberError::Fraction => Found::TooPrecise,
        fault => fault.into(),
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
            ("yesterday", Err(Found::InvalidNumber)),
        ];
        for (text, expected) in table {
            assert_eq!(parse_unix_time(text), expected, "{text}");
        }
    }
}
