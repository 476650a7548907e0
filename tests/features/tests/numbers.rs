//! Decimals of `rust_decimal` and `bigdecimal`: exact, or an error.

use std::time::{Duration, Instant};

use bigdecimal::BigDecimal;
use ddb_core::Number;
use ddb_tests::read;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;

fn read_decimal(text: &str) -> Result<String, String> {
    let message = |message: String| {
        message.strip_prefix("value: expected N (Decimal), found ").expect("a message").to_owned()
    };
    read::<Decimal>(&json!({ "N": text })).map(|decimal| decimal.to_string()).map_err(message)
}

#[test]
fn a_decimal_is_exact_or_an_error() {
    let max = "79228162514264337593543950335";
    let table = [
        ("0", Ok("0")),
        ("-0", Ok("0")),
        ("0E-200", Ok("0")),
        ("19.90", Ok("19.9")),
        ("1E2", Ok("100")),
        ("-1.5E-3", Ok("-0.0015")),
        ("1E-28", Ok("0.0000000000000000000000000001")),
        ("1E28", Ok("10000000000000000000000000000")),
        (max, Ok(max)),
        ("7.9228162514264337593543950335", Ok("7.9228162514264337593543950335")),
        ("-7.9228162514264337593543950335", Ok("-7.9228162514264337593543950335")),
        // Beyond 96 bits, or more than 28 decimal places.
        ("79228162514264337593543950336", Err("N out of range")),
        ("7.9228162514264337593543950336", Err("N with too many digits")),
        ("1E-29", Err("N with too many digits")),
        ("1E-38", Err("N with too many digits")),
        ("1E-130", Err("N with too many digits")),
        ("1E29", Err("N out of range")),
        ("1E125", Err("N out of range")),
        ("12345678901234567890123456789012345678", Err("N out of range")),
        ("1.2345678901234567890123456789012345678", Err("N with too many digits")),
        ("1_000", Err("N that is not a number")),
        ("", Err("N that is not a number")),
        ("NaN", Err("N that is not a number")),
    ];
    for (text, expected) in table {
        let expected = expected.map(str::to_owned).map_err(str::to_owned);
        assert_eq!(read_decimal(text), expected, "{text}");
    }
}

#[test]
fn a_big_decimal_keeps_every_digit() {
    for text in [
        "0",
        "1E-130",
        "9.9999999999999999999999999999999999999E125",
        "-12345678901234567890123456789012345678",
        "1.2345678901234567890123456789012345678",
    ] {
        let read = read::<BigDecimal>(&json!({ "N": text })).expect(text);
        assert_eq!(read, text.parse::<BigDecimal>().expect(text), "{text}");
    }
    for text in ["", "1_000", "NaN", "inf", "0x10"] {
        assert_eq!(
            read::<BigDecimal>(&json!({ "N": text })),
            Err("value: expected N (BigDecimal), found N that is not a number".to_owned()),
            "{text}"
        );
    }
}

/// The time that `BigDecimal` takes grows with the square of the number of digits.
#[test]
fn a_million_digits_are_no_reason_to_wait() {
    let [nines, zeros] = ["9", "0"].map(|digit| digit.repeat(1_000_000));
    let texts = [
        nines.clone(),
        format!("-0.{nines}"),
        format!("7{zeros}"),
        format!("0.{zeros}7"),
        format!("{zeros}7"),
        format!("7E{nines}"),
        format!("7E-{zeros}1"),
    ];
    let start = Instant::now();
    for text in texts {
        let json = json!({ "N": text });
        let too_long = "value: expected N (BigDecimal), found N with too many digits";
        assert!(read::<BigDecimal>(&json).is_err_and(|error| error == too_long));
        let _ = read::<Decimal>(&json);
        let _ = read::<serde_json::Number>(&json);
    }
    assert!(start.elapsed() < Duration::from_mins(1), "{:?}", start.elapsed());
    let longest = "9".repeat(1000);
    assert!(read::<BigDecimal>(&json!({ "N": longest })).is_ok());
}

proptest! {
    #[test]
    fn what_is_read_has_the_value_of_the_text(text in "-?[0-9]{1,30}(\\.[0-9]{1,30})?(E-?[0-9]{1,3})?") {
        let number: Number = text.parse().expect("a number");
        let big = read::<BigDecimal>(&json!({ "N": &text })).expect("a number");
        prop_assert_eq!(&big, &text.parse::<BigDecimal>().expect("its own parser"));
        if let Ok(decimal) = read_decimal(&text) {
            prop_assert_eq!(decimal.parse::<Number>().expect("a number"), number);
        }
    }

    #[test]
    fn whatever_a_decimal_writes_is_read_back(mantissa in any::<i128>(), scale in 0_u32..=28) {
        let mantissa = mantissa % (1 << 96);
        let decimal = Decimal::from_i128_with_scale(mantissa, scale);
        prop_assert_eq!(read::<Decimal>(&json!({"N": decimal.to_string()})), Ok(decimal));
    }

    /// The parser of `rust_decimal` that never rounds agrees where it accepts the text.
    #[test]
    fn the_exact_parser_of_the_library_agrees(text in "-?[0-9]{1,29}(\\.[0-9]{1,28})?") {
        if let Ok(decimal) = Decimal::from_str_exact(&text) {
            prop_assert_eq!(read::<Decimal>(&json!({ "N": &text })), Ok(decimal));
        }
    }
}
