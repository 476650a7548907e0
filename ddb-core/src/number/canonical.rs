//! The text in which DynamoDB stores a number.

use crate::number::decimal::{Decimal, NumberError};

/// The number of significant digits that DynamoDB stores.
///
/// Source: [Number](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number).
const MAX_DIGITS: usize = 38;

/// The powers of ten of the first digit that DynamoDB stores: 1E-130 to 9.99…E+125.
const MAGNITUDES: std::ops::RangeInclusive<i64> = -130..=125;

/// The number of characters up to which a number is written without an exponent.
const MAX_PLAIN: usize = 40;

/// Writes a number without superfluous zeros, a `+` or a `-0`.
///
/// # Errors
///
/// Returns an error if the text is not a number, or if DynamoDB does not store the number exactly.
pub(crate) fn canonical(text: &str) -> Result<String, NumberError> {
    let number = Decimal::parse(text).ok_or(NumberError::Invalid)?;
    if number.is_zero() {
        return Ok("0".to_owned());
    }
    let digits: String = number.digits().map(char::from).collect();
    let count = digits.len();
    if count > MAX_DIGITS {
        return Err(NumberError::TooPrecise);
    }
    // The number of digits before the decimal point, which is negative for zeros behind it.
    let point = number.order();
    if !MAGNITUDES.contains(&(point - 1)) {
        return Err(NumberError::OutOfRange);
    }
    let sign = if number.is_negative() { "-" } else { "" };
    let magnitude = usize::try_from(point.unsigned_abs()).map_err(|_| NumberError::OutOfRange)?;
    let plain = match point {
        ..=0 => format!("{sign}0.{:0<magnitude$}{digits}", ""),
        _ if magnitude >= count => format!("{sign}{digits:0<magnitude$}"),
        _ => {
            let (whole, fraction) = digits.split_at(magnitude);
            format!("{sign}{whole}.{fraction}")
        }
    };
    if plain.len() <= MAX_PLAIN {
        return Ok(plain);
    }
    let (first, rest) = digits.split_at(1);
    let separator = if rest.is_empty() { "" } else { "." };
    Ok(format!("{sign}{first}{separator}{rest}E{}", point - 1))
}

/// Writes a finite float as the shortest text that reads as the same float.
///
/// # Errors
///
/// Returns an error if DynamoDB does not store the number.
pub(crate) fn canonical_float(
    float: impl zmij::Float,
    is_finite: bool,
) -> Result<String, NumberError> {
    if !is_finite {
        return Err(NumberError::Invalid);
    }
    let mut buffer = zmij::Buffer::new();
    let text = buffer.format_finite(float);
    match text.strip_suffix(".0").unwrap_or(text) {
        "-0" => Ok("0".to_owned()),
        plain if !text.contains('e') && plain.len() <= MAX_PLAIN => Ok(plain.to_owned()),
        _ => canonical(text),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_written_as_dynamodb_stores_them() {
        for (text, expected) in [
            ("0", "0"),
            ("-0.00", "0"),
            ("0E999", "0"),
            ("007", "7"),
            ("+1.50", "1.5"),
            ("19.90", "19.9"),
            ("1E2", "100"),
            ("-1.5e3", "-1500"),
            ("0.00120", "0.0012"),
            ("1E-7", "0.0000001"),
            ("1E39", "1000000000000000000000000000000000000000"),
            ("1E40", "1E40"),
            ("-1E39", "-1E39"),
            ("1.25E-60", "1.25E-60"),
            (
                "9.9999999999999999999999999999999999999E125",
                "9.9999999999999999999999999999999999999E125",
            ),
            ("1E-130", "1E-130"),
        ] {
            assert_eq!(canonical(text).as_deref(), Ok(expected), "{text}");
        }
        for (text, expected) in [
            ("123456789012345678901234567890123456789", NumberError::TooPrecise),
            ("1E126", NumberError::OutOfRange),
            ("1E-131", NumberError::OutOfRange),
            ("seven", NumberError::Invalid),
        ] {
            assert_eq!(canonical(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn floats_are_written_as_the_shortest_number() {
        for (float, expected) in [
            (0.0, Ok("0")),
            (-0.0, Ok("0")),
            (19.9, Ok("19.9")),
            (-100.0, Ok("-100")),
            (1e-7, Ok("0.0000001")),
            (1e30, Ok("1000000000000000000000000000000")),
            (1.5e100, Ok("1.5E100")),
            (f64::MAX, Err(NumberError::OutOfRange)),
            (f64::MIN_POSITIVE, Err(NumberError::OutOfRange)),
            (f64::NAN, Err(NumberError::Invalid)),
            (f64::INFINITY, Err(NumberError::Invalid)),
        ] {
            assert_eq!(
                canonical_float(float, float.is_finite()).as_deref(),
                expected.as_deref(),
                "{float}"
            );
        }
        assert_eq!(canonical_float(0.1_f32, true).as_deref(), Ok("0.1"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_value_stays_the_same(text in "-?[0-9]{1,20}(\\.[0-9]{1,18})?(E-?[0-9]{1,2})?") {
            if let Ok(canonical) = canonical(&text) {
                prop_assert!(Decimal::parse(&canonical) == Decimal::parse(&text), "{}", canonical);
                prop_assert_eq!(super::canonical(&canonical), Ok(canonical));
            }
        }

        #[test]
        fn a_float_reads_as_itself(float in any::<f64>()) {
            if let Ok(text) = canonical_float(float, float.is_finite()) {
                prop_assert_eq!(text.parse::<f64>(), Ok(float));
                prop_assert_eq!(canonical(&text), Ok(text));
            }
        }
    }
}
