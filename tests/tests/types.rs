//! The attribute values that each Rust type accepts and refuses.

#![allow(
    clippy::needless_pass_by_value,
    reason = "a row is easier to read without a reference to each value"
)]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt::Debug;
use std::num::{NonZeroI8, NonZeroU64};
use std::rc::Rc;
use std::sync::Arc;

use ddb_core::{AttributeValue, FromAttribute, FromStreamImage, Item, Number};
use ddb_tests::read;
use serde_json::{Value, json};

#[track_caller]
fn fits<T: FromAttribute + Debug + PartialEq>(value: Value, expected: T) {
    assert_eq!(read::<T>(&value), Ok(expected), "{value}");
}

#[track_caller]
fn refuses<T: FromAttribute + Debug + PartialEq>(value: Value, message: &str) {
    let error = read::<T>(&value).expect_err(&value.to_string());
    assert_eq!(error, format!("value: {message}"), "{value}");
}

fn n(text: &str) -> Value {
    json!({ "N": text })
}

fn s(text: &str) -> Value {
    json!({ "S": text })
}

#[test]
fn integers_are_exact_however_they_are_spelled() {
    for text in ["100", "100.0", "1E2", "1e2", "1.00E+2", "10000E-2", "+100", "000100", "0.1E3"] {
        fits(n(text), 100_i8);
        fits(n(text), 100_u8);
        fits(n(text), 100_i32);
        fits(n(text), 100_u64);
        fits(n(text), 100_i128);
        fits(n(text), 100_u128);
        fits(n(text), 100_isize);
        fits(n(text), 100_usize);
    }
    for text in ["0", "-0", "0.0", "0E99", "-0.0E-5"] {
        fits(n(text), 0_u16);
        fits(n(text), 0_i64);
    }
    fits(n("-128"), i8::MIN);
    fits(n("-1.28E2"), i8::MIN);
    fits(n("18446744073709551615"), u64::MAX);
    fits(n("340282366920938463463374607431768211455"), u128::MAX);
    fits(n("340282366920938463463374607431768211455.000"), u128::MAX);
    fits(n("-170141183460469231731687303715884105728"), i128::MIN);
    fits(n("-1701411834604692317316873037158841057280E-1"), i128::MIN);
    fits(n("1E38"), 10_u128.pow(38));
    // An expanded number can have more than 38 characters.
    fits(n(&format!("{}5.{}", "0".repeat(60), "0".repeat(60))), 5_u8);
}

/// A fraction, a number out of range, and text that is not a number are refused.
#[test]
fn other_numbers_are_not_integers_of_the_type() {
    for text in ["1.5", "0.1", "1E-1", "100.000000000000000000000000000000000001", "-9.99E-130"] {
        refuses::<i32>(n(text), "expected N (i32), found N with a fraction");
        refuses::<u128>(n(text), "expected N (u128), found N with a fraction");
    }
    for text in [
        "256",
        "-1",
        "1E3",
        "1E125",
        "9.9999999999999999999999999999999999999E+125",
        "1E999999999999999999999",
    ] {
        refuses::<u8>(n(text), "expected N (u8), found N out of range");
    }
    refuses::<i8>(n("-129"), "expected N (i8), found N out of range");
    refuses::<u128>(
        n("340282366920938463463374607431768211456"),
        "expected N (u128), found N out of range",
    );
    refuses::<i128>(
        n("170141183460469231731687303715884105728"),
        "expected N (i128), found N out of range",
    );
    refuses::<NonZeroU64>(n("0"), "expected N (NonZero<u64>), found N out of range");
    fits(n("-1E1"), NonZeroI8::new(-10).expect("not zero"));
    for text in [
        "",
        " ",
        " 1",
        "1 ",
        "NaN",
        "inf",
        "-Infinity",
        "0x10",
        "1,5",
        "1E",
        "E1",
        ".",
        "1__0",
        "٣",
    ] {
        refuses::<i64>(n(text), "expected N (i64), found N that is not a number");
        refuses::<Number>(n(text), "expected N (Number), found N that is not a number");
    }
    refuses::<i64>(s("1"), "expected N (i64), found S");
    refuses::<u8>(json!({"B": "AA=="}), "expected N (u8), found B");
}

#[test]
fn floats_are_finite_on_both_sides() {
    fits(n("1.5"), 1.5_f32);
    fits(n("-1E-130"), -1e-130_f64);
    fits(n("9.9999999999999999999999999999999999999E+125"), 1e126_f64);
    fits(n("0"), 0.0_f32);
    fits(n("-0.0E5"), 0.0_f64);
    fits(n("1E-40"), 1e-40_f32);
    refuses::<f32>(n("1E100"), "expected N (f32), found N out of range");
    refuses::<f32>(n("1E-130"), "expected N (f32), found N out of range");
    refuses::<f64>(n("1E400"), "expected N (f64), found N out of range");
    for text in ["NaN", "inf", "infinity", "-inf", "", " 1.5", "1.5f"] {
        refuses::<f64>(n(text), "expected N (f64), found N that is not a number");
        refuses::<f32>(n(text), "expected N (f32), found N that is not a number");
    }
}

#[test]
fn a_number_keeps_its_text() {
    for text in ["1.10", "12345678901234567890123456789012345678", "1E-130", "-0.5"] {
        assert_eq!(read::<Number>(&n(text)).expect(text).as_str(), text);
    }
}

#[test]
fn text_is_a_string_of_any_kind() {
    fits(s("größe"), String::from("größe"));
    fits(s(""), String::new());
    fits(s("x"), Box::<str>::from("x"));
    fits(s("x"), Rc::<str>::from("x"));
    fits(s("x"), Arc::<str>::from("x"));
    fits(s("x"), Cow::<'static, str>::Borrowed("x"));
    fits(s("ß"), 'ß');
    refuses::<char>(s(""), "expected S of length 1 (char), found S of length 0");
    refuses::<char>(s("ab"), "expected S of length 1 (char), found S of length 2");
    refuses::<String>(n("1"), "expected S (String), found N");
    refuses::<Box<str>>(json!({"NULL": true}), "expected S (Box<str>), found NULL");
    fits(json!({"BOOL": true}), true);
    refuses::<bool>(s("true"), "expected BOOL (bool), found S");
    refuses::<bool>(n("1"), "expected BOOL (bool), found N");
}

#[test]
fn bytes_are_a_b_or_a_list_of_numbers() {
    let b = || json!({"B": "AQID"});
    fits(b(), vec![1_u8, 2, 3]);
    fits(b(), Box::<[u8]>::from([1, 2, 3]));
    fits(b(), Arc::<[u8]>::from([1, 2, 3]));
    fits(b(), [1_u8, 2, 3]);
    fits(b(), VecDeque::from([1_u8, 2, 3]));
    fits(b(), Cow::<'static, [u8]>::Owned(vec![1, 2, 3]));
    fits(json!({"B": ""}), Vec::<u8>::new());
    fits(json!({"L": [n("1"), n("2")]}), vec![1_u8, 2]);
    fits(json!({"NS": ["1", "2"]}), vec![1_u8, 2]);
    fits(json!({"BS": ["AQI=", "Aw=="]}), vec![vec![1_u8, 2], vec![3]]);
    fits(json!({"BS": ["AQI=", "AwQ="]}), BTreeSet::from([[1_u8, 2], [3, 4]]));
    refuses::<[u8; 2]>(b(), "expected B, L or NS of length 2 ([u8; 2]), found B of length 3");
    refuses::<Vec<u8>>(s("AQID"), "expected B, L or NS (Vec<u8>), found S");
    refuses::<Vec<u16>>(b(), "expected L or NS (Vec<u16>), found B");
}

#[test]
fn lists_and_sets_never_lose_an_element() {
    let list = || json!({"L": [n("3"), n("1"), n("2")]});
    fits(list(), vec![3_u32, 1, 2]);
    fits(list(), VecDeque::from([3_u32, 1, 2]));
    fits(list(), [3_u32, 1, 2]);
    fits(list(), (3_u8, 1_i64, 2.0_f32));
    fits(list(), HashSet::from([1_u32, 2, 3]));
    fits(list(), BTreeSet::from([1_u32, 2, 3]));
    fits(json!({"L": []}), Vec::<u32>::new());
    fits(json!({"L": []}), [0_u32; 0]);
    fits(json!({"NS": ["3", "1E0"]}), BTreeSet::from([1_u32, 3]));
    fits(json!({"SS": ["b", "a"]}), vec!["b".to_owned(), "a".to_owned()]);
    fits(json!({"SS": []}), HashSet::<String>::new());
    fits(json!({"NS": ["1", "2"]}), [1_u64, 2]);
    fits(json!({"L": [json!({"NULL": true}), n("1")]}), vec![None, Some(1_u8)]);
    fits(json!({"L": [s("a"), n("1"), json!({"BOOL": true})]}), ("a".to_owned(), 1_u8, true));
    fits(json!({"L": [json!({"L": [n("1"), n("2")]})]}), vec![[1_u8, 2]]);

    refuses::<[u32; 2]>(list(), "expected L or NS of length 2 ([u32; 2]), found L of length 3");
    refuses::<[u32; 4]>(list(), "expected L or NS of length 4 ([u32; 4]), found L of length 3");
    refuses::<(u32, u32)>(list(), "expected L of length 2 ((u32, u32)), found L of length 3");
    refuses::<(u32, u32, u32, u32)>(
        list(),
        "expected L of length 4 ((u32, u32, u32, u32)), found L of length 3",
    );
    refuses::<(String, String)>(
        json!({"SS": ["a", "b"]}),
        "expected L ((String, String)), found SS",
    );
    refuses::<Vec<String>>(json!({"NS": ["1"]}), "expected L or SS (Vec<String>), found NS");
    refuses::<Vec<bool>>(json!({"SS": ["true"]}), "expected L (Vec<bool>), found SS");
    assert_eq!(
        read::<Vec<u8>>(&json!({"NS": ["1", "x", "300"]})).expect_err("two misfits"),
        "2 problems: value[1]: expected N (u8), found N that is not a number; \
         value[2]: expected N (u8), found N out of range"
    );
    assert_eq!(
        read::<(u8, String)>(&json!({"L": [s("x"), n("1")]})).expect_err("two misfits"),
        "2 problems: value[0]: expected N (u8), found S; value[1]: expected S (String), found N"
    );
}

#[test]
fn sets_are_read_into_newtypes_and_enums() {
    #[derive(Debug, PartialEq, Eq, Hash, PartialOrd, Ord, FromStreamImage)]
    #[ddb(transparent)]
    struct Label(String);

    #[derive(Debug, PartialEq, Eq, Hash, PartialOrd, Ord, FromAttribute)]
    #[ddb(rename_all = "lowercase")]
    enum Colour {
        Red,
        Green,
    }

    fits(json!({"SS": ["a", "b"]}), BTreeSet::from([Label("a".into()), Label("b".into())]));
    fits(json!({"SS": ["red", "green"]}), HashSet::from([Colour::Red, Colour::Green]));
    fits(json!({"M": {"red": n("1")}}), HashMap::from([(Colour::Red, 1_u8)]));
    fits(json!({"M": {"a": n("1")}}), BTreeMap::from([(Label("a".into()), 1_u8)]));
    let error = read::<Vec<Colour>>(&json!({"SS": ["red", "blue"]})).expect_err("blue");
    assert_eq!(
        error,
        "value[1]: expected S (Colour: red or green), found an S that is none of these"
    );
}

#[test]
fn maps_have_keys_of_text_or_digits() {
    fits(
        json!({"M": {"a": n("1"), "b": n("2")}}),
        HashMap::from([("a".to_owned(), 1_u8), ("b".to_owned(), 2)]),
    );
    fits(json!({"M": {"-1": s("x")}}), BTreeMap::from([(-1_i64, "x".to_owned())]));
    fits(json!({"M": {}}), BTreeMap::<Arc<str>, u8>::new());
    fits(json!({"M": {"a": {"NULL": true}}}), BTreeMap::from([("a".to_owned(), None::<u8>)]));
    assert_eq!(
        read::<BTreeMap<u8, u8>>(&json!({"M": {"x": n("1")}})).expect_err("no digits"),
        "value.x: expected a name that reads as u8"
    );
    assert_eq!(
        read::<BTreeMap<u8, u8>>(&json!({"M": {"1": n("1"), "01": n("2")}})).expect_err("one key"),
        "value: two of its names read as the same key"
    );
    assert_eq!(
        read::<HashMap<String, u8>>(&json!({"M": {"a.b": s("x")}})).expect_err("no number"),
        r#"value."a.b": expected N (u8), found S"#
    );
    refuses::<BTreeMap<String, u8>>(json!({"L": []}), "expected M (BTreeMap<String, u8>), found L");
}

#[test]
fn raw_values_are_read_as_they_are() {
    let values = [
        s("x"),
        n("1.0"),
        json!({"B": "AQ=="}),
        json!({"BOOL": false}),
        json!({"NULL": false}),
        json!({"M": {"a": {"L": [{"N": "not a number"}]}}}),
        json!({"SS": ["a"]}),
        json!({"NS": ["1"]}),
        json!({"BS": ["AQ=="]}),
    ];
    for value in values {
        fits(
            value.clone(),
            serde_json::from_value::<AttributeValue>(value.clone()).expect("a value"),
        );
        fits(
            value.clone(),
            Box::new(serde_json::from_value::<AttributeValue>(value).expect("a value")),
        );
    }
    fits(
        json!({"M": {"a": s("x")}}),
        Item::from(HashMap::from([("a".to_owned(), AttributeValue::S("x".into()))])),
    );
    fits(json!({"L": [s("x")]}), vec![AttributeValue::S("x".into())]);
    fits(json!({"SS": ["x"]}), vec![AttributeValue::S("x".into())]);
    refuses::<Item>(s("x"), "expected M (Item), found S");
}

#[test]
fn pointers_are_read_as_what_they_point_to() {
    fits(n("1"), Box::new(1_u8));
    fits(n("1"), Rc::new(1_u8));
    fits(n("1"), Arc::new(Some(1_u8)));
    fits(json!({"NULL": true}), Some(Box::new(1_u8)).filter(|_| false));
    fits(json!({"L": [n("1")]}), Box::<[u32]>::from([1]));
    refuses::<Arc<u8>>(s("x"), "expected N (u8), found S");
}

#[test]
fn an_enum_is_one_of_its_names() {
    #[derive(Debug, PartialEq, FromAttribute)]
    #[ddb(rename_all = "SCREAMING_SNAKE_CASE")]
    enum Status {
        InTransit,
        #[ddb(rename = "done", alias = "DELIVERED")]
        Delivered,
    }

    #[derive(Debug, PartialEq, FromAttribute)]
    enum Open {
        Known,
        #[ddb(other)]
        Unknown,
    }

    fits(s("IN_TRANSIT"), Status::InTransit);
    fits(s("done"), Status::Delivered);
    fits(s("DELIVERED"), Status::Delivered);
    refuses::<Status>(
        s("InTransit"),
        "expected S (Status: IN_TRANSIT or done), found an S that is none of these",
    );
    refuses::<Status>(n("1"), "expected S (Status: IN_TRANSIT or done), found N");
    fits(s("Known"), Open::Known);
    fits(s("Unknown"), Open::Unknown);
    fits(s("anything"), Open::Unknown);
    refuses::<Open>(json!({"NULL": true}), "expected S (Open), found NULL");
}
