//! Every key at every place that takes it, in both spellings of a list.

use std::marker::PhantomData;
use std::time::SystemTime;

use ddb_core::{
    Attribute, AttributeError, AttributeValue, FromAttribute, FromStreamImage, IntoAttribute,
    IntoItem, Item,
};

#[derive(FromStreamImage, IntoItem)]
#[ddb(rename_all = "camelCase", bound = "T: ddb_core::FromAttribute + ddb_core::IntoAttribute + Default", crate = "ddb_core")]
#[ddb(default = Fields::new())]
struct Fields<T> {
    #[ddb(rename = "ID", alias = "Id", alias = "id",)]
    plain: T,
    #[ddb(default)]
    defaulted: u32,
    #[ddb(default = u32::MAX - 1)]
    expression: u32,
    #[ddb(default = { let one = 1; vec![one, 2] })]
    block: Vec<u8>,
    #[ddb(default = std::collections::HashMap::<String, u32>::new())]
    commas: std::collections::HashMap<String, u32>,
    #[ddb(skip)]
    skipped: PhantomData<T>,
    #[ddb(skip, default = 1)]
    skipped_default: u8,
    #[ddb(flatten)]
    flattened: Inner,
    #[ddb(flatten, default)]
    flattened_default: Option<Closed>,
    #[ddb(with = module)]
    with: u8,
    #[ddb(with = self::module, default)]
    with_default: u8,
    #[ddb(from_str)]
    parsed: bool,
    #[ddb(try_from = std::collections::HashMap<String, u32>)]
    converted: Option<Counted>,
    #[ddb(serde)]
    serde: u8,
    #[ddb(unix_time)]
    time: Option<SystemTime>,
    #[ddb(unix_time = "ms")]
    times: Vec<SystemTime>,
    #[ddb(bytes)]
    bytes: std::collections::VecDeque<u8>,
    #[ddb(set, null)]
    set: Option<Vec<u8>>,
    #[ddb(list, from_str)]
    list: std::collections::HashSet<u8>,
    #[ddb(default, skip_if = Vec::is_empty)]
    skipped_if: Vec<T>,
    #[ddb(skip_if = str::is_empty)]
    skipped_by: String,
    #[ddb(bool_from_number)]
    flag: bool,
    #[ddb(rest)]
    rest: Item,
}

impl<T: Default> Fields<T> {
    fn new() -> Self {
        unimplemented!()
    }
}

#[derive(Default, FromStreamImage, IntoItem)]
#[ddb(default)]
struct Inner {}

#[derive(FromStreamImage, IntoItem)]
#[ddb(strict, deny_unknown)]
struct Closed {
    status: Status,
    id: Id<u8>,
}

#[derive(FromStreamImage, IntoItem)]
#[ddb(transparent, strict)]
struct Id<T>(String, #[ddb(skip)] PhantomData<T>);

#[derive(PartialEq, FromAttribute, IntoAttribute)]
#[ddb(rename_all = "kebab-case")]
enum Status {
    #[ddb(rename = "o", alias = "open")]
    Open = 3,
    Closed = 1 << 4,
    #[ddb(other)]
    Other,
}

#[derive(FromAttribute, IntoAttribute)]
#[ddb(repr)]
enum Level {
    Low = 1,
    High = 1 << 4,
    #[ddb(other)]
    Other,
}

#[derive(FromAttribute, IntoAttribute)]
enum Kept {
    Known,
    #[ddb(other)]
    Other(std::string::String),
}

#[derive(FromStreamImage, IntoItem)]
#[ddb(
    strict,
    key(PK = "A#{a}", "S-K" = "{b:04}#{{{c}"),
    index_key(GSI1PK = "{c}"),
    index_key(GSI2PK = "fixed", GSI2SK = "{d}")
)]
struct Templates {
    a: std::string::String,
    #[ddb(stored, alias = "B")]
    b: u16,
    c: Status,
    d: Option<u8>,
}

#[derive(FromStreamImage, IntoItem)]
#[ddb(tag = "type", rename_all = "snake_case", rename_all_fields = "PascalCase")]
enum Tagged {
    #[ddb(rename = "closed", alias = "shut")]
    Closed(Closed),
    #[ddb(prefix = "OPEN#", prefix = "FREE#")]
    Open {
        #[ddb(alias = "Id")]
        number: Option<u8>,
        #[ddb(flatten)]
        inner: Inner,
        #[ddb(skip)]
        skipped: u8,
        #[ddb(rest)]
        rest: Item,
    },
    Unit,
    #[ddb(other)]
    Other(Item),
}

#[derive(FromStreamImage, IntoItem)]
#[ddb(by_key, rename_all_fields = "camelCase")]
enum Keyed {
    Templates(Box<Templates>),
    #[ddb(key(PK = "X#{id}"), index_key(GSI1PK = "{id}"))]
    Fields {
        id: u8,
    },
    #[ddb(key(PK = "Y"))]
    Unit,
    #[ddb(other)]
    Other,
}

struct Counted(usize);

impl TryFrom<std::collections::HashMap<String, u32>> for Counted {
    type Error = std::num::TryFromIntError;

    fn try_from(map: std::collections::HashMap<String, u32>) -> Result<Self, Self::Error> {
        Ok(Self(map.len()))
    }
}

impl From<Counted> for std::collections::HashMap<String, u32> {
    fn from(_: Counted) -> Self {
        Self::new()
    }
}

mod module {
    use super::{Attribute, AttributeError, AttributeValue};

    pub fn into_attribute(_: u8) -> Result<AttributeValue, AttributeError> {
        Err(AttributeError::expected("nothing"))
    }

    pub fn from_attribute(_: Attribute<'_>) -> Result<u8, AttributeError> {
        Err(AttributeError::expected("nothing"))
    }
}

fn main() {}
