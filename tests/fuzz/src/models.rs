//! The types that are read and written, with every key of `#[ddb(…)]` and nearly every type of a
//! field.
#![allow(clippy::option_option, reason = "an attribute can be missing, `NULL` or there")]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt::Debug;
use std::net::IpAddr;
use std::num::NonZero;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use ddb_core::event::ChangeImage;
use ddb_core::key::{HasKeys, ToKey};
use ddb_core::{
    AttributeValue, FromAttribute, FromStreamImage, IntoAttribute, IntoItem, Item, Number,
};
use serde::Deserialize;

use crate::{Arbitrary, Unstructured, arbitrary, item};

/// A type of a whole item, which is read, written and generated.
pub trait Model:
    FromStreamImage + ChangeImage + IntoItem + Clone + Debug + PartialEq + for<'a> Arbitrary<'a>
{
}

impl<T> Model for T where
    T: FromStreamImage + ChangeImage + IntoItem + Clone + Debug + PartialEq + for<'a> Arbitrary<'a>
{
}

/// A [`Model`] with a key.
pub trait Keyed: Model + ToKey + HasKeys<Keys: Debug + PartialEq + IntoItem> {}

impl<T> Keyed for T where T: Model + ToKey + HasKeys<Keys: Debug + PartialEq + IntoItem> {}

/// The model of the README.
#[derive(Clone, Debug, Default, PartialEq, FromStreamImage, IntoItem, Arbitrary)]
#[ddb(rename_all = "PascalCase")]
pub struct Sample {
    #[ddb(alias = "a")]
    id: i32,
    #[ddb(rename = "s")]
    message: String,
    #[ddb(default = Kind::First, rename = "o")]
    kind: Kind,
    #[ddb(rename = "n")]
    nested: Nested,
    #[ddb(rename = "l", default)]
    list: Vec<Option<u8>>,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem, Arbitrary)]
#[ddb(strict)]
pub struct Node {
    a: Option<u8>,
    b: Option<String>,
    c: Vec<Option<Node>>,
}

/// What `serde_dynamo` reads as well.
#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem, Deserialize, Arbitrary)]
#[ddb(strict)]
pub struct Wide {
    s: String,
    i: i64,
    u: u8,
    #[arbitrary(with = double)]
    f: f64,
    b: bool,
    o: Option<u32>,
    l: Vec<String>,
    n: Vec<Vec<u16>>,
    m: HashMap<String, i32>,
    ns: HashSet<u32>,
    t: (u8, String),
    nested: Nested,
    raw: Option<Kind>,
    #[ddb(default)]
    #[serde(default)]
    d: u32,
}

#[derive(
    Clone, Debug, Default, PartialEq, Eq, FromStreamImage, IntoItem, Deserialize, Arbitrary,
)]
pub struct Nested {
    x: Option<Box<Nested>>,
    y: Option<bool>,
}

#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    FromAttribute,
    IntoAttribute,
    Deserialize,
    Arbitrary,
)]
#[ddb(rename_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    #[default]
    First,
    SecondOne,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, FromAttribute, IntoAttribute, Arbitrary)]
#[ddb(repr)]
pub enum Level {
    #[default]
    Low = -1,
    High = 7,
}

/// A lossy struct whose fields refuse most attribute values.
#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem, Arbitrary)]
#[ddb(deny_unknown)]
pub struct Picky {
    s: u32,
    i: [char; 2],
    u: BTreeMap<u32, Nested>,
    f: Option<Level>,
    b: Vec<Option<Kind>>,
    #[ddb(from_str)]
    l: Option<IpAddr>,
    #[ddb(serde, default)]
    m: Vec<u64>,
    #[ddb(unix_time)]
    #[arbitrary(with = seconds)]
    o: Option<SystemTime>,
    #[ddb(default)]
    nested: Nested,
    #[ddb(bool_from_number, default = true)]
    a: bool,
    #[ddb(with = halved, default)]
    x: u32,
}

/// A conversion by hand.
mod halved {
    use ddb_core::{Attribute, AttributeError, AttributeValue, FromAttribute, IntoAttribute};

    pub fn from_attribute(attribute: Attribute<'_>) -> Result<u32, AttributeError> {
        u64::from_attribute(attribute).map(|double| (double / 2).min(u32::MAX.into()) as u32)
    }

    pub fn into_attribute(value: u32) -> Result<AttributeValue, AttributeError> {
        (u64::from(value) * 2).into_attribute()
    }
}

/// A struct that keeps every attribute.
#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem, Arbitrary)]
#[ddb(strict)]
pub struct Everything {
    #[ddb(rest)]
    #[arbitrary(with = item::item)]
    rest: Item,
}

type Texts = (Box<str>, Arc<str>, Rc<str>, Cow<'static, str>);

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem, Arbitrary)]
#[ddb(strict)]
pub struct Scalars {
    a: bool,
    b: (i8, i16, i32, i64, isize),
    c: (u8, u16, u32, u64, usize),
    #[arbitrary(with = wide)]
    d: (i128, u128),
    e: Option<NonZero<i32>>,
    #[arbitrary(with = double)]
    f: f64,
    #[arbitrary(with = single)]
    g: f32,
    #[arbitrary(with = number)]
    n: Number,
    s: String,
    t: char,
    #[arbitrary(with = texts)]
    x: Texts,
    y: Vec<u8>,
    z: Box<[u8]>,
    i: [u8; 3],
    #[arbitrary(with = value)]
    value: AttributeValue,
    nested: Option<Option<u8>>,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem, Arbitrary)]
#[ddb(strict)]
pub struct Containers {
    a: Vec<Option<String>>,
    b: VecDeque<i16>,
    #[arbitrary(with = singles)]
    c: [f32; 2],
    d: HashSet<String>,
    e: BTreeSet<i64>,
    f: BTreeSet<Vec<u8>>,
    g: Vec<HashSet<u8>>,
    #[ddb(set)]
    i: Vec<u16>,
    #[ddb(list)]
    l: BTreeSet<(bool, u8)>,
    m: HashMap<String, Option<Vec<i8>>>,
    n: BTreeMap<i32, Tree>,
    o: BTreeMap<Kind, u8>,
    #[ddb(null)]
    p: Option<Box<Tree>>,
    #[ddb(default, skip_if = Vec::is_empty)]
    q: Vec<Arc<Tree>>,
    t: Wrapped,
    u: Position,
}

impl Containers {
    /// The value as it is read again: a `Vec` that is written as a set is sorted.
    #[must_use]
    pub fn as_read(mut self) -> Self {
        self.i.sort_unstable();
        self
    }
}

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute, Arbitrary)]
#[ddb(strict, rename_all = "lowercase")]
pub struct Tree {
    a: Option<u8>,
    l: Vec<Tree>,
}

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute, Arbitrary)]
#[ddb(transparent)]
pub struct Wrapped(Option<Kind>);

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute, Arbitrary)]
pub struct Position(#[arbitrary(with = double)] f64, Option<Level>);

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem, Arbitrary)]
#[ddb(
    strict,
    key(PK = "A#{name}#{kind}", SK = "{u:05}"),
    index_key(GSI1PK = "{{{optional}", GSI1SK = "{name}#{address}")
)]
pub struct WithKey {
    name: String,
    kind: Kind,
    #[ddb(stored)]
    u: u16,
    optional: Option<i32>,
    address: IpAddr,
    #[ddb(unix_time)]
    #[arbitrary(with = second)]
    a: SystemTime,
    #[ddb(unix_time = "ns")]
    #[arbitrary(with = times)]
    b: Vec<SystemTime>,
    #[ddb(from_str)]
    c: BTreeMap<IpAddr, Option<IpAddr>>,
    #[ddb(serde)]
    d: (u8, String),
    #[ddb(flatten)]
    stamp: Option<Stamp>,
    #[ddb(flatten)]
    note: Note,
    #[ddb(rest)]
    rest: HashMap<String, u8>,
}

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute, Arbitrary)]
#[ddb(strict)]
pub struct Stamp {
    created: u64,
    updated: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem, Arbitrary)]
#[ddb(tag = "type", rename_all_fields = "PascalCase")]
pub enum Entity {
    Stamp(Stamp),
    #[ddb(rename = "inline")]
    Inline {
        text: Option<String>,
    },
    Unit,
}

#[derive(Clone, Debug, PartialEq, FromAttribute, IntoAttribute, Arbitrary)]
#[ddb(tag = "note")]
pub enum Note {
    Text { text: Option<String> },
    Nothing,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem, Arbitrary)]
#[ddb(by_key)]
pub enum ByKey {
    #[ddb(key(PK = "ORDER#{a}"))]
    Order { a: u32, n: Entity },
    #[ddb(key(PK = "ORDER#{a}#LINE#{b:03}"))]
    Line { a: u32, b: u8 },
    #[ddb(key(PK = "CONFIG"))]
    Config,
}

/// Variants whose templates and prefixes overlap.
#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem, Arbitrary)]
#[ddb(by_key)]
pub enum Overlapping {
    #[ddb(key(p = "a#{x}", s = "b#{y}#{z:04}"), index_key(g = "{x}"))]
    Wide { x: String, y: u8, z: Option<u16> },
    #[ddb(key(p = "a#{x}", s = "b#{y}#c#{z}"))]
    Narrow {
        #[ddb(stored)]
        x: String,
        y: u8,
        z: u16,
    },
    #[ddb(key(p = "c"))]
    Fixed,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(by_key)]
pub enum Open {
    Wide(Box<QKey>),
    #[ddb(key(q = "c"))]
    Fixed,
    #[ddb(other)]
    Other(Item),
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(tag = "t", rename_all = "lowercase")]
pub enum Tagged {
    Node(Node),
    #[ddb(prefix = "a#")]
    A {
        a: Option<u8>,
        #[ddb(rest)]
        rest: Item,
    },
    #[ddb(prefix = "a#b#", alias = "ab")]
    B(Box<Overlapping>),
    Unit,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
pub struct Flattened {
    #[ddb(flatten)]
    tagged: Option<Tagged>,
    #[ddb(flatten)]
    key: QKey,
    #[ddb(rest)]
    rest: Item,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem, Arbitrary)]
#[ddb(strict, key(q = "{one}#{two}"))]
pub struct QKey {
    one: String,
    two: Option<u8>,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(strict, upgrade_from = Newer, upgrade_from = Node)]
pub struct Newest {
    a: Option<String>,
    b: String,
    #[ddb(flatten)]
    key: Option<QKey>,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
pub struct Newer {
    b: String,
    d: u8,
    #[ddb(rest)]
    rest: Item,
}

impl From<Newer> for Newest {
    fn from(Newer { b, d, rest }: Newer) -> Self {
        Self { a: Some(format!("{d} {}", rest.len())), b, key: None }
    }
}

impl From<Node> for Newest {
    fn from(node: Node) -> Self {
        Self { a: None, b: node.b.unwrap_or_default(), key: None }
    }
}

/// A type with versions that contains itself, and is read lossily where none fits.
#[derive(Clone, Debug, Default, PartialEq, FromStreamImage, IntoItem, Arbitrary)]
#[ddb(upgrade_from = OldBranch)]
pub struct Branch {
    a: u8,
    l: Vec<Branch>,
    n: Option<Box<StrictBranch>>,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem, Arbitrary)]
#[ddb(strict)]
pub struct OldBranch {
    b: u8,
    l: Vec<Branch>,
    n: Option<Box<StrictBranch>>,
}

impl From<OldBranch> for Branch {
    fn from(OldBranch { b, l, n }: OldBranch) -> Self {
        Self { a: b, l, n }
    }
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem, Arbitrary)]
#[ddb(strict, upgrade_from = OldBranch)]
pub struct StrictBranch {
    a: u8,
    l: Vec<Branch>,
    #[ddb(flatten)]
    key: Option<QKey>,
}

impl From<OldBranch> for StrictBranch {
    fn from(OldBranch { b, l, .. }: OldBranch) -> Self {
        Self { a: b, l, key: None }
    }
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
pub struct FlattenedVersions {
    #[ddb(flatten)]
    newest: Option<Newest>,
    #[ddb(rest)]
    rest: Item,
}

/// Reads everything, because each of its fields has a default of its own.
#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem, Arbitrary)]
#[ddb(default)]
pub struct Defaulted {
    a: u8,
    b: Option<Vec<Nested>>,
    #[ddb(skip)]
    c: u8,
    d: HashMap<u8, Level>,
    #[ddb(flatten)]
    stamp: OptionalStamp,
}

impl Default for Defaulted {
    fn default() -> Self {
        Self {
            a: 7,
            b: None,
            c: 0,
            d: HashMap::from([(1, Level::High)]),
            stamp: OptionalStamp::default(),
        }
    }
}

impl Defaulted {
    /// The value as it is read again: a field that is skipped has its default.
    #[must_use]
    pub fn as_read(self) -> Self {
        Self { c: 0, ..self }
    }
}

#[derive(Clone, Debug, Default, PartialEq, FromAttribute, IntoAttribute, Arbitrary)]
pub struct OptionalStamp {
    created: Option<u64>,
    updated: Option<u64>,
}

fn value(u: &mut Unstructured<'_>) -> arbitrary::Result<AttributeValue> {
    item::value(u, 4)
}

/// A float that DynamoDB stores, mostly.
fn double(u: &mut Unstructured<'_>) -> arbitrary::Result<f64> {
    if u.arbitrary()? { u.arbitrary() } else { Ok(f64::from(u.arbitrary::<i32>()?) / 8.0) }
}

fn single(u: &mut Unstructured<'_>) -> arbitrary::Result<f32> {
    if u.arbitrary()? { u.arbitrary() } else { Ok(f32::from(u.arbitrary::<i16>()?) / 8.0) }
}

fn singles(u: &mut Unstructured<'_>) -> arbitrary::Result<[f32; 2]> {
    Ok([single(u)?, single(u)?])
}

fn wide(u: &mut Unstructured<'_>) -> arbitrary::Result<(i128, u128)> {
    let limit = 10_u128.pow(38);
    Ok((u.arbitrary::<i128>()? % limit.cast_signed(), u.arbitrary::<u128>()? % limit))
}

fn number(u: &mut Unstructured<'_>) -> arbitrary::Result<Number> {
    Ok(item::number(u)?.parse().unwrap_or_default())
}

fn texts(u: &mut Unstructured<'_>) -> arbitrary::Result<Texts> {
    let mut text = || u.arbitrary::<String>();
    Ok((text()?.into(), text()?.into(), text()?.into(), text()?.into()))
}

/// A time in the years 1970 to 9999, in whole seconds.
fn second(u: &mut Unstructured<'_>) -> arbitrary::Result<SystemTime> {
    let after = Duration::from_secs(u.int_in_range(0..=253_402_300_799)?);
    Ok(SystemTime::UNIX_EPOCH + after)
}

fn seconds(u: &mut Unstructured<'_>) -> arbitrary::Result<Option<SystemTime>> {
    if u.arbitrary()? { second(u).map(Some) } else { Ok(None) }
}

fn times(u: &mut Unstructured<'_>) -> arbitrary::Result<Vec<SystemTime>> {
    let mut times = Vec::new();
    for _ in 0..u.int_in_range(0..=3)? {
        let distance =
            Duration::new(u.int_in_range(0..=62_167_219_200)?, u.int_in_range(0..=999_999_999)?);
        let epoch = SystemTime::UNIX_EPOCH;
        times.push(if u.arbitrary()? { epoch + distance } else { epoch - distance });
    }
    Ok(times)
}
