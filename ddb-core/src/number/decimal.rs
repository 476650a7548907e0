//! Parses decimal text without losing a digit.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// A parsed number, `±digits × 10^exponent`, whose digits neither begin nor end with a zero.
///
/// DynamoDB sends up to 38 significant digits with a magnitude of 1E-130 to 9.99…E+125, plain or in
/// exponent form, see
/// [Number](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number).
/// Text of any length is parsed. Range checks belong to the target type.
#[derive(Clone, Copy)]
pub(crate) struct Decimal<'a> {
    is_negative: bool,
    whole: &'a str,
    fraction: &'a str,
    /// The number of zeros before the first significant digit.
    leading: usize,
    /// The number of significant digits; zero for the number zero.
    count: usize,
    /// The power of ten of the last significant digit; zero for the number zero.
    exponent: i64,
}

/// The reason why text is not a number, or why a number does not fit a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberError {
    Invalid,
    Fraction,
    OutOfRange,
    TooPrecise,
}

impl<'a> Decimal<'a> {
    /// Returns `None` if the text is not a number: `NaN`, `inf`, blanks, empty text.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let (is_negative, unsigned) = strip_sign(text);
        let (digits, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, parse_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if (whole.is_empty() && fraction.is_empty()) || !is_digits(whole) || !is_digits(fraction) {
            return None;
        }
        let all = || whole.bytes().chain(fraction.bytes());
        let leading = all().take_while(|&digit| digit == b'0').count();
        let trailing = all().rev().take_while(|&digit| digit == b'0').count();
        let count = (whole.len() + fraction.len()).saturating_sub(leading + trailing);
        let exponent =
            if count == 0 { 0 } else { exponent + length(trailing) - length(fraction.len()) };
        Some(Self {
            is_negative: is_negative && count > 0,
            whole,
            fraction,
            leading,
            count,
            exponent,
        })
    }

    pub(crate) fn is_negative(&self) -> bool {
        self.is_negative
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.count == 0
    }

    /// Multiplies the number by `10^places`.
    pub(crate) fn shift(mut self, places: i64) -> Self {
        self.exponent += places;
        self
    }

    /// Drops the digits after the decimal point.
    #[cfg(feature = "events")]
    pub(crate) fn truncate(mut self) -> Self {
        let fraction = usize::try_from(-self.exponent).unwrap_or(0);
        if fraction > 0 {
            self.count = self.count.saturating_sub(fraction);
            self.exponent = 0;
        }
        self
    }

    /// Returns the magnitude as an integer: `1E2`, `100.0` and `100` are all 100.
    pub(crate) fn magnitude(&self) -> Result<u128, NumberError> {
        if self.is_zero() {
            return Ok(0);
        }
        if self.exponent < 0 {
            return Err(NumberError::Fraction);
        }
        let mut magnitude = 0_u128;
        for digit in self.digits() {
            magnitude = push_digit(magnitude, digit).ok_or(NumberError::OutOfRange)?;
        }
        // The magnitude is not zero, so this overflows after at most 39 steps, however large the
        // exponent is.
        for _ in 0..self.exponent {
            magnitude = push_digit(magnitude, b'0').ok_or(NumberError::OutOfRange)?;
        }
        Ok(magnitude)
    }

    pub(crate) fn digits(&self) -> impl Iterator<Item = u8> {
        self.whole.bytes().chain(self.fraction.bytes()).skip(self.leading).take(self.count)
    }

    /// The exponent of the smallest power of ten above the magnitude.
    pub(crate) fn order(&self) -> i64 {
        self.exponent + length(self.count)
    }

    fn compare_magnitudes(&self, other: &Self) -> Ordering {
        other
            .is_zero()
            .cmp(&self.is_zero())
            .then_with(|| self.order().cmp(&other.order()))
            .then_with(|| self.digits().cmp(other.digits()))
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative, other.is_negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.compare_magnitudes(other),
            (true, true) => other.compare_magnitudes(self),
        }
    }
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal<'_> {}

impl Hash for Decimal<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.is_negative.hash(state);
        self.exponent.hash(state);
        self.digits().for_each(|digit| digit.hash(state));
    }
}

fn strip_sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(unsigned) => (true, unsigned),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Saturates at half of the range, so that adding the lengths of texts cannot overflow. Numbers
/// with larger exponents are out of range for every type, so that they need not be distinguished.
fn parse_exponent(text: &str) -> Option<i64> {
    let (is_negative, digits) = strip_sign(text);
    if digits.is_empty() || !is_digits(digits) {
        return None;
    }
    let magnitude = digits.parse().unwrap_or(i64::MAX).min(i64::MAX / 2);
    Some(if is_negative { -magnitude } else { magnitude })
}

fn length(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX / 4)
}

fn push_digit(magnitude: u128, digit: u8) -> Option<u128> {
    magnitude.checked_mul(10)?.checked_add(u128::from(digit - b'0'))
}

/// Parses a number as an integer and the number of its decimal places: `1.50` is `(15, 1)`.
#[cfg(feature = "rust_decimal")]
pub(crate) fn parse_scaled(text: &str) -> Result<(i128, u32), NumberError> {
    let decimal = Decimal::parse(text).ok_or(NumberError::Invalid)?;
    let places = u32::try_from(-decimal.exponent.min(0)).map_err(|_| NumberError::TooPrecise)?;
    let magnitude = decimal.shift(places.into()).magnitude().map_err(|fault| match fault {
        NumberError::OutOfRange if places > 0 => NumberError::TooPrecise,
        fault => fault,
    })?;
    let magnitude = i128::try_from(magnitude).map_err(|_| NumberError::OutOfRange)?;
    Ok((if decimal.is_negative { -magnitude } else { magnitude }, places))
}

/// Parses an integer in any spelling: `100`, `1E2`, `100.0`.
pub(crate) fn parse_unsigned(text: &str) -> Result<u128, NumberError> {
    let (is_negative, magnitude) = parse_magnitude(text)?;
    if is_negative { Err(NumberError::OutOfRange) } else { Ok(magnitude) }
}

/// Parses an integer like [`parse_unsigned`], with a sign.
pub(crate) fn parse_signed(text: &str) -> Result<i128, NumberError> {
    let (is_negative, magnitude) = parse_magnitude(text)?;
    let integer = if is_negative {
        0_i128.checked_sub_unsigned(magnitude)
    } else {
        0_i128.checked_add_unsigned(magnitude)
    };
    integer.ok_or(NumberError::OutOfRange)
}

fn parse_magnitude(text: &str) -> Result<(bool, u128), NumberError> {
    let decimal = Decimal::parse(text).ok_or(NumberError::Invalid)?;
    Ok((decimal.is_negative(), decimal.magnitude()?))
}

/// Checks a float that the standard library parsed from the text. Its parser also accepts `inf` and
/// `nan`, and silently rounds to infinity and to zero.
pub(crate) fn check_float(text: &str, is_finite: bool, is_zero: bool) -> Result<(), NumberError> {
    let decimal = Decimal::parse(text).ok_or(NumberError::Invalid)?;
    let fits = is_finite && is_zero == decimal.is_zero();
    if fits { Ok(()) } else { Err(NumberError::OutOfRange) }
}
