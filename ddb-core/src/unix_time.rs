//! Points in time, in an `N` that counts the time since 1970.

use std::ops::RangeInclusive;
use std::time::{Duration, SystemTime};

use crate::error::Found;
use crate::number::decimal::{Decimal, NumberError};

/// A time type for a `#[ddb(unix_time)]` field.
///
/// `std::time::SystemTime` implements it, and so does every type that converts from a `SystemTime`
/// and back, such as the times of `chrono`, `time` and `jiff`. For another type:
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

/// A time type that a `#[ddb(unix_time)]` field writes.
///
/// `std::time::SystemTime` implements it, and so does every type that converts from a `SystemTime`
/// and back.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as the seconds since 1970",
    label = "not a time type",
    note = "`unix_time` writes `std::time::SystemTime`, types that convert from it and back, and what \
            implements `IntoUnixTime`"
)]
pub trait IntoUnixTime: Sized {
    /// Returns the time as seconds and nanoseconds since 1970-01-01T00:00:00Z, or `None` if it is
    /// out of range.
    ///
    /// The nanoseconds always count forward, as in [`FromUnixTime::from_unix_time`].
    #[must_use]
    fn into_unix_time(self) -> Option<(i64, u32)>;
}

#[diagnostic::do_not_recommend]
impl<T: TryFrom<SystemTime> + TryInto<SystemTime>> IntoUnixTime for T {
    fn into_unix_time(self) -> Option<(i64, u32)> {
        let time: SystemTime = self.try_into().ok()?;
        match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => Some((after.as_secs().try_into().ok()?, after.subsec_nanos())),
            Err(before) => {
                let before = before.duration();
                let seconds = i64::try_from(before.as_secs()).ok()?.checked_neg()?;
                match before.subsec_nanos() {
                    0 => Some((seconds, 0)),
                    nanoseconds => Some((seconds.checked_sub(1)?, 1_000_000_000 - nanoseconds)),
                }
            }
        }
    }
}

/// Writes the seconds and nanoseconds since 1970 as a whole number of units, rounded down. `places`
/// is [`Unit::PLACES`]. `None` is a year beyond 9999, which [`parse_unix_time`] refuses.
pub(crate) fn write_unix_time((seconds, nanoseconds): (i64, u32), places: i64) -> Option<String> {
    if !YEARS.contains(&seconds) {
        return None;
    }
    let power = |exponent: i64| 10_i128.pow(u32::try_from(exponent).unwrap_or(0));
    let units = i128::from(seconds) * power(9 - places) + i128::from(nanoseconds) / power(places);
    Some(units.to_string())
}

/// The bound `TryInto` excludes `Option<SystemTime>`, which also converts from a `SystemTime`. An
/// `Option` has to be read as one.
#[diagnostic::do_not_recommend]
impl<T: TryFrom<SystemTime> + TryInto<SystemTime>> FromUnixTime for T {
    fn from_unix_time(seconds: i64, nanoseconds: u32) -> Option<Self> {
        let whole = Duration::from_secs(seconds.unsigned_abs());
        let time = if seconds < 0 {
            SystemTime::UNIX_EPOCH.checked_sub(whole)
        } else {
            SystemTime::UNIX_EPOCH.checked_add(whole)
        };
        let time = time?.checked_add(Duration::from_nanos(nanoseconds.into()))?;
        time.try_into().ok()
    }
}

/// The unit in which a number counts the time since 1970.
pub trait Unit {
    /// The number of decimal places from the unit to the nanosecond.
    const PLACES: i64;
}

macro_rules! units {
    ($($unit:ident: $places:literal),*) => {$(
        #[doc = concat!("`#[ddb(unix_time)]` in ", stringify!($unit), ".")]
        pub struct $unit;

        impl Unit for $unit {
            const PLACES: i64 = $places;
        }
    )*};
}

units!(Seconds: 9, Milliseconds: 6, Microseconds: 3, Nanoseconds: 0);

const NANOSECONDS: i128 = 1_000_000_000;

/// The years 0 to 9999, in seconds since 1970. A time beyond them was nearly always written in
/// another unit, and some types panic when they are converted from such a time.
const YEARS: RangeInclusive<i64> = -62_167_219_200..=253_402_300_799;

/// Splits a number into whole seconds and nanoseconds. `places` is [`Unit::PLACES`]. Digits below a
/// nanosecond are an error, and so is a year beyond 9999.
pub(crate) fn parse_unix_time(text: &str, places: i64) -> Result<(i64, u32), Found> {
    let decimal = Decimal::parse(text).ok_or(Found::InvalidNumber)?;
    let magnitude = decimal.shift(places).magnitude().map_err(|fault| match fault {
        NumberError::Fraction => Found::TooPrecise,
        fault => fault.into(),
    })?;
    let nanoseconds = i128::try_from(magnitude).map_err(|_| Found::OutOfRange)?;
    let nanoseconds = if decimal.is_negative() { -nanoseconds } else { nanoseconds };
    let seconds = nanoseconds.div_euclid(NANOSECONDS).try_into().map_err(|_| Found::OutOfRange)?;
    if !YEARS.contains(&seconds) {
        return Err(Found::OutOfRange);
    }
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
            ("253402300799", Ok((253_402_300_799, 0))),
            ("253402300800", Err(Found::OutOfRange)),
            ("-62167219200", Ok((-62_167_219_200, 0))),
            ("-62167219201", Err(Found::OutOfRange)),
            ("1E30", Err(Found::OutOfRange)),
            ("9223372036854775808", Err(Found::OutOfRange)),
            ("yesterday", Err(Found::InvalidNumber)),
        ];
        for (text, expected) in table {
            assert_eq!(parse_unix_time(text, Seconds::PLACES), expected, "{text}");
        }
    }
}
