//! The key of an item alone, written for `GetItem` and for queries.

use std::collections::HashMap;
use std::sync::Arc;

use ddb_core::key::{KeysOf, ToKey, key_prefix};
use ddb_core::{FromAttribute, FromStreamImage, IntoAttribute, IntoItem, Item};
use ddb_tests::image;
use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict, key(PK = "CUSTOMER#{customer}", SK = "{{{id}#{number:04}"))]
#[ddb(index_key(GSI1PK = "STATUS#{status}"))]
struct Line {
    customer: u64,
    #[ddb(stored)]
    id: String,
    number: u16,
    status: Option<Status>,
    quantity: f64,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, FromAttribute, IntoAttribute)]
enum Status {
    Open,
}

fn line() -> Line {
    Line { customer: 7, id: "A".into(), number: 3, status: Some(Status::Open), quantity: f64::NAN }
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(by_key)]
enum Entity {
    Line(Box<Line>),
    #[ddb(key(PK = "CUSTOMER#{customer}", SK = "ORDER#{status}"))]
    Order {
        customer: u64,
        status: Status,
        total: u64,
    },
    #[ddb(key(PK = "CONFIG"))]
    Config,
    #[ddb(other)]
    Other(Item),
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(tag = "type")]
enum Tagged {
    Line(Line),
    Note { text: String },
}

/// The attributes of the key.
fn key(value: &impl ToKey) -> Value {
    serde_json::to_value(value.key().expect("a key")).expect("JSON")
}

fn problem(value: &impl ToKey) -> String {
    value.key().expect_err("no key").to_string()
}

fn written(value: impl IntoItem) -> Value {
    serde_json::to_value(value.into_item().expect("an item")).expect("JSON")
}

#[test]
fn the_key_is_written_without_the_rest_of_the_item() {
    // The quantity cannot be stored, and is not part of the key.
    let expected = json!({"PK": {"S": "CUSTOMER#7"}, "SK": {"S": "{A#0003"}});
    assert_eq!(key(&line()), expected);
    assert_eq!(key(&Arc::new(Box::new(line()))), expected);
    assert_eq!(key(&Entity::Line(Box::new(line()))), expected);
    assert_eq!(key(&Tagged::Line(line())), expected);
    assert_eq!(
        key(&Entity::Order { customer: 7, status: Status::Open, total: 1 }),
        json!({"PK": {"S": "CUSTOMER#7"}, "SK": {"S": "ORDER#Open"}})
    );
    assert_eq!(key(&Entity::Config), json!({"PK": {"S": "CONFIG"}}));
}

#[test]
fn a_key_that_cannot_be_written_is_an_error() {
    assert_eq!(
        problem(&Line { number: 10_000, ..line() }),
        "SK: `number` in {{{id}#{number:04} has more digits than its width"
    );
    let no_key = "the value has no key: write `key(…)` on its struct or variant";
    assert_eq!(problem(&Tagged::Note { text: "x".into() }), no_key);
    let entity = Entity::Line(Box::new(Line { number: 10_000, ..line() }));
    assert_eq!(
        problem(&entity),
        "Line: SK: `number` in {{{id}#{number:04} has more digits than its width"
    );
    assert_eq!(problem(&Entity::Other(Item::default())), no_key);
}

#[test]
fn the_key_of_a_type_is_built_and_written() {
    let expected = json!({"PK": {"S": "CUSTOMER#7"}, "SK": {"S": "{A#0003"}});
    let keys = || KeysOf::<Line> { customer: 7, id: "A".into(), number: 3 };
    assert_eq!(written(keys()), expected);
    assert_eq!(written(KeysOf::<Entity>::Line(keys())), expected);
    assert_eq!(
        written(KeysOf::<Entity>::Order { customer: 7, status: Status::Open }),
        json!({"PK": {"S": "CUSTOMER#7"}, "SK": {"S": "ORDER#Open"}})
    );
    assert_eq!(written(KeysOf::<Entity>::Config), json!({"PK": {"S": "CONFIG"}}));
    let other = json!({"PK": {"S": "X"}});
    assert_eq!(written(KeysOf::<Entity>::Other(image(other.clone()))), other);
}

#[test]
fn a_written_key_is_read_back() {
    for keys in [
        KeysOf::<Entity>::Line(KeysOf::<Line> { customer: 7, id: "A".into(), number: 3 }),
        KeysOf::<Entity>::Order { customer: 7, status: Status::Open },
        KeysOf::<Entity>::Config,
    ] {
        let item = keys.clone().into_item().expect("an item");
        assert_eq!(KeysOf::<Entity>::from_image(item).expect("fits"), keys);
    }
}

#[test]
fn a_generic_struct_has_a_key() {
    #[derive(FromStreamImage, IntoItem)]
    #[ddb(strict, key(PK = "A#{id}"), bound = "T: FromAttribute + IntoAttribute")]
    struct Generic<T> {
        id: u8,
        value: HashMap<String, T>,
    }

    let generic = Generic { id: 7, value: HashMap::from([("x".to_owned(), 1_u8)]) };
    assert_eq!(key(&generic), json!({"PK": {"S": "A#7"}}));
}

#[test]
fn the_prefix_of_a_key_is_the_text_before_its_first_field() {
    assert_eq!(key_prefix::<Line>("PK"), Some("CUSTOMER#"));
    assert_eq!(key_prefix::<Line>("SK"), Some("{"));
    assert_eq!(key_prefix::<Line>("GSI1PK"), Some("STATUS#"));
    assert_eq!(key_prefix::<Line>("quantity"), None);
    assert_eq!(key_prefix::<Entity>("SK"), None, "two prefixes, and a variant without one");
}

#[test]
fn a_struct_that_is_only_written_may_borrow() {
    #[derive(IntoItem)]
    #[ddb(key(PK = "NAME#{name}"))]
    struct Borrowing<'a> {
        name: &'a str,
        tags: Vec<&'a str>,
        #[ddb(set)]
        set: &'a [&'a str],
        value: &'a Status,
        bytes: &'a [u8],
    }

    let borrowing =
        Borrowing { name: "ada", tags: vec!["a"], set: &["b"], value: &Status::Open, bytes: &[1] };
    assert_eq!(key(&borrowing), json!({"PK": {"S": "NAME#ada"}}));
    assert_eq!(
        written(borrowing),
        json!({
            "PK": {"S": "NAME#ada"},
            "tags": {"L": [{"S": "a"}]},
            "set": {"SS": ["b"]},
            "value": {"S": "Open"},
            "bytes": {"B": "AQ=="},
        })
    );
}
