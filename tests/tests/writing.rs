//! Items that are written: what each value becomes, and what cannot be written.

#![allow(clippy::option_option, reason = "an attribute can be missing, `NULL` or there")]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt::Debug;
use std::num::NonZero;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use ddb_core::{
    AttributeError, AttributeValue, FromAttribute, FromStreamImage, IntoAttribute, IntoItem, Item,
    Number,
};
use ddb_tests::image;
use serde_json::{Value, json};

/// Writes the value, and reads it back from the item and from its JSON.
fn round_trip<T>(value: &T) -> Value
where
    T: IntoItem + FromStreamImage + Clone + Debug + PartialEq,
{
    let item = value.to_item().expect("it can be written");
    let json = serde_json::to_value(&item).expect("JSON");
    assert_eq!(T::from_image_ref(&item).as_ref().ok(), Some(value), "{json}");
    assert_eq!(T::from_json(json.to_string().as_bytes()).as_ref().ok(), Some(value), "{json}");
    assert_eq!(T::from_image(item).as_ref().ok(), Some(value), "{json}");
    json
}

fn problems<T: IntoItem>(value: T) -> String {
    value.into_item().expect_err("it cannot be written").to_string()
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict)]
struct Scalars {
    boolean: bool,
    small: i8,
    large: u64,
    wide: i128,
    nonzero: NonZero<u32>,
    float: f64,
    single: f32,
    number: Number,
    text: String,
    boxed: Box<str>,
    shared: Arc<str>,
    cow: Cow<'static, str>,
    character: char,
    bytes: Vec<u8>,
    hash: [u8; 4],
    none: Option<u8>,
    some: Option<u8>,
    inner_null: Option<Option<u8>>,
    value: AttributeValue,
}

#[test]
fn scalars_are_written_in_dynamodbs_form() {
    let scalars = Scalars {
        boolean: true,
        small: -7,
        large: u64::MAX,
        wide: -12,
        nonzero: NonZero::new(7).expect("seven"),
        float: -0.1,
        single: 1.5,
        number: "19.90".parse().expect("a number"),
        text: "a".into(),
        boxed: "b".into(),
        shared: "c".into(),
        cow: "d".into(),
        character: 'ä',
        bytes: vec![1, 2],
        hash: [0, 1, 2, 3],
        none: None,
        some: Some(1),
        inner_null: Some(None),
        value: AttributeValue::Bool(false),
    };
    assert_eq!(
        round_trip(&scalars),
        json!({
            "boolean": {"BOOL": true},
            "small": {"N": "-7"},
            "large": {"N": "18446744073709551615"},
            "wide": {"N": "-12"},
            "nonzero": {"N": "7"},
            "float": {"N": "-0.1"},
            "single": {"N": "1.5"},
            "number": {"N": "19.9"},
            "text": {"S": "a"},
            "boxed": {"S": "b"},
            "shared": {"S": "c"},
            "cow": {"S": "d"},
            "character": {"S": "ä"},
            "bytes": {"B": "AQI="},
            "hash": {"B": "AAECAw=="},
            "some": {"N": "1"},
            "inner_null": {"NULL": true},
            "value": {"BOOL": false},
        })
    );
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict)]
struct Collections {
    list: Vec<String>,
    options: VecDeque<Option<u8>>,
    array: [bool; 2],
    slice: Box<[u16]>,
    tuple: (u8, Option<String>),
    strings: HashSet<String>,
    numbers: BTreeSet<i16>,
    no_set: HashSet<u8>,
    map: HashMap<String, Option<u8>>,
    by_number: BTreeMap<u8, Vec<Line>>,
    line: Line,
    position: Position,
    id: Id,
    status: Status,
    level: Level,
    by_status: BTreeMap<Status, u8>,
    pointer: Rc<Option<u8>>,
}

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute)]
#[ddb(strict, rename_all = "PascalCase")]
struct Line {
    sku: String,
    #[ddb(rename = "Qty", alias = "Quantity")]
    qty: Option<u32>,
    #[ddb(skip)]
    note: String,
}

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute)]
struct Position(f64, Option<f64>);

#[derive(Clone, Debug, PartialEq, Eq, Hash, FromAttribute, IntoAttribute)]
#[ddb(transparent)]
struct Id(u64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, FromAttribute, IntoAttribute)]
#[ddb(rename_all = "SCREAMING_SNAKE_CASE")]
enum Status {
    Open,
    #[ddb(rename = "SENT", alias = "SHIPPED")]
    Shipped,
}

#[derive(Clone, Copy, Debug, PartialEq, FromAttribute, IntoAttribute)]
#[ddb(repr)]
enum Level {
    Low = 1,
    High = -5,
}

fn line(sku: &str) -> Line {
    Line { sku: sku.into(), qty: None, note: String::new() }
}

#[test]
fn collections_are_written_by_their_rust_type() {
    let collections = Collections {
        list: vec!["b".into(), "a".into()],
        options: [None, Some(1)].into(),
        array: [true, false],
        slice: [7, 8].into(),
        tuple: (1, None),
        strings: ["b".to_owned(), "a".to_owned()].into(),
        numbers: [10, -9].into(),
        no_set: HashSet::new(),
        map: [("x".to_owned(), None)].into(),
        by_number: [(1, vec![line("a")]), (2, vec![])].into(),
        line: Line { qty: Some(3), ..line("b") },
        position: Position(1.5, None),
        id: Id(7),
        status: Status::Shipped,
        level: Level::High,
        by_status: [(Status::Open, 1)].into(),
        pointer: Rc::new(Some(1)),
    };
    assert_eq!(
        round_trip(&collections),
        json!({
            "list": {"L": [{"S": "b"}, {"S": "a"}]},
            "options": {"L": [{"NULL": true}, {"N": "1"}]},
            "array": {"L": [{"BOOL": true}, {"BOOL": false}]},
            "slice": {"L": [{"N": "7"}, {"N": "8"}]},
            "tuple": {"L": [{"N": "1"}, {"NULL": true}]},
            "strings": {"SS": ["a", "b"]},
            "numbers": {"NS": ["-9", "10"]},
            "map": {"M": {"x": {"NULL": true}}},
            "by_number": {"M": {"1": {"L": [{"M": {"Sku": {"S": "a"}}}]}, "2": {"L": []}}},
            "line": {"M": {"Sku": {"S": "b"}, "Qty": {"N": "3"}}},
            "position": {"L": [{"N": "1.5"}, {"NULL": true}]},
            "id": {"N": "7"},
            "status": {"S": "SENT"},
            "level": {"N": "-5"},
            "by_status": {"M": {"OPEN": {"N": "1"}}},
            "pointer": {"N": "1"},
        })
    );
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict)]
struct Forced {
    #[ddb(set)]
    strings: Vec<String>,
    #[ddb(set)]
    numbers: Option<[f64; 2]>,
    #[ddb(set)]
    empty: VecDeque<u8>,
    #[ddb(set, from_str)]
    no_addresses: Vec<std::net::IpAddr>,
    no_tags: Tags,
    #[ddb(set, from_str)]
    addresses: Vec<std::net::IpAddr>,
    #[ddb(set)]
    octets: Vec<u8>,
    #[ddb(list)]
    list: HashSet<String>,
    #[ddb(list)]
    no_list: BTreeSet<u8>,
    #[ddb(list)]
    positions: BTreeSet<(u8, bool)>,
    #[ddb(list, from_str)]
    listed: Option<HashSet<std::net::IpAddr>>,
    inner: (Tags, Sorted),
}

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute)]
#[ddb(transparent)]
struct Tags(#[ddb(set)] Vec<String>);

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute)]
struct Sorted(#[ddb(set)] Vec<String>, #[ddb(from_str)] HashSet<std::net::IpAddr>);

fn forced() -> Forced {
    let address: std::net::IpAddr = [127, 0, 0, 1].into();
    Forced {
        strings: vec!["a".into(), "b".into()],
        numbers: Some([-0.5, 1.0]),
        empty: VecDeque::new(),
        no_addresses: vec![],
        no_tags: Tags(vec![]),
        addresses: vec![address],
        octets: vec![2, 10],
        list: ["a".to_owned()].into(),
        no_list: BTreeSet::new(),
        positions: [(1, true)].into(),
        listed: Some([address].into()),
        inner: (Tags(vec!["x".into()]), Sorted(vec!["y".into()], [address].into())),
    }
}

#[test]
fn list_and_set_force_the_attribute_type() {
    assert_eq!(
        round_trip(&forced()),
        json!({
            "strings": {"SS": ["a", "b"]},
            "numbers": {"NS": ["-0.5", "1"]},
            "addresses": {"SS": ["127.0.0.1"]},
            "octets": {"NS": ["2", "10"]},
            "list": {"L": [{"S": "a"}]},
            "no_list": {"L": []},
            "positions": {"L": [{"L": [{"N": "1"}, {"BOOL": true}]}]},
            "listed": {"L": [{"S": "127.0.0.1"}]},
            "inner": {"L": [
                {"SS": ["x"]},
                {"L": [{"SS": ["y"]}, {"SS": ["127.0.0.1"]}]},
            ]},
        })
    );
    let none = Forced { numbers: None, listed: None, ..forced() };
    let json = round_trip(&none);
    assert!(json.get("numbers").is_none() && json.get("listed").is_none());
}

#[derive(IntoItem)]
struct Sets {
    #[ddb(set)]
    numbers: Vec<Number>,
    #[ddb(set)]
    strings: Vec<String>,
    #[ddb(set)]
    mixed: Vec<AttributeValue>,
    #[ddb(set)]
    lists: Vec<Vec<String>>,
    bytes: BTreeSet<Vec<u8>>,
}

#[test]
fn a_set_is_sorted_and_equal_elements_are_a_problem() {
    let numbers = |texts: &[&str]| texts.iter().map(|text| text.parse().expect("N")).collect();
    let sets = Sets {
        numbers: numbers(&["10", "9", "1E2"]),
        strings: vec!["b".into(), "a".into()],
        mixed: vec![],
        lists: vec![],
        bytes: [vec![2], vec![1, 0]].into(),
    };
    let item = sets.into_item().expect("it can be written");
    assert_eq!(
        serde_json::to_value(&item).expect("JSON"),
        json!({
            "numbers": {"NS": ["9", "10", "100"]},
            "strings": {"SS": ["a", "b"]},
            "bytes": {"BS": ["AQA=", "Ag=="]},
        })
    );
    let sets = Sets {
        numbers: numbers(&["1.0", "2", "1.00"]),
        strings: vec!["a".into(), "b".into(), "a".into()],
        mixed: vec![AttributeValue::S("1".into()), AttributeValue::N("1".into())],
        lists: vec![vec!["a".into()]],
        bytes: BTreeSet::new(),
    };
    let error = sets.into_item().expect_err("it cannot be written");
    let problems: Vec<_> = error.problems().iter().map(ToString::to_string).collect();
    let mixed = "a set contains only strings, only numbers or only bytes: write `list`";
    assert_eq!(
        problems,
        [
            format!("lists: {mixed}"),
            format!("mixed: {mixed}"),
            "numbers: two elements of the set are equal".to_owned(),
            "strings: two elements of the set are equal".to_owned(),
        ]
    );
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict)]
struct LeftOut {
    #[ddb(null)]
    null: Option<u8>,
    #[ddb(null)]
    no_strings: HashSet<String>,
    #[ddb(null, from_str)]
    address: Option<std::net::IpAddr>,
    #[ddb(null, set)]
    set: Option<Vec<u8>>,
    #[ddb(default, skip_if = Vec::is_empty)]
    lines: Vec<u8>,
    #[ddb(default, skip_if = is_zero, rename = "Count")]
    count: u8,
    #[ddb(default = true, skip_if = Clone::clone)]
    active: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "`skip_if` passes a reference")]
fn is_zero(count: &u8) -> bool {
    *count == 0
}

#[test]
fn null_writes_and_skip_if_leaves_out() {
    let empty = LeftOut {
        null: None,
        no_strings: HashSet::new(),
        address: None,
        set: None,
        lines: vec![],
        count: 0,
        active: true,
    };
    let nothing = || json!({"NULL": true});
    assert_eq!(
        round_trip(&empty),
        json!({"null": nothing(), "no_strings": nothing(), "address": nothing(), "set": nothing()})
    );
    let full = LeftOut {
        null: Some(1),
        no_strings: ["a".to_owned()].into(),
        address: None,
        set: Some(vec![7]),
        lines: vec![1],
        count: 2,
        active: false,
    };
    assert_eq!(
        round_trip(&full),
        json!({
            "null": {"N": "1"},
            "no_strings": {"SS": ["a"]},
            "address": nothing(),
            "set": {"NS": ["7"]},
            "lines": {"B": "AQ=="},
            "Count": {"N": "2"},
            "active": {"BOOL": false},
        })
    );
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict)]
struct Nulls {
    #[ddb(set, null)]
    set: Vec<String>,
    #[ddb(set, null, from_str)]
    parsed: VecDeque<u8>,
    #[ddb(null)]
    tags: Tags,
    address: Option<Address>,
    addresses: Vec<Option<Address>>,
    renamed: Option<Renamed>,
}

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute)]
#[ddb(transparent)]
struct Address(#[ddb(from_str)] Option<std::net::IpAddr>);

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute)]
#[ddb(from = Option<String>)]
struct Renamed(Option<String>);

impl From<Option<String>> for Renamed {
    fn from(name: Option<String>) -> Self {
        Self(name)
    }
}

impl From<Renamed> for Option<String> {
    fn from(renamed: Renamed) -> Self {
        renamed.0
    }
}

#[test]
fn a_null_is_an_empty_set_and_the_none_of_an_inner_option() {
    let nulls = Nulls {
        set: vec![],
        parsed: VecDeque::new(),
        tags: Tags(vec![]),
        address: Some(Address(None)),
        addresses: vec![],
        renamed: Some(Renamed(None)),
    };
    let nothing = || json!({"NULL": true});
    assert_eq!(
        round_trip(&nulls),
        json!({
            "set": nothing(),
            "parsed": nothing(),
            "tags": nothing(),
            "address": nothing(),
            "addresses": {"L": []},
            "renamed": nothing(),
        })
    );
    let nulls = Nulls { addresses: vec![None, Some(Address(None))], ..nulls };
    assert_eq!(
        problems(nulls),
        "addresses[1]: a `Some(None)` cannot be told from a `None` in a list or a map"
    );
}

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute)]
enum Kept {
    #[ddb(rename = "OPEN", alias = "NEW")]
    Open,
    #[ddb(other)]
    Unknown(String),
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict, key(PK = "O#{id}"), index_key(GSI1PK = "KIND#{kind}", GSI2PK = "{no_name}"))]
struct WithOther {
    id: u8,
    kind: Kept,
    no_name: NoName,
    list: Vec<Kept>,
}

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute)]
enum NoName {
    Known,
    #[ddb(other)]
    Other,
}

#[test]
fn an_other_variant_is_written_if_it_is_read_as_itself() {
    let known = WithOther {
        id: 1,
        kind: Kept::Unknown("LOST".into()),
        no_name: NoName::Known,
        list: vec![Kept::Open, Kept::Unknown(String::new())],
    };
    assert_eq!(
        round_trip(&known),
        json!({
            "PK": {"S": "O#1"},
            "GSI1PK": {"S": "KIND#LOST"},
            "GSI2PK": {"S": "Known"},
            "list": {"L": [{"S": "OPEN"}, {"S": ""}]},
        })
    );
    let unknown = |name: &str| Kept::Unknown(name.to_owned());
    let other = WithOther {
        kind: unknown("NEW"),
        no_name: NoName::Other,
        list: vec![unknown("OPEN")],
        ..known
    };
    let error = other.into_item().expect_err("it cannot be written");
    let found: Vec<_> = error.problems().iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "GSI1PK: `kind` in KIND#{kind} is an `other` variant without data, or with the name of another one",
            "GSI2PK: `no_name` in {no_name} is an `other` variant without data, or with the name of another one",
            "list[0]: an `other` variant without data, or with the name of another one, cannot be written",
        ]
    );
}

#[derive(IntoItem)]
struct BySerde {
    #[ddb(serde)]
    floats: Vec<f64>,
    #[ddb(serde)]
    zero: f64,
}

#[test]
fn what_serde_writes_is_checked() {
    let fine = BySerde { floats: vec![1.0], zero: -0.0 };
    let item = fine.into_item().expect("it can be written");
    assert_eq!(item["zero"], AttributeValue::N("0".into()));
    let faulty = BySerde { floats: vec![1.0, f64::NAN, f64::INFINITY], zero: 1e300 };
    assert_eq!(
        problems(faulty),
        "3 problems: floats[1]: a float that is not finite cannot be stored; \
         floats[2]: a float that is not finite cannot be stored; \
         zero: a number beyond the range of DynamoDB cannot be stored"
    );
}

#[derive(Clone, IntoItem)]
struct WithRest {
    note: Option<String>,
    #[ddb(alias = "old")]
    new: u8,
    #[ddb(rest)]
    rest: Item,
}

#[test]
fn the_rest_has_no_name_of_a_field() {
    let rest = |names: &[&str]| {
        let attributes = names.iter().map(|name| ((*name).to_owned(), AttributeValue::Null(true)));
        Item::from(attributes.collect::<HashMap<_, _>>())
    };
    let with = |names| WithRest { note: None, new: 1, rest: rest(names) };
    assert!(with(&["more"]).into_item().is_ok());
    assert_eq!(
        problems(with(&["note", "old"])),
        "2 problems: note: appears more than once; old: appears more than once"
    );
}

#[test]
fn an_error_keeps_a_thousand_problems() {
    let faulty = Faulty { floats: vec![f64::NAN; 2000], ..Faulty::default() };
    assert_eq!(faulty.into_item().expect_err("not finite").problems().len(), 1000);
}

#[derive(Clone, Debug, Default, PartialEq, IntoItem)]
struct Faulty {
    floats: Vec<f64>,
    wide: u128,
    sets: Vec<HashSet<u8>>,
    nested: Vec<Option<Option<u8>>>,
    map: BTreeMap<String, f32>,
}

#[test]
fn what_dynamodb_cannot_store_is_a_problem_with_its_path() {
    let faulty = Faulty {
        floats: vec![0.0, f64::NAN, f64::INFINITY, 1e300],
        wide: u128::MAX,
        sets: vec![[1].into(), HashSet::new()],
        nested: vec![None, Some(None)],
        map: [("a.b".to_owned(), f32::NAN)].into(),
    };
    let error = faulty.into_item().expect_err("it cannot be written");
    let expected = [
        "floats[1]: a float that is not finite cannot be stored",
        "floats[2]: a float that is not finite cannot be stored",
        "floats[3]: a number beyond the range of DynamoDB cannot be stored",
        "map.\"a.b\": a float that is not finite cannot be stored",
        "nested[1]: a `Some(None)` cannot be told from a `None` in a list or a map",
        "sets[1]: an empty set cannot be stored in a list or a map",
        "wide: a number with more than 38 digits cannot be stored",
    ];
    let problems: Vec<_> = error.problems().iter().map(ToString::to_string).collect();
    assert_eq!(problems, expected);
}

mod upper {
    use ddb_core::{Attribute, AttributeError, AttributeValue, IntoAttribute as _};

    pub(super) fn from_attribute(attribute: Attribute<'_>) -> Result<String, AttributeError> {
        Ok(attribute.into_string(<String as ddb_core::FromAttribute>::EXPECTED)?.to_lowercase())
    }

    pub(super) fn into_attribute(mut text: String) -> Result<AttributeValue, AttributeError> {
        text.make_ascii_uppercase();
        text.into_attribute()
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Cents(u64);

impl From<u64> for Cents {
    fn from(cents: u64) -> Self {
        Self(cents)
    }
}

impl From<Cents> for u64 {
    fn from(Cents(cents): Cents) -> Self {
        cents
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Token([u8; 2]);

impl TryFrom<Vec<u8>> for Token {
    type Error = &'static str;

    fn try_from(bytes: Vec<u8>) -> Result<Self, Self::Error> {
        bytes.try_into().map(Self).map_err(|_| "not two bytes")
    }
}

impl From<Token> for Vec<u8> {
    fn from(token: Token) -> Self {
        token.0.to_vec()
    }
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict)]
struct Conversions {
    #[ddb(from_str)]
    address: std::net::IpAddr,
    #[ddb(from_str)]
    addresses: Vec<Option<std::net::IpAddr>>,
    #[ddb(from_str)]
    by_address: BTreeMap<std::net::IpAddr, std::net::IpAddr>,
    #[ddb(unix_time)]
    created: SystemTime,
    #[ddb(unix_time = "ms")]
    updated: Option<SystemTime>,
    #[ddb(bytes)]
    token: Token,
    #[ddb(bool_from_number)]
    flag: bool,
    #[ddb(try_from = u64)]
    cents: Cents,
    #[ddb(from = u64)]
    no_cents: Option<Cents>,
    #[ddb(with = upper)]
    upper: String,
    #[ddb(with = upper)]
    maybe: Option<String>,
    #[ddb(serde)]
    serde: Vec<u8>,
}

#[test]
fn conversions_are_written_as_they_are_read() {
    let address: std::net::IpAddr = [127, 0, 0, 1].into();
    let time = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    let conversions = Conversions {
        address,
        addresses: vec![Some(address), None],
        by_address: [(address, address)].into(),
        created: time(1_700_000_000),
        updated: Some(time(1) + Duration::from_millis(5)),
        token: Token([1, 2]),
        flag: true,
        cents: Cents(7),
        no_cents: None,
        upper: "abc".into(),
        maybe: Some("x".into()),
        serde: vec![1],
    };
    assert_eq!(
        round_trip(&conversions),
        json!({
            "address": {"S": "127.0.0.1"},
            "addresses": {"L": [{"S": "127.0.0.1"}, {"NULL": true}]},
            "by_address": {"M": {"127.0.0.1": {"S": "127.0.0.1"}}},
            "created": {"N": "1700000000"},
            "updated": {"N": "1005"},
            "token": {"B": "AQI="},
            "flag": {"BOOL": true},
            "cents": {"N": "7"},
            "upper": {"S": "ABC"},
            "maybe": {"S": "X"},
            "serde": {"L": [{"N": "1"}]},
        })
    );
    let before = SystemTime::UNIX_EPOCH - Duration::from_millis(1500);
    let early = Conversions { created: before, updated: Some(before), ..conversions };
    let item = early.into_item().expect("it can be written");
    assert_eq!(item["created"], AttributeValue::N("-2".into()), "rounded down");
    assert_eq!(item["updated"], AttributeValue::N("-1500".into()));
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict)]
struct Around {
    id: u64,
    #[ddb(flatten)]
    inner: Line,
    #[ddb(flatten)]
    maybe: Option<Stamp>,
    #[ddb(rest)]
    rest: Item,
}

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute)]
#[ddb(strict)]
struct Stamp {
    created: u64,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict)]
struct BesideVariants {
    #[ddb(flatten)]
    maybe: Option<Named>,
    #[ddb(flatten)]
    shape: Shape,
    #[ddb(rest)]
    rest: Item,
}

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute)]
#[ddb(strict)]
struct Named {
    #[ddb(alias = "title")]
    name: String,
    nick: Option<String>,
}

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute)]
#[ddb(tag = "shape")]
enum Shape {
    Circle { radius: Option<u8> },
    Text(Label),
    Nothing,
}

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute)]
#[ddb(strict)]
struct Label {
    text: Option<String>,
}

/// A flattened field that writes nothing would be read from the rest.
#[test]
fn the_rest_has_no_name_of_a_flattened_field() {
    let value = |maybe: bool, shape: Shape, name: &str| BesideVariants {
        maybe: maybe.then(|| Named { name: "Ada".to_owned(), nick: None }),
        shape,
        rest: image(json!({ name: {"N": "1"} })),
    };
    let [circle, label] = [Shape::Circle { radius: None }, Shape::Text(Label { text: None })];
    for (maybe, shape, name) in [
        (false, Shape::Nothing, "name"),
        (false, Shape::Nothing, "title"),
        (false, Shape::Nothing, "nick"),
        (true, Shape::Nothing, "nick"),
        (true, Shape::Nothing, "title"),
        (false, Shape::Nothing, "shape"),
        (false, circle.clone(), "radius"),
        (false, label.clone(), "text"),
    ] {
        let message = format!("{name}: appears more than once");
        assert_eq!(problems(value(maybe, shape, name)), message);
    }
    // The fields of other variants are not read.
    for (shape, name) in [(circle, "text"), (label, "radius"), (Shape::Nothing, "radius")] {
        let value = value(true, shape, name);
        let item = value.to_item().expect(name);
        assert_eq!(BesideVariants::from_image(item).expect(name), value);
    }
}

#[test]
fn flattened_fields_and_the_rest_are_attributes_of_the_item() {
    let rest = image(json!({"more": {"S": "x"}}));
    let around =
        Around { id: 1, inner: line("a"), maybe: Some(Stamp { created: 7 }), rest: rest.clone() };
    assert_eq!(
        round_trip(&around),
        json!({"id": {"N": "1"}, "Sku": {"S": "a"}, "created": {"N": "7"}, "more": {"S": "x"}})
    );
    let around = Around { maybe: None, ..around };
    assert_eq!(round_trip(&around).as_object().map(serde_json::Map::len), Some(3));
    let twice = image(json!({"id": {"N": "2"}}));
    assert_eq!(problems(Around { rest: twice, ..around }), "id: appears more than once");
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict, key(PK = "CUSTOMER#{customer}", SK = "ORDER#{order}#{line:04}"))]
#[ddb(index_key(GSI1PK = "STATUS#{status}", GSI1SK = "{customer}"))]
struct Keyed {
    customer: String,
    #[ddb(stored)]
    order: String,
    line: u16,
    status: Option<Status>,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict, key(PK = "{one}##{two}"))]
struct Ambiguous {
    one: String,
    two: Option<String>,
}

#[test]
fn keys_are_built_from_their_fields() {
    let keyed =
        Keyed { customer: "ada".into(), order: "A".into(), line: 7, status: Some(Status::Shipped) };
    assert_eq!(
        round_trip(&keyed),
        json!({
            "PK": {"S": "CUSTOMER#ada"},
            "SK": {"S": "ORDER#A#0007"},
            "GSI1PK": {"S": "STATUS#SENT"},
            "GSI1SK": {"S": "ada"},
            "order": {"S": "A"},
        })
    );
    let sparse = Keyed { status: None, ..keyed.clone() };
    assert!(round_trip(&sparse).get("GSI1PK").is_none());
    let two = || Some("b".to_owned());
    for (error, expected) in [
        (
            problems(Keyed { customer: String::new(), ..keyed.clone() }),
            "2 problems: GSI1SK: `customer` in {customer} is empty; \
             PK: `customer` in CUSTOMER#{customer} is empty",
        ),
        (
            problems(Keyed { line: 10_000, ..keyed.clone() }),
            "SK: `line` in ORDER#{order}#{line:04} has more digits than its width",
        ),
        (
            problems(Keyed { order: "A#1".into(), ..keyed }),
            "SK: `order` in ORDER#{order}#{line:04} would be read back as another value",
        ),
        (
            problems(Ambiguous { one: "x#".into(), two: two() }),
            "PK: `one` in {one}##{two} would be read back as another value",
        ),
        (problems(Ambiguous { one: "x".into(), two: None }), "PK: `two` in {one}##{two} is `None`"),
    ] {
        assert_eq!(error, expected);
    }
    let fine = Ambiguous { one: "x".into(), two: two() };
    assert_eq!(round_trip(&fine), json!({"PK": {"S": "x##b"}}));
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(tag = "EntityType", rename_all_fields = "PascalCase")]
enum Entity {
    #[ddb(rename = "CUSTOMER", alias = "Client")]
    Customer(Box<Customer>),
    Note {
        text: String,
    },
    Heartbeat,
    #[ddb(prefix = "ORDER#")]
    Order(Order),
    #[ddb(other)]
    Other(Item),
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict)]
struct Customer {
    name: String,
    #[ddb(rename = "EntityType")]
    kind: Option<String>,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict)]
struct Order {
    #[ddb(rename = "EntityType")]
    key: String,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(tag = "EntityType")]
enum UnitOther {
    A,
    #[ddb(other)]
    Other,
}

#[test]
fn a_tagged_enum_writes_its_tag() {
    let customer = |kind: Option<&str>| {
        let kind = kind.map(str::to_owned);
        Entity::Customer(Box::new(Customer { name: "Ada".into(), kind }))
    };
    let client = json!({"name": {"S": "Ada"}, "EntityType": {"S": "Client"}});
    assert_eq!(round_trip(&customer(Some("Client"))), client);
    let item = customer(None).into_item().expect("an item");
    assert_eq!(item["EntityType"], AttributeValue::S("CUSTOMER".into()));
    let note = Entity::Note { text: "x".into() };
    assert_eq!(round_trip(&note), json!({"Text": {"S": "x"}, "EntityType": {"S": "Note"}}));
    assert_eq!(round_trip(&Entity::Heartbeat), json!({"EntityType": {"S": "Heartbeat"}}));
    let order = |key: &str| Entity::Order(Order { key: key.into() });
    assert_eq!(round_trip(&order("ORDER#7")), json!({"EntityType": {"S": "ORDER#7"}}));
    let other = json!({"EntityType": {"S": "Session"}, "x": {"N": "1"}});
    assert_eq!(round_trip(&Entity::Other(image(other.clone()))), other);

    let wrong = "EntityType: the content has no tag that selects the variant";
    assert_eq!(problems(customer(Some("Note"))), format!("Customer: {wrong}"));
    assert_eq!(problems(order("ODER#7")), format!("Order: {wrong}"));
    assert_eq!(
        problems(UnitOther::Other),
        "Other: an `other` variant without data, or with the name of another one, cannot be written"
    );
    assert_eq!(round_trip(&UnitOther::A), json!({"EntityType": {"S": "A"}}));
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(by_key)]
enum ByKey {
    #[ddb(key(PK = "ORDER#{order}"))]
    Order { order: String },
    #[ddb(key(PK = "ORDER#{order}#LINE#{line}"))]
    Line { order: String, line: u8 },
    #[ddb(key(PK = "CONFIG"))]
    Config,
}

#[test]
fn a_key_that_selects_another_variant_is_a_problem() {
    for (entity, key) in [
        (ByKey::Order { order: "A".into() }, "ORDER#A"),
        (ByKey::Line { order: "A".into(), line: 7 }, "ORDER#A#LINE#7"),
        (ByKey::Config, "CONFIG"),
    ] {
        assert_eq!(round_trip(&entity), json!({"PK": {"S": key}}));
    }
    let order = ByKey::Order { order: "A#LINE#7".into() };
    assert_eq!(problems(order), "Order: PK: the key selects another variant");
}

#[derive(Clone, Debug, PartialEq, IntoItem)]
struct Deep {
    value: AttributeValue,
}

#[test]
fn nesting_deeper_than_dynamodb_stores_is_a_problem() {
    let nested = |depth| {
        (0..depth).fold(AttributeValue::Bool(true), |inner, _| AttributeValue::L(vec![inner]))
    };
    assert!(Deep { value: nested(32) }.into_item().is_ok());
    assert_eq!(problems(Deep { value: nested(33) }), "value: nested deeper than 32 levels");
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(from = Wire)]
struct Model(u64);

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
struct Wire {
    value: u64,
}

impl From<Wire> for Model {
    fn from(wire: Wire) -> Self {
        Self(wire.value)
    }
}

impl From<Model> for Wire {
    fn from(model: Model) -> Self {
        Self { value: model.0 }
    }
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(from = Item)]
struct Raw(Item);

impl From<Item> for Raw {
    fn from(item: Item) -> Self {
        Self(item)
    }
}

impl From<Raw> for Item {
    fn from(raw: Raw) -> Self {
        raw.0
    }
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(transparent)]
struct Transparent<T>(T);

#[test]
fn a_converted_type_is_written_as_the_other_type() {
    assert_eq!(round_trip(&Model(7)), json!({"value": {"N": "7"}}));
    let raw = Raw(image(json!({"x": {"NULL": true}})));
    assert_eq!(round_trip(&raw), json!({"x": {"NULL": true}}));
    assert_eq!(round_trip(&Transparent(Model(7))), json!({"value": {"N": "7"}}));
    let item = Item::try_from(Model(7)).expect("an item");
    assert_eq!(item.len(), 1);
}

struct Celsius(f64);

impl IntoAttribute for Celsius {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        if self.0 < -273.15 {
            return Err("below absolute zero".into());
        }
        self.0.into_attribute()
    }
}

#[derive(IntoItem)]
struct Reading {
    outside: Option<Celsius>,
}

#[test]
fn an_implementation_by_hand_may_refuse_a_value() {
    let reading = |degrees| Reading { outside: Some(Celsius(degrees)) };
    assert!(reading(21.5).into_item().is_ok());
    let error = reading(-300.0).into_item().expect_err("too cold");
    assert_eq!(error.to_string(), "outside: the value does not convert");
    let cause = error.problems()[0].cause().expect("the error").to_string();
    assert_eq!(cause, "below absolute zero");
}
