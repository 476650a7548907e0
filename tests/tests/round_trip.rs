//! What is written is read again as the same value, from every source; and where this crate and
//! `serde_dynamo` both can write a value, they write the same.
//!
//! `PROPTEST_CASES=1000000 cargo test --release -p ddb-tests --test round_trip` runs a million cases.

#![allow(clippy::option_option, reason = "an attribute can be missing, `NULL` or there")]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt::Debug;
use std::net::IpAddr;
use std::num::NonZero;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use ddb_core::{
    AttributeValue, FromAttribute, FromStreamImage, IntoAttribute, IntoItem, Item, Number,
};
use proptest::collection::{btree_map, btree_set, hash_map, hash_set, vec};
use proptest::option;
use proptest::prelude::*;
use serde::Serialize;

/// The number of cases, which `PROPTEST_CASES` replaces.
fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    ProptestConfig {
        cases: cases.unwrap_or(1024),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict)]
struct Scalars {
    boolean: bool,
    signed: (i8, i16, i32, i64, isize),
    unsigned: (u8, u16, u32, u64, usize),
    wide: (i128, u128),
    nonzero: Option<NonZero<i32>>,
    double: f64,
    single: f32,
    number: Number,
    text: String,
    character: char,
    shared: (Box<str>, Arc<str>, Rc<str>, Cow<'static, str>),
    bytes: Vec<u8>,
    boxed: Box<[u8]>,
    array: [u8; 3],
    value: AttributeValue,
    nothing: Option<Option<u8>>,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict)]
struct Containers {
    list: Vec<Option<String>>,
    deque: VecDeque<i16>,
    pair: [f32; 2],
    strings: HashSet<String>,
    numbers: BTreeSet<i64>,
    blobs: BTreeSet<Vec<u8>>,
    sets: Vec<HashSet<u8>>,
    #[ddb(set)]
    sorted: Vec<u16>,
    #[ddb(list)]
    listed: BTreeSet<(bool, u8)>,
    map: HashMap<String, Option<Vec<i8>>>,
    by_number: BTreeMap<i32, Tree>,
    by_kind: BTreeMap<Kind, u8>,
    #[ddb(null)]
    null: Option<Box<Tree>>,
    #[ddb(default, skip_if = Vec::is_empty)]
    skipped: Vec<Arc<Tree>>,
    wrapped: Wrapped,
    position: Position,
}

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute)]
#[ddb(strict, rename_all = "PascalCase")]
struct Tree {
    label: Option<u8>,
    children: Vec<Tree>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, FromAttribute, IntoAttribute)]
#[ddb(rename_all = "kebab-case")]
enum Kind {
    First,
    SecondOne,
}

#[derive(Clone, Copy, Debug, PartialEq, FromAttribute, IntoAttribute)]
#[ddb(repr)]
enum Level {
    Low = -1,
    High = 7,
}

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute)]
#[ddb(transparent)]
struct Wrapped(Option<Kind>);

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute)]
struct Position(f64, Option<Level>);

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(
    strict,
    key(PK = "A#{name}#{kind}", SK = "{number:05}"),
    index_key(GSI1PK = "{{{optional}", GSI1SK = "{name}#{address}")
)]
struct Keyed {
    name: String,
    kind: Kind,
    #[ddb(stored)]
    number: u16,
    optional: Option<i32>,
    address: IpAddr,
    #[ddb(unix_time)]
    seconds: SystemTime,
    #[ddb(unix_time = "ns")]
    times: Vec<SystemTime>,
    #[ddb(from_str)]
    addresses: BTreeMap<IpAddr, Option<IpAddr>>,
    #[ddb(serde)]
    serde: (u8, String),
    #[ddb(flatten)]
    stamp: Option<Stamp>,
    #[ddb(flatten)]
    note: Note,
    #[ddb(rest)]
    rest: HashMap<String, u8>,
}

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute)]
#[ddb(strict)]
struct Stamp {
    created: u64,
    updated: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(tag = "type", rename_all_fields = "PascalCase")]
enum Entity {
    Stamp(Stamp),
    #[ddb(rename = "inline")]
    Inline {
        text: Option<String>,
    },
    Unit,
}

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute)]
#[ddb(tag = "note")]
enum Note {
    Text { text: Option<String> },
    Nothing,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(by_key)]
enum ByKey {
    #[ddb(key(PK = "ORDER#{order}"))]
    Order { order: u32, entity: Entity },
    #[ddb(key(PK = "ORDER#{order}#LINE#{line:03}"))]
    Line { order: u32, line: u8 },
    #[ddb(key(PK = "CONFIG"))]
    Config,
}

fn wide() -> impl Strategy<Value = (i128, u128)> {
    let limit = 10_u128.pow(38);
    (any::<i128>(), any::<u128>())
        .prop_map(move |(signed, unsigned)| (signed % limit.cast_signed(), unsigned % limit))
}

/// A float that DynamoDB stores. Any other one is replaced, because a filter rejects too many of a
/// million.
fn double() -> impl Strategy<Value = f64> {
    (any::<f64>(), any::<i32>()).prop_map(|(float, other)| {
        let is_stored = float == 0.0 || (1e-130..1e126).contains(&float.abs());
        if is_stored { float } else { f64::from(other) / 8.0 }
    })
}

fn single() -> impl Strategy<Value = f32> {
    any::<f32>().prop_map(|float| if float.is_finite() { float } else { 0.5 })
}

fn value() -> impl Strategy<Value = AttributeValue> {
    let leaf = prop_oneof![
        any::<String>().prop_map(AttributeValue::S),
        any::<i64>().prop_map(|number| AttributeValue::N(number.to_string())),
        vec(any::<u8>(), 0..4).prop_map(AttributeValue::B),
        any::<bool>().prop_map(AttributeValue::Bool),
        Just(AttributeValue::Null(true)),
        vec(any::<String>(), 1..3).prop_map(AttributeValue::Ss),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(AttributeValue::L),
            hash_map(any::<String>(), inner, 0..3).prop_map(AttributeValue::M),
        ]
    })
}

fn scalars() -> impl Strategy<Value = Scalars> {
    let integers = (
        any::<(i8, i16, i32, i64, isize)>(),
        any::<(u8, u16, u32, u64, usize)>(),
        wide(),
        any::<i32>().prop_map(NonZero::new),
    );
    let numbers = (any::<bool>(), integers, double(), single());
    let number = "-?[1-9][0-9]{0,17}(\\.[0-9]{1,18})?(E-?[1-9])?";
    let texts = (any::<String>(), any::<char>(), any::<[String; 4]>());
    let bytes = (vec(any::<u8>(), 0..5), vec(any::<u8>(), 0..5), any::<[u8; 3]>());
    let rest = (value(), any::<Option<Option<u8>>>());
    (numbers, number, texts, bytes, rest).prop_map(
        |(
            (boolean, (signed, unsigned, wide, nonzero), double, single),
            number,
            (text, character, [one, two, three, four]),
            (bytes, boxed, array),
            (value, nothing),
        )| Scalars {
            boolean,
            signed,
            unsigned,
            wide,
            nonzero,
            double,
            single,
            number: number.parse().expect("a number"),
            text,
            character,
            shared: (one.into(), two.into(), three.into(), Cow::Owned(four)),
            bytes,
            boxed: boxed.into(),
            array,
            value,
            nothing,
        },
    )
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = any::<Option<u8>>().prop_map(|label| Tree { label, children: Vec::new() });
    leaf.prop_recursive(4, 8, 2, |inner| {
        (any::<Option<u8>>(), vec(inner, 0..3))
            .prop_map(|(label, children)| Tree { label, children })
    })
}

fn kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(vec![Kind::First, Kind::SecondOne])
}

fn containers() -> impl Strategy<Value = Containers> {
    let lists = (vec(any::<Option<String>>(), 0..4), vec(any::<i16>(), 0..4), [single(), single()]);
    let sets = (
        hash_set(any::<String>(), 0..4),
        btree_set(any::<i64>(), 0..4),
        btree_set(vec(any::<u8>(), 0..3), 0..3),
        vec(hash_set(any::<u8>(), 1..3), 0..3),
        btree_set(any::<u16>(), 0..4),
        btree_set(any::<(bool, u8)>(), 0..3),
    );
    let maps = (
        hash_map(any::<String>(), option::of(vec(any::<i8>(), 0..3)), 0..3),
        btree_map(any::<i32>(), tree(), 0..3),
        btree_map(kind(), any::<u8>(), 0..3),
    );
    let level = option::of(prop::sample::select(vec![Level::Low, Level::High]));
    let rest = (option::of(tree()), vec(tree(), 0..2), option::of(kind()), double(), level);
    (lists, sets, maps, rest).prop_map(
        |(
            (list, deque, pair),
            (strings, numbers, blobs, sets, sorted, listed),
            (map, by_number, by_kind),
            (null, skipped, wrapped, first, second),
        )| Containers {
            list,
            deque: deque.into(),
            pair,
            strings,
            numbers,
            blobs,
            sets,
            sorted: sorted.into_iter().collect(),
            listed,
            map,
            by_number,
            by_kind,
            null: null.map(Box::new),
            skipped: skipped.into_iter().map(Arc::new).collect(),
            wrapped: Wrapped(wrapped),
            position: Position(first, second),
        },
    )
}

fn stamp() -> impl Strategy<Value = Stamp> {
    any::<(u64, Option<u64>)>().prop_map(|(created, updated)| Stamp { created, updated })
}

fn entity() -> impl Strategy<Value = Entity> {
    prop_oneof![
        stamp().prop_map(Entity::Stamp),
        any::<Option<String>>().prop_map(|text| Entity::Inline { text }),
        Just(Entity::Unit),
    ]
}

/// A time in the years 0 to 9999, of whole nanoseconds.
fn time() -> impl Strategy<Value = SystemTime> {
    (-62_167_219_200..=253_402_300_799_i64, 0..1_000_000_000_u32).prop_map(
        |(seconds, nanoseconds)| {
            let whole = Duration::from_secs(seconds.unsigned_abs());
            let epoch = SystemTime::UNIX_EPOCH;
            let time = if seconds < 0 { epoch - whole } else { epoch + whole };
            time + Duration::from_nanos(nanoseconds.into())
        },
    )
}

fn seconds() -> impl Strategy<Value = SystemTime> {
    (0..253_402_300_799_u64).prop_map(|after| SystemTime::UNIX_EPOCH + Duration::from_secs(after))
}

fn keyed() -> impl Strategy<Value = Keyed> {
    let key = ("[^#\u{0}]{1,4}", kind(), any::<u16>(), any::<Option<i32>>(), any::<IpAddr>());
    let times = (seconds(), vec(time(), 0..3));
    let conversions =
        (btree_map(any::<IpAddr>(), any::<Option<IpAddr>>(), 0..3), any::<(u8, String)>());
    let note = prop_oneof![
        any::<Option<String>>().prop_map(|text| Note::Text { text }),
        Just(Note::Nothing),
    ];
    let beside = (option::of(stamp()), note, hash_map("[.][a-z]{0,3}", any::<u8>(), 0..3));
    (key, times, conversions, beside).prop_map(
        |(
            (name, kind, number, optional, address),
            (seconds, times),
            (addresses, serde),
            (stamp, note, rest),
        )| Keyed {
            name,
            kind,
            number,
            optional,
            address,
            seconds,
            times,
            addresses,
            serde,
            stamp,
            note,
            rest,
        },
    )
}

fn by_key() -> impl Strategy<Value = ByKey> {
    prop_oneof![
        (any::<u32>(), entity()).prop_map(|(order, entity)| ByKey::Order { order, entity }),
        any::<(u32, u8)>().prop_map(|(order, line)| ByKey::Line { order, line }),
        Just(ByKey::Config),
    ]
}

/// Writes the value, and reads it from the item, from a reference and from JSON.
fn check<T>(value: &T) -> Result<(), TestCaseError>
where
    T: IntoItem + FromStreamImage + Clone + Debug + PartialEq,
{
    let item = value.to_item().map_err(|error| TestCaseError::fail(error.to_string()))?;
    let json = serde_json::to_string(&item).expect("JSON");
    prop_assert_eq!(&T::from_image_ref(&item).expect("by reference"), value);
    prop_assert_eq!(&T::from_json(json.as_bytes()).expect("from JSON"), value);
    prop_assert_eq!(&T::from_image(item).expect("by value"), value);
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn scalars_are_read_as_they_were_written(value in scalars()) {
        check(&value)?;
    }

    #[test]
    fn containers_are_read_as_they_were_written(value in containers()) {
        check(&value)?;
    }

    #[test]
    fn keys_and_flattened_fields_are_read_as_they_were_written(value in keyed()) {
        check(&value)?;
    }

    #[test]
    fn variants_are_read_as_they_were_written(value in (entity(), by_key())) {
        check(&value.0)?;
        check(&value.1)?;
    }

    #[test]
    fn both_crates_write_the_same(value in common()) {
        let ours = value.to_item().map_err(|error| TestCaseError::fail(error.to_string()))?;
        let theirs: Item = serde_dynamo::to_item(&value).expect("serializes");
        prop_assert_eq!(split_floats(ours), split_floats(theirs));
    }
}

/// What both crates write in the same way.
#[derive(Clone, Debug, PartialEq, IntoItem, Serialize)]
struct Common {
    boolean: bool,
    signed: (i8, i64),
    unsigned: (u8, u64),
    double: f64,
    single: f32,
    text: String,
    character: char,
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<String>,
    list: Vec<Option<i32>>,
    map: BTreeMap<i16, Vec<String>>,
    inner: Inner,
}

#[derive(Clone, Debug, PartialEq, IntoAttribute, Serialize)]
struct Inner {
    kind: CommonKind,
    tuple: (bool, Option<Box<str>>),
}

#[derive(Clone, Debug, PartialEq, IntoAttribute, Serialize)]
enum CommonKind {
    One,
    Two,
}

fn common() -> impl Strategy<Value = Common> {
    let scalars = (
        any::<bool>(),
        any::<(i8, i64)>(),
        any::<(u8, u64)>(),
        double(),
        single(),
        any::<String>(),
        any::<char>(),
    );
    let containers = (
        any::<Option<String>>(),
        vec(any::<Option<i32>>(), 0..4),
        btree_map(any::<i16>(), vec(any::<String>(), 0..3), 0..3),
        prop::sample::select(vec![CommonKind::One, CommonKind::Two]),
        any::<(bool, Option<String>)>(),
    );
    (scalars, containers).prop_map(
        |(
            (boolean, signed, unsigned, double, single, text, character),
            (option, list, map, kind, (first, second)),
        )| Common {
            boolean,
            signed,
            unsigned,
            double,
            single,
            text,
            character,
            option,
            list,
            map,
            inner: Inner { kind, tuple: (first, second.map(Into::into)) },
        },
    )
}

/// The item without its floats, and the floats: there can be two shortest texts for one float.
fn split_floats(item: Item) -> (HashMap<String, AttributeValue>, [f64; 2]) {
    let mut attributes = item.into_inner();
    let mut take = |name| match attributes.remove(name) {
        Some(AttributeValue::N(text)) => text,
        other => panic!("{other:?} is not a number"),
    };
    let double = take("double").parse().expect("a double");
    let single: f32 = take("single").parse().expect("a float");
    (attributes, [double, single.into()])
}
