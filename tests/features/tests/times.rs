//! Times and dates of `chrono`, `time` and `jiff`, from RFC 3339 in an `S`.

use std::fmt::Debug;

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use ddb_core::FromAttribute;
use ddb_tests::read;
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::json;
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcDateTime};

/// Reads the text from all three sources.
fn read_text<T: FromAttribute + Debug + PartialEq>(text: &str) -> Result<T, String> {
    read(&json!({ "S": text }))
}

/// The nanoseconds since 1970 of what each type reads, or `None` if it refuses the text. A message
/// never contains the text.
fn read_everywhere(text: &str) -> [Option<i128>; 5] {
    let refused = |message: &String| {
        assert!(
            message.ends_with(", found S that does not convert"),
            "the message has no value: {message}"
        );
        assert!(message.starts_with("value: expected S in RFC 3339 ("), "{message}");
    };
    let of_chrono = |time: DateTime<Utc>| {
        i128::from(time.timestamp()) * 1_000_000_000 + i128::from(time.timestamp_subsec_nanos())
    };
    let offset = read_text::<DateTime<FixedOffset>>(text).inspect_err(refused);
    let utc = read_text::<DateTime<Utc>>(text).inspect_err(refused);
    let time = read_text::<OffsetDateTime>(text).inspect_err(refused);
    let time_utc = read_text::<UtcDateTime>(text).inspect_err(refused);
    let jiff = read_text::<Timestamp>(text).inspect_err(refused);
    [
        offset.ok().map(|time| of_chrono(time.to_utc())),
        utc.ok().map(of_chrono),
        time.ok().map(OffsetDateTime::unix_timestamp_nanos),
        time_utc.ok().map(UtcDateTime::unix_timestamp_nanos),
        jiff.ok().map(Timestamp::as_nanosecond),
    ]
}

#[test]
fn a_time_is_read_from_rfc_3339() {
    const SECOND: i128 = 1_000_000_000;
    let table = [
        ("2026-01-02T03:04:05Z", 1_767_323_045 * SECOND),
        ("2026-01-02T03:04:05+01:00", 1_767_319_445 * SECOND),
        ("2026-01-02T03:04:05-00:00", 1_767_323_045 * SECOND),
        ("2026-01-02t03:04:05z", 1_767_323_045 * SECOND),
        ("2026-01-02 03:04:05Z", 1_767_323_045 * SECOND),
        ("2026-01-02T03:04:05.5Z", 1_767_323_045 * SECOND + SECOND / 2),
        ("2026-01-02T03:04:05.123456789Z", 1_767_323_045 * SECOND + 123_456_789),
        ("1969-12-31T23:59:59.5Z", -SECOND / 2),
        ("0001-01-01T00:00:00Z", -62_135_596_800 * SECOND),
        ("9999-12-30T00:00:00Z", 253_402_128_000 * SECOND),
    ];
    for (text, nanoseconds) in table {
        assert_eq!(read_everywhere(text), [Some(nanoseconds); 5], "{text}");
    }
}

#[test]
fn any_other_text_is_refused() {
    for text in [
        "",
        "yesterday",
        "2026-01-02",
        "2026-01-02T03:04:05",
        "2026-02-30T03:04:05Z",
        "2026-01-02T24:00:00Z",
        "2026-01-02T03:60:00Z",
        " 2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05Z ",
        "1767323045",
        // Finer than a nanosecond. Some parsers drop such digits.
        "2026-01-02T03:04:05.1234567891Z",
        "2026-01-02T03:04:05.0000000001+01:00",
    ] {
        assert_eq!(read_everywhere(text), [None; 5], "{text}");
    }
    assert_eq!(
        read::<Timestamp>(&json!({"N": "1767323045"})),
        Err("value: expected S in RFC 3339 (Timestamp), found N".to_owned())
    );
}

/// `chrono` keeps a leap second, `time` moves it to the last nanosecond of the minute, and `jiff`
/// to the last second.
#[test]
fn a_leap_second_is_what_the_library_makes_of_it() {
    let [offset, utc, time, time_utc, jiff] = read_everywhere("2016-12-31T23:59:60Z");
    let before = 1_483_228_799_000_000_000;
    assert_eq!([offset, utc], [Some(before + 1_000_000_000); 2]);
    assert_eq!([time, time_utc], [Some(before + 999_999_999); 2]);
    assert_eq!(jiff, Some(before));
}

#[test]
fn an_offset_is_kept() {
    let time = read_text::<DateTime<FixedOffset>>("2026-01-02T03:04:05+01:00").expect("a time");
    assert_eq!(time.offset().local_minus_utc(), 3600);
    let time = read_text::<OffsetDateTime>("2026-01-02T03:04:05+01:00").expect("a time");
    assert_eq!(time.offset().whole_seconds(), 3600);
}

#[test]
fn a_date_has_one_form() {
    let read_dates = |text: &str| {
        let refused = |message: &String| {
            assert!(message.starts_with("value: expected S in the form 2026-12-31 ("), "{message}");
        };
        [
            read_text::<NaiveDate>(text).inspect_err(refused).ok().map(|date| date.to_string()),
            read_text::<time::Date>(text).inspect_err(refused).ok().map(|date| date.to_string()),
            read_text::<jiff::civil::Date>(text)
                .inspect_err(refused)
                .ok()
                .map(|date| date.to_string()),
        ]
    };
    for text in ["2026-01-02", "2024-02-29", "0001-01-01", "9999-12-31"] {
        assert_eq!(read_dates(text).map(|date| date.expect("a date")), [text; 3]);
    }
    for text in [
        "2026-1-2",
        "+2026-01-02",
        "20260102",
        "2026-W01-1",
        "2026-002",
        "2026-02-29",
        "2026-01-02T03:04:05Z",
        "",
    ] {
        assert_eq!(read_dates(text), [None, None, None], "{text}");
    }
}

/// Texts that are nearly RFC 3339, some of them exactly.
fn nearly_a_time() -> impl Strategy<Value = String> {
    "[0-9]{4}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{1,9})?(Z|z|[+-][0-2][0-9]:[0-5][0-9])"
}

proptest! {
    #[test]
    fn each_type_reads_as_its_own_parser(text in nearly_a_time()) {
        prop_assert_eq!(
            read_text::<DateTime<FixedOffset>>(&text).ok(),
            DateTime::parse_from_rfc3339(&text).ok()
        );
        prop_assert_eq!(
            read_text::<OffsetDateTime>(&text).ok(),
            OffsetDateTime::parse(&text, &Rfc3339).ok()
        );
        prop_assert_eq!(
            read_text::<UtcDateTime>(&text).ok(),
            UtcDateTime::parse(&text, &Rfc3339).ok()
        );
        prop_assert_eq!(read_text::<Timestamp>(&text).ok(), text.parse().ok());
    }

    #[test]
    fn each_date_reads_as_its_own_parser(text in "[0-9]{4}-[01][0-9]-[0-3][0-9]") {
        prop_assert_eq!(read_text::<NaiveDate>(&text).ok(), text.parse().ok());
        prop_assert_eq!(read_text::<jiff::civil::Date>(&text).ok(), text.parse().ok());
    }
}
