//! The types of other crates, written: the text of each, what cannot be written, and that each is
//! read again as it was.

use std::collections::HashMap;
use std::fmt::Debug;
use std::str::FromStr as _;

use bigdecimal::BigDecimal;
use bytes::Bytes;
use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone as _, Utc};
use ddb_core::{FromStreamImage, IntoItem, Item};
use indexmap::{IndexMap, IndexSet};
use jiff::Timestamp;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value, json};
use smallvec::{SmallVec, smallvec};
use time::{OffsetDateTime, UtcDateTime};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict)]
struct Leaves {
    uuid: Uuid,
    #[ddb(bytes)]
    uuid_bytes: Uuid,
    #[ddb(bytes, set)]
    uuids: Vec<Uuid>,
    decimal: Decimal,
    big: BigDecimal,
    chrono: DateTime<Utc>,
    offset: DateTime<FixedOffset>,
    date: NaiveDate,
    time: OffsetDateTime,
    time_utc: UtcDateTime,
    time_date: time::Date,
    jiff: Timestamp,
    jiff_date: jiff::civil::Date,
    #[ddb(unix_time)]
    seconds: DateTime<Utc>,
    #[ddb(unix_time = "ns")]
    nanoseconds: IndexMap<String, Timestamp>,
    #[ddb(unix_time = "ms")]
    milliseconds: SmallVec<[OffsetDateTime; 1]>,
    bytes: Bytes,
    map: IndexMap<String, u8>,
    set: IndexSet<i8>,
    #[ddb(list)]
    listed: IndexSet<i8>,
    list: SmallVec<[u16; 2]>,
    #[ddb(set)]
    as_set: SmallVec<[u16; 2]>,
    #[ddb(from_str)]
    parsed: IndexSet<u8>,
    value: Value,
    object: Map<String, Value>,
    number: Number,
    #[ddb(json)]
    json: Note,
    #[ddb(json)]
    no_json: Option<Note>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Note {
    text: String,
}

fn leaves() -> Leaves {
    let uuid = Uuid::from_u128(0x67e5_5044_10b1_426f_9247_bb68_0e5f_e0c8);
    let utc = Utc.timestamp_opt(1_767_323_045, 500_000_000).single().expect("a time");
    let offset = FixedOffset::east_opt(3600).expect("an offset");
    let time = OffsetDateTime::from_unix_timestamp(1_767_323_045).expect("a time");
    let jiff = Timestamp::from_second(1_767_323_045).expect("a time");
    Leaves {
        uuid,
        uuid_bytes: uuid,
        uuids: vec![uuid],
        decimal: Decimal::new(1990, 2),
        big: BigDecimal::from_str("-1.50E-7").expect("a number"),
        chrono: utc,
        offset: utc.with_timezone(&offset),
        date: NaiveDate::from_ymd_opt(2026, 1, 2).expect("a date"),
        time: time.to_offset(time::UtcOffset::from_hms(-2, 0, 0).expect("an offset")),
        time_utc: time.into(),
        time_date: time.date(),
        jiff,
        jiff_date: jiff::civil::date(2026, 1, 2),
        seconds: Utc.timestamp_opt(-1, 0).single().expect("a time"),
        nanoseconds: [("a".to_owned(), jiff)].into(),
        milliseconds: smallvec![time],
        bytes: Bytes::from_static(&[1, 2]),
        map: [("b".to_owned(), 2), ("a".to_owned(), 1)].into(),
        set: [10, -9].into(),
        listed: [10, -9].into(),
        list: smallvec![3, 1, 2],
        as_set: smallvec![1, 3],
        parsed: [7].into(),
        value: json!({"a": [1, "x", null, true, {}]}),
        object: Map::from_iter([("n".to_owned(), json!(2))]),
        number: Number::from(3),
        json: Note { text: "x".to_owned() },
        no_json: None,
    }
}

/// Writes the value, and reads it from every source.
fn round_trip<T>(value: &T) -> Value
where
    T: IntoItem + FromStreamImage + Clone + Debug + PartialEq,
{
    let item = value.to_item().expect("it can be written");
    let json = serde_json::to_value(&item).expect("JSON");
    assert_eq!(&T::from_image_ref(&item).expect("by reference"), value);
    assert_eq!(&T::from_json(json.to_string().as_bytes()).expect("from JSON"), value);
    assert_eq!(&T::from_image(item).expect("by value"), value);
    json
}

#[test]
fn each_type_is_written_in_one_form() {
    let uuid_bytes = "Z+VQRBCxQm+SR7toDl/gyA==";
    assert_eq!(
        round_trip(&leaves()),
        json!({
            "uuid": {"S": "67e55044-10b1-426f-9247-bb680e5fe0c8"},
            "uuid_bytes": {"B": uuid_bytes},
            "uuids": {"BS": [uuid_bytes]},
            "decimal": {"N": "19.9"},
            "big": {"N": "-0.00000015"},
            "chrono": {"S": "2026-01-02T03:04:05.500Z"},
            "offset": {"S": "2026-01-02T04:04:05.500+01:00"},
            "date": {"S": "2026-01-02"},
            "time": {"S": "2026-01-02T01:04:05-02:00"},
            "time_utc": {"S": "2026-01-02T03:04:05Z"},
            "time_date": {"S": "2026-01-02"},
            "jiff": {"S": "2026-01-02T03:04:05Z"},
            "jiff_date": {"S": "2026-01-02"},
            "seconds": {"N": "-1"},
            "nanoseconds": {"M": {"a": {"N": "1767323045000000000"}}},
            "milliseconds": {"L": [{"N": "1767323045000"}]},
            "bytes": {"B": "AQI="},
            "map": {"M": {"a": {"N": "1"}, "b": {"N": "2"}}},
            "set": {"NS": ["-9", "10"]},
            "listed": {"L": [{"N": "10"}, {"N": "-9"}]},
            "list": {"L": [{"N": "3"}, {"N": "1"}, {"N": "2"}]},
            "as_set": {"NS": ["1", "3"]},
            "parsed": {"SS": ["7"]},
            "value": {"M": {"a": {"L": [
                {"N": "1"}, {"S": "x"}, {"NULL": true}, {"BOOL": true}, {"M": {}},
            ]}}},
            "object": {"M": {"n": {"N": "2"}}},
            "number": {"N": "3"},
            "json": {"S": "{\"text\":\"x\"}"},
        })
    );
}

#[derive(IntoItem)]
struct Unwritable {
    big: BigDecimal,
    range: BigDecimal,
    offset: DateTime<FixedOffset>,
    year: DateTime<Utc>,
    date: NaiveDate,
    time: OffsetDateTime,
    jiff: Timestamp,
    #[ddb(unix_time)]
    unix: DateTime<Utc>,
    number: Value,
    #[ddb(json)]
    json: HashMap<Vec<u8>, u8>,
}

#[test]
fn values_that_would_be_read_as_others_are_problems() {
    let year = DateTime::<Utc>::MAX_UTC;
    let odd = FixedOffset::east_opt(61).expect("an offset");
    let unwritable = Unwritable {
        big: BigDecimal::from_str("123456789012345678901234567890123456789").expect("a number"),
        range: BigDecimal::from_str("1E-1000000000").expect("a number"),
        offset: odd.timestamp_opt(0, 0).single().expect("a time"),
        year,
        date: NaiveDate::MAX,
        time: OffsetDateTime::UNIX_EPOCH
            .to_offset(time::UtcOffset::from_hms(0, 0, 1).expect("an offset")),
        jiff: Timestamp::MIN,
        unix: year,
        number: json!(1e300),
        json: HashMap::from([(vec![1], 1)]),
    };
    let error = unwritable.into_item().expect_err("it cannot be written");
    let problems: Vec<_> = error.problems().iter().map(ToString::to_string).collect();
    let time = "a time that RFC 3339 cannot express cannot be stored";
    assert_eq!(
        problems,
        [
            "big: a number with more than 38 digits cannot be stored".to_owned(),
            format!("date: {time}"),
            format!("jiff: {time}"),
            "json: the value does not convert".to_owned(),
            "number: a number beyond the range of DynamoDB cannot be stored".to_owned(),
            format!("offset: {time}"),
            "range: a number beyond the range of DynamoDB cannot be stored".to_owned(),
            format!("time: {time}"),
            "unix: a time outside the years 0 to 9999 cannot be stored".to_owned(),
            format!("year: {time}"),
        ]
    );
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict)]
struct Times {
    chrono: DateTime<Utc>,
    offset: DateTime<FixedOffset>,
    time: OffsetDateTime,
    jiff: Timestamp,
    #[ddb(unix_time = "us")]
    unix: DateTime<Utc>,
    decimal: Decimal,
    uuid: Uuid,
    rest: Option<Item>,
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn times_and_decimals_are_read_as_they_were_written(
        seconds in -62_135_596_800..253_402_207_200_i64,
        nanoseconds in 0..1_000_000_000_u32,
        minutes in -1439..1440_i32,
        digits in any::<i64>(),
        scale in 0..18_u32,
        uuid in any::<u128>(),
    ) {
        let utc = Utc.timestamp_opt(seconds, nanoseconds).single().expect("a time");
        let zone = FixedOffset::east_opt(minutes * 60).expect("an offset");
        let offset = utc.with_timezone(&zone);
        let times = Times {
            chrono: utc,
            offset,
            time: OffsetDateTime::from_unix_timestamp_nanos(
                i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds),
            ).expect("a time"),
            jiff: Timestamp::new(seconds, nanoseconds.cast_signed()).expect("a time"),
            unix: Utc.timestamp_opt(seconds, nanoseconds / 1000 * 1000).single().expect("a time"),
            decimal: Decimal::new(digits, scale),
            uuid: Uuid::from_u128(uuid),
            rest: None,
        };
        // A time of day in another offset can be in another year than in UTC.
        let year = chrono::Datelike::year(&offset);
        if (0..=9999).contains(&year) {
            round_trip(&times);
        } else {
            prop_assert!(times.into_item().is_err());
        }
    }
}
