//! Every key at every place that takes it, in both spellings of a list.

use std::marker::PhantomData;
use std::time::SystemTime;

use ddb_core::{Attribute, AttributeError, FromAttribute, FromStreamImage, Item};

#[derive(FromStreamImage)]
#[ddb(rename_all = "camelCase", bound = "T: ddb_core::FromAttribute + Default", crate = "ddb_core")]
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

#[derive(Default, FromStreamImage)]
#[ddb(default)]
struct Inner {}

#[derive(FromStreamImage)]
#[ddb(strict, deny_unknown)]
struct Closed {
    status: Status,
    id: Id<u8>,
}

#[derive(FromStreamImage)]
#[ddb(transparent, strict)]
struct Id<T>(String, #[ddb(skip)] PhantomData<T>);

#[derive(PartialEq, FromAttribute)]
#[ddb(rename_all = "kebab-case")]
enum Status {
    #[ddb(rename = "o", alias = "open")]
    Open = 3,
    Closed = 1 << 4,
    #[ddb(other)]
    Other,
}

#[derive(FromAttribute)]
#[ddb(repr)]
enum Level {
    Low = 1,
    High = 1 << 4,
    #[ddb(other)]
    Other,
}

#[derive(FromAttribute)]
enum Kept {
    Known,
    #[ddb(other)]
    Other(std::string::String),
}

#[derive(FromStreamImage)]
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

#[derive(FromStreamImage)]
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

#[derive(FromStreamImage)]
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

mod module {
    use super::{Attribute, AttributeError};

    pub fn from_attribute(_: Attribute<'_>) -> Result<u8, AttributeError> {
        Err(AttributeError::expected("nothing"))
    }
}

fn main() {}
