//! Keys of `#[ddb(…)]` on fields of other crates' types.

use std::fmt::Debug;

use chrono::{DateTime, Utc};
use ddb_core::FromAttribute;
use ddb_tests::{converted, read};
use indexmap::{IndexMap, IndexSet};
use jiff::Timestamp;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use smallvec::SmallVec;
use time::{OffsetDateTime, UtcDateTime};
use uuid::Uuid;

converted! {
    #[ddb(unix_time)] Chrono(DateTime<Utc>);
    #[ddb(unix_time)] Time(OffsetDateTime);
    #[ddb(unix_time)] TimeUtc(UtcDateTime);
    #[ddb(unix_time)] Jiff(Timestamp);
    #[ddb(unix_time = "ms")] Milliseconds(Option<DateTime<Utc>>);
    #[ddb(unix_time = "ns")] Nanoseconds(Vec<Timestamp>);
    #[ddb(bytes)] Bytes(Uuid);
    #[ddb(bytes)] ManyBytes(Vec<Uuid>);
    #[ddb(from_str)] Small(SmallVec<[u8; 4]>);
    #[ddb(from_str)] Ordered(IndexMap<u8, IndexSet<char>>);
    #[ddb(json)] Json(Note);
    #[ddb(json)] OptionalJson(Option<Note>);
    #[ddb(json)] AnyJson(Value);
}

#[derive(Debug, PartialEq, Deserialize)]
struct Note {
    a: u32,
}

/// The nanoseconds that each type reads from a number of seconds, or the reason why it does not.
fn read_seconds(text: &str) -> [Result<i128, String>; 4] {
    fn read_as<T: FromAttribute + Debug + PartialEq>(
        text: &str,
        nanoseconds: impl FnOnce(T) -> i128,
    ) -> Result<i128, String> {
        let found =
            |message: String| message.split_once(", found ").expect("a message").1.to_owned();
        read::<T>(&json!({ "N": text })).map(nanoseconds).map_err(found)
    }
    [
        read_as(text, |Chrono(time)| {
            i128::from(time.timestamp()) * 1_000_000_000 + i128::from(time.timestamp_subsec_nanos())
        }),
        read_as(text, |Time(time)| time.unix_timestamp_nanos()),
        read_as(text, |TimeUtc(time)| time.unix_timestamp_nanos()),
        read_as(text, |Jiff(time)| time.as_nanosecond()),
    ]
}

#[test]
fn a_unix_time_is_the_instant_or_out_of_range() {
    for (text, nanoseconds) in [
        ("0", 0),
        ("-1", -1_000_000_000),
        ("1700000000.5", 1_700_000_000_500_000_000),
        ("1E9", 1_000_000_000_000_000_000),
        ("-0.000000001", -1),
        ("253402128000", 253_402_128_000_000_000_000),
    ] {
        assert_eq!(
            read_seconds(text),
            [const { Ok(()) }; 4].map(|ok: Result<(), String>| ok.map(|()| nanoseconds)),
            "{text}"
        );
    }
    for text in ["253402300800", "1700000000000", "1E30", "-62167219201", &"9".repeat(38)] {
        for read in read_seconds(text) {
            assert_eq!(read, Err("N out of range".to_owned()), "{text}");
        }
    }
    assert_eq!(read_seconds("0.0000000001")[3], Err("N with too many digits".to_owned()));
}

#[test]
fn units_apply_to_every_time_type() {
    let time = DateTime::from_timestamp_millis(1500).expect("a time");
    assert_eq!(read(&json!({"N": "1500"})), Ok(Milliseconds(Some(time))));
    let times = vec![Timestamp::from_nanosecond(7).expect("a time")];
    assert_eq!(read(&json!({"NS": ["7"]})), Ok(Nanoseconds(times)));
}

/// Each time type in each unit.
macro_rules! units {
    ($($module:ident: $unit:literal;)*) => {$(
        mod $module {
            use super::{
                DateTime, FromAttribute, OffsetDateTime, Timestamp, UtcDateTime, Utc, Value, read,
            };

            #[derive(Debug, PartialEq, FromAttribute)]
            #[ddb(strict)]
            struct Times {
                #[ddb(unix_time = $unit)]
                chrono: DateTime<Utc>,
                #[ddb(unix_time = $unit)]
                time: OffsetDateTime,
                #[ddb(unix_time = $unit)]
                time_utc: UtcDateTime,
                #[ddb(unix_time = $unit)]
                jiff: Timestamp,
            }

            /// The nanoseconds that all of the types read, or the message of all of them.
            pub fn read_nanoseconds(text: &str) -> Result<i128, String> {
                let number = serde_json::json!({ "N": text });
                let all: Value = serde_json::json!({"M": {
                    "chrono": number, "time": number, "time_utc": number, "jiff": number,
                }});
                let times = read::<Times>(&all).map_err(|message| {
                    assert!(message.starts_with("4 problems: "), "{message}");
                    message.rsplit_once(", found ").expect("a message").1.to_owned()
                })?;
                let nanoseconds = times.jiff.as_nanosecond();
                let chrono = i128::from(times.chrono.timestamp()) * 1_000_000_000;
                assert_eq!(chrono + i128::from(times.chrono.timestamp_subsec_nanos()), nanoseconds);
                assert_eq!(times.time.unix_timestamp_nanos(), nanoseconds);
                assert_eq!(times.time_utc.unix_timestamp_nanos(), nanoseconds);
                Ok(nanoseconds)
            }
        }
    )*};
}

units! {
    seconds: "s";
    milliseconds: "ms";
    microseconds: "us";
    nanoseconds: "ns";
}

#[test]
fn each_unit_is_the_instant_or_an_error_in_each_type() {
    let range = || Err("N out of range".to_owned());
    let digits = || Err("N with too many digits".to_owned());
    let large = "9".repeat(38);
    let table = [
        (
            "1700000000.5",
            [
                Ok(1_700_000_000_500_000_000),
                Ok(1_700_000_000_500_000),
                Ok(1_700_000_000_500),
                digits(),
            ],
        ),
        ("-1", [Ok(-1_000_000_000), Ok(-1_000_000), Ok(-1_000), Ok(-1)]),
        (
            "1E9",
            [
                Ok(1_000_000_000_000_000_000),
                Ok(1_000_000_000_000_000),
                Ok(1_000_000_000_000),
                Ok(1_000_000_000),
            ],
        ),
        (
            "253402300800",
            [range(), Ok(253_402_300_800_000_000), Ok(253_402_300_800_000), Ok(253_402_300_800)],
        ),
        (large.as_str(), [range(), range(), range(), range()]),
    ];
    for (text, expected) in table {
        let read = [
            seconds::read_nanoseconds(text),
            milliseconds::read_nanoseconds(text),
            microseconds::read_nanoseconds(text),
            nanoseconds::read_nanoseconds(text),
        ];
        assert_eq!(read, expected, "{text}");
    }
}

#[test]
fn from_str_reaches_the_elements_of_other_collections() {
    let small: SmallVec<[u8; 4]> = SmallVec::from_slice(&[1, 2]);
    assert_eq!(read(&json!({"L": [{"S": "1"}, {"N": "2"}]})), Ok(Small(small)));
    assert_eq!(
        read::<Small>(&json!({"SS": ["1", "x"]})),
        Err("value[1]: expected S or N (u8), found S that does not convert".to_owned())
    );
    let ordered = IndexMap::from([(7, IndexSet::from(['x', 'y']))]);
    assert_eq!(read(&json!({"M": {"7": {"SS": ["x", "y"]}}})), Ok(Ordered(ordered)));
}

#[test]
fn a_uuid_is_read_from_sixteen_bytes() {
    let uuid = Uuid::from_u128(0x67e5_5044_10b1_426f_9247_bb68_0e5f_e0c8);
    assert_eq!(read(&json!({"B": "Z+VQRBCxQm+SR7toDl/gyA=="})), Ok(Bytes(uuid)));
    assert_eq!(read(&json!({"BS": ["Z+VQRBCxQm+SR7toDl/gyA=="]})), Ok(ManyBytes(vec![uuid])));
    assert_eq!(
        read::<Bytes>(&json!({"B": "Z+VQ"})),
        Err("value: expected B (Uuid), found B that does not convert".to_owned())
    );
    assert_eq!(
        read::<Bytes>(&json!({"S": "67e55044-10b1-426f-9247-bb680e5fe0c8"})),
        Err("value: expected B (Uuid), found S".to_owned())
    );
}

#[test]
fn json_is_read_from_text() {
    assert_eq!(read(&json!({"S": "{\"a\":1}"})), Ok(Json(Note { a: 1 })));
    assert_eq!(read(&json!({"S": "{\"a\":1}"})), Ok(OptionalJson(Some(Note { a: 1 }))));
    assert_eq!(read(&json!({"S": "[1, null]"})), Ok(AnyJson(json!([1, null]))));
    for (text, found) in [
        ("", "S that is not JSON at line 1 column 0"),
        ("{\"a\":1", "S that is not JSON at line 1 column 6"),
        ("{\"a\":\n secret}", "S that is not JSON at line 2 column 2"),
        ("{\"a\":\"secret\"}", "S with other JSON at line 1 column 13"),
        ("{}", "S with other JSON at line 1 column 2"),
    ] {
        assert_eq!(
            read::<Json>(&json!({ "S": text })),
            Err(format!("value: expected S (Note), found {found}")),
            "{text}"
        );
    }
    assert_eq!(
        read::<Json>(&json!({"M": {"a": {"N": "1"}}})),
        Err("value: expected S (Note), found M".to_owned())
    );
}

proptest! {
    /// Seconds and nanoseconds within the years that all of the types hold.
    #[test]
    fn a_unix_time_is_what_each_library_makes_of_it(
        seconds in -62_135_596_800_i64..253_402_128_000,
        nanoseconds in 0_u32..1_000_000_000,
    ) {
        let all = i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds);
        let text = format!("{all}E-9");
        let chrono = DateTime::from_timestamp(seconds, nanoseconds).expect("a time");
        let time = OffsetDateTime::from_unix_timestamp_nanos(all).expect("a time");
        let jiff = Timestamp::from_nanosecond(all).expect("a time");
        let value = json!({ "N": text });
        prop_assert_eq!(read(&value), Ok(Chrono(chrono)));
        prop_assert_eq!(read(&value), Ok(Time(time)));
        prop_assert_eq!(read(&value), Ok(Jiff(jiff)));
    }
}
