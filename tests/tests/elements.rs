//! Conversions that reach the elements of a field: `from_str`, `unix_time` and `bool_from_number`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt::Debug;
use std::net::IpAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use ddb_core::attribute::FromUnixTime;
use ddb_core::{FromAttribute, FromStreamImage};
use ddb_tests::{converted, describe_error, image, read};
use serde_json::{Value, json};

type Addresses = Vec<IpAddr>;

converted! {
    #[ddb(from_str)] Plain(IpAddr);
    #[ddb(from_str)] Optional(Option<IpAddr>);
    #[ddb(from_str)] Alias(Addresses);
    #[ddb(from_str)] OptionalElements(Vec<Option<IpAddr>>);
    #[ddb(from_str)] Nested(Option<Vec<VecDeque<IpAddr>>>);
    #[ddb(from_str)] Boxed(Box<[IpAddr]>);
    #[ddb(from_str)] Pointers(Box<Option<Rc<Vec<Arc<IpAddr>>>>>);
    #[ddb(from_str)] Array([IpAddr; 2]);
    #[ddb(from_str)] Set(HashSet<IpAddr>);
    #[ddb(from_str)] Tree(BTreeSet<u8>);
    #[ddb(from_str)] Map(HashMap<u8, IpAddr>);
    #[ddb(from_str)] TreeMap(BTreeMap<IpAddr, Vec<u8>>);
    #[ddb(unix_time)] Seconds(SystemTime);
    #[ddb(unix_time = "s")] AlsoSeconds(SystemTime);
    #[ddb(unix_time = "ms")] Milliseconds(SystemTime);
    #[ddb(unix_time = "us")] Microseconds(SystemTime);
    #[ddb(unix_time = "ns")] Nanoseconds(SystemTime);
    #[ddb(unix_time = "ms")] Times(HashMap<String, Vec<Option<SystemTime>>>);
    #[ddb(unix_time)] Own(Vec<Instant>);
    #[ddb(bool_from_number)] Flag(bool);
    #[ddb(bool_from_number)] Flags(Vec<Option<bool>>);
    #[ddb(bytes)] Bytes(Text);
    #[ddb(bytes)] ManyBytes(Vec<Text>);
}

#[derive(Debug, PartialEq)]
struct Instant(i64, u32);

impl FromUnixTime for Instant {
    fn from_unix_time(seconds: i64, nanoseconds: u32) -> Option<Self> {
        Some(Self(seconds, nanoseconds))
    }
}

#[derive(Debug, PartialEq)]
struct Text(String);

impl TryFrom<Vec<u8>> for Text {
    type Error = std::string::FromUtf8Error;

    fn try_from(bytes: Vec<u8>) -> Result<Self, Self::Error> {
        String::from_utf8(bytes).map(Self)
    }
}

fn ip(last: u8) -> IpAddr {
    IpAddr::from([10, 0, 0, last])
}

fn fits<T: FromAttribute + Debug + PartialEq>(value: &Value, expected: T) {
    assert_eq!(read::<T>(value), Ok(expected), "{value}");
}

fn fails<T: FromAttribute + Debug + PartialEq>(value: &Value, message: &str) {
    let error = read::<T>(value).expect_err(message);
    assert_eq!(error, message, "{value}");
}

#[test]
fn from_str_reaches_the_elements() {
    fits(&json!({"S": "10.0.0.1"}), Plain(ip(1)));
    fits(&json!({"S": "10.0.0.1"}), Optional(Some(ip(1))));
    for list in [
        json!({"SS": ["10.0.0.1", "10.0.0.2"]}),
        json!({"L": [{"S": "10.0.0.1"}, {"S": "10.0.0.2"}]}),
    ] {
        fits(&list, Alias(vec![ip(1), ip(2)]));
        fits(&list, Boxed(Box::new([ip(1), ip(2)])));
        fits(&list, Pointers(Box::new(Some(Rc::new(vec![Arc::new(ip(1)), Arc::new(ip(2))])))));
        fits(&list, Array([ip(1), ip(2)]));
        fits(&list, Set(HashSet::from([ip(1), ip(2)])));
        fits(&json!({"L": [list.clone()]}), Nested(Some(vec![VecDeque::from([ip(1), ip(2)])])));
    }
    fits(&json!({"NS": ["1", "2"]}), Tree(BTreeSet::from([1, 2])));
    fits(&json!({"M": {"7": {"S": "10.0.0.1"}}}), Map(HashMap::from([(7, ip(1))])));
    fits(
        &json!({"M": {"10.0.0.1": {"L": [{"N": "1"}, {"S": "2"}]}}}),
        TreeMap(BTreeMap::from([(ip(1), vec![1, 2])])),
    );
}

#[test]
fn an_element_that_does_not_parse_is_reported_with_its_path() {
    fails::<Plain>(
        &json!({"S": "x"}),
        "value: expected S or N (IpAddr), found S that does not convert",
    );
    fails::<Alias>(
        &json!({"SS": ["10.0.0.1", "x"]}),
        "value[1]: expected S or N (IpAddr), found S that does not convert",
    );
    fails::<Array>(
        &json!({"SS": ["10.0.0.1"]}),
        "value: expected L, SS or NS of length 2 ([IpAddr; 2]), found SS of length 1",
    );
    fails::<Map>(
        &json!({"M": {"7": {"S": "x"}}}),
        "value.7: expected S or N (IpAddr), found S that does not convert",
    );
    fails::<Map>(
        &json!({"M": {"300": {"S": "10.0.0.1"}}}),
        "value.300: expected a name that reads as u8",
    );
    fails::<Map>(
        &json!({"M": {"1": {"S": "10.0.0.1"}, "01": {"S": "10.0.0.1"}}}),
        "value: two of its names read as the same key",
    );
    fails::<Alias>(&json!({"S": "10.0.0.1"}), "value: expected L, SS or NS (Vec<IpAddr>), found S");
}

#[test]
fn an_option_in_a_list_is_none_for_null() {
    let list = json!({"value": {"L": [{"NULL": true}, {"S": "10.0.0.1"}]}});
    let holder = ddb_tests::Holder::<OptionalElements>::from_image(image(list)).expect("fits");
    assert_eq!(holder.value, OptionalElements(vec![None, Some(ip(1))]));
}

#[test]
fn absence_is_that_of_the_field() {
    #[derive(Debug, FromStreamImage)]
    struct Absent {
        #[ddb(from_str)]
        optional: Option<IpAddr>,
        #[ddb(from_str)]
        set: HashSet<IpAddr>,
        #[ddb(unix_time)]
        time: Option<SystemTime>,
        #[ddb(from_str)]
        list: Vec<IpAddr>,
    }
    for json in [
        json!({"list": {"L": []}}),
        json!({
            "list": {"L": []},
            "optional": {"NULL": true},
            "set": {"NULL": true},
            "time": {"NULL": true},
        }),
    ] {
        let absent = Absent::from_image(image(json)).expect("fits");
        assert_eq!((absent.optional, absent.time), (None, None));
        assert!(absent.set.is_empty() && absent.list.is_empty());
    }
    let error = Absent::from_image(image(json!({}))).expect_err("a list is required");
    assert_eq!(describe_error(&error), ["list: missing, expected L, SS or NS (Vec<IpAddr>)"]);
}

#[test]
fn a_time_is_read_in_each_unit() {
    let at = |nanoseconds: i64| {
        let distance = Duration::from_nanos(nanoseconds.unsigned_abs());
        if nanoseconds < 0 {
            SystemTime::UNIX_EPOCH - distance
        } else {
            SystemTime::UNIX_EPOCH + distance
        }
    };
    let number = |text: &str| json!({ "N": text });
    for text in ["1700000000.5", "17000000005E-1"] {
        fits(&number(text), Seconds(at(1_700_000_000_500_000_000)));
        fits(&number(text), AlsoSeconds(at(1_700_000_000_500_000_000)));
        fits(&number(text), Milliseconds(at(1_700_000_000_500_000)));
        fits(&number(text), Microseconds(at(1_700_000_000_500)));
        fails::<Nanoseconds>(
            &number(text),
            "value: expected N (SystemTime), found N with too many digits",
        );
    }
    for text in ["-1", "-1.0"] {
        fits(&number(text), Seconds(at(-1_000_000_000)));
        fits(&number(text), Milliseconds(at(-1_000_000)));
        fits(&number(text), Microseconds(at(-1_000)));
        fits(&number(text), Nanoseconds(at(-1)));
    }
    fits(&number("1E9"), Seconds(at(1_000_000_000_000_000_000)));
    fits(&number("1E9"), Nanoseconds(at(1_000_000_000)));
}

#[test]
fn a_year_beyond_9999_is_out_of_range() {
    let last = json!({"N": "253402300799"});
    let next = json!({"N": "253402300800"});
    assert!(read::<Seconds>(&last).is_ok());
    assert!(read::<Milliseconds>(&next).is_ok());
    let message = "value: expected N (SystemTime), found N out of range";
    fails::<Seconds>(&next, message);
    // Milliseconds that are read as seconds.
    fails::<Seconds>(&json!({"N": "1700000000000"}), message);
    fails::<Seconds>(&json!({"N": "-62167219201"}), message);
    for text in ["9".repeat(38), format!("-{}", "9".repeat(38)), "1E125".to_owned()] {
        let number = json!({ "N": text });
        fails::<Seconds>(&number, message);
        fails::<Milliseconds>(&number, message);
        fails::<Microseconds>(&number, message);
        fails::<Nanoseconds>(&number, message);
    }
}

#[test]
fn unix_time_reaches_the_elements_and_own_types() {
    let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1500);
    fits(
        &json!({"M": {"a": {"L": [{"N": "1500"}]}}}),
        Times(HashMap::from([("a".to_owned(), vec![Some(time)])])),
    );
    fits(&json!({"NS": ["-1.5", "2"]}), Own(vec![Instant(-2, 500_000_000), Instant(2, 0)]));
    fails::<Own>(
        &json!({"L": [{"N": "1"}, {"S": "2"}]}),
        "value[1]: expected N (Instant), found S",
    );
}

#[test]
fn a_bool_is_read_from_zero_and_one() {
    for (value, expected) in [
        (json!({"BOOL": true}), true),
        (json!({"BOOL": false}), false),
        (json!({"N": "1"}), true),
        (json!({"N": "0"}), false),
        (json!({"N": "1.0"}), true),
    ] {
        fits(&value, Flag(expected));
    }
    for (text, found) in
        [("2", "N out of range"), ("-1", "N out of range"), ("0.5", "N with a fraction")]
    {
        let message =
            format!("value: expected N or BOOL that is 0, 1, true or false (bool), found {found}");
        fails::<Flag>(&json!({ "N": text }), &message);
    }
    fails::<Flag>(
        &json!({"S": "1"}),
        "value: expected N or BOOL that is 0, 1, true or false (bool), found S",
    );
    fits(&json!({"L": [{"N": "1"}, {"BOOL": false}]}), Flags(vec![Some(true), Some(false)]));
}

#[test]
fn bytes_are_converted() {
    fits(&json!({"B": "YWI="}), Bytes(Text("ab".to_owned())));
    fits(&json!({"BS": ["YWI=", "Yw=="]}), ManyBytes(vec![Text("ab".into()), Text("c".into())]));
    fails::<Bytes>(
        &json!({"B": "/w=="}),
        "value: expected B (Text), found B that does not convert",
    );
    fails::<Bytes>(&json!({"S": "ab"}), "value: expected B (Text), found S");
}
