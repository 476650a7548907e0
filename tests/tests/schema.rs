//! The schema of a type, and the projection that is derived from it.
#![allow(dead_code, reason = "the types are asked for their schema, and not read")]

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use ddb_core::schema::{AttributeSchema, Schema, VariantSchema};
use ddb_core::{Attribute, AttributeError, FromAttribute, FromStreamImage, Item, projection};

#[derive(FromStreamImage)]
#[ddb(strict, key(PK = "ORDER#{id}"))]
#[ddb(index_key(GSI1PK = "STATUS#{status}", GSI2PK = "SHOP#{shop}", GSI2SK = "{id}"))]
struct Order {
    id: u64,
    status: Option<String>,
    shop: String,
    #[ddb(rename = "Total", alias = "Sum")]
    total: Option<f64>,
    #[ddb(default)]
    count: u8,
    tags: HashSet<String>,
    lines: Vec<Line>,
    by_name: Option<Arc<BTreeMap<String, Box<Line>>>>,
    #[ddb(from_str)]
    version: std::net::IpAddr,
    #[ddb(try_from = Option<u32>)]
    converted: Converted,
    #[ddb(with = line)]
    with: Option<Line>,
    #[ddb(skip)]
    _skipped: u8,
    #[ddb(flatten)]
    address: Option<Address>,
    #[ddb(flatten)]
    stamp: Stamp,
}

#[derive(FromAttribute)]
#[ddb(strict)]
struct Line {
    sku: String,
    children: Vec<Line>,
}

struct Converted;

impl From<Option<u32>> for Converted {
    fn from(_: Option<u32>) -> Self {
        Self
    }
}

mod line {
    use super::{Attribute, AttributeError, FromAttribute, Line};

    pub(super) fn from_attribute(attribute: Attribute<'_>) -> Result<Line, AttributeError> {
        Line::from_attribute(attribute)
    }
}

#[derive(FromAttribute)]
#[ddb(strict)]
struct Address {
    city: String,
}

#[derive(FromAttribute)]
#[ddb(strict)]
struct Stamp {
    created: u64,
    updated: Option<u64>,
}

/// `Total or Sum: N, optional` for each attribute.
fn describe(schema: &'static Schema) -> Vec<String> {
    let describe = |attribute: AttributeSchema| {
        let names: Vec<_> = [attribute.name()].iter().chain(attribute.aliases()).copied().collect();
        let required = if attribute.is_required() { "" } else { ", optional" };
        format!("{}: {}{required}", names.join(" or "), attribute.attribute_types())
    };
    schema.attributes().map(describe).collect()
}

#[test]
fn the_schema_has_each_attribute_with_its_types() {
    assert_eq!(
        describe(Order::SCHEMA),
        [
            "PK: S",
            "GSI1PK: S, optional",
            // The shop is nowhere else, and the id is in the key as well.
            "GSI2PK: S",
            "GSI2SK: S, optional",
            "Total or Sum: N, optional",
            "count: N, optional",
            "tags: L or SS, optional",
            "lines: L",
            "by_name: M, optional",
            "version: S or N",
            "converted: N, optional",
            "with: S, N, B, BOOL, NULL, M, L, SS, NS or BS, optional",
            "city: S, optional",
            "created: N",
            "updated: N, optional",
        ]
    );
    let attribute = |name: &str| {
        Order::SCHEMA.attributes().find(|attribute| attribute.name() == name).expect("it")
    };
    assert_eq!(attribute("PK").template(), Some("ORDER#{id}"));
    assert!(attribute("PK").schema().is_none() && attribute("version").schema().is_none());
    assert!(attribute("Total").template().is_none());
    for name in ["lines", "by_name"] {
        let line = attribute(name).schema().and_then(Schema::element).expect("elements");
        assert_eq!(describe(line), ["sku: S", "children: L"], "{name}");
        let child = line.attributes().nth(1).and_then(|it| it.schema()?.element());
        assert_eq!(describe(child.expect("itself")), describe(line), "{name}");
    }
}

#[derive(FromStreamImage)]
#[ddb(tag = "kind")]
enum Entity {
    Order(Box<Order>),
    Note {
        text: String,
        #[ddb(rename = "Total")]
        total: Option<String>,
    },
    Heartbeat,
}

#[derive(FromStreamImage)]
#[ddb(tag = "kind")]
enum Open {
    Note {
        text: String,
    },
    #[ddb(other)]
    Other(Item),
}

#[derive(FromStreamImage)]
#[ddb(tag = "kind")]
enum OpenWithoutItem {
    Note {
        text: String,
    },
    #[ddb(other)]
    Other,
}

#[test]
fn an_enum_has_the_attributes_of_its_variants() {
    assert_eq!(Entity::SCHEMA.tag(), Some("kind"));
    let names: Vec<_> = Entity::SCHEMA.variants().map(VariantSchema::name).collect();
    assert_eq!(names, ["Order", "Note", "Heartbeat"]);
    let attributes = describe(Entity::SCHEMA);
    assert_eq!(attributes.first().map(String::as_str), Some("kind: S"));
    assert!(attributes.iter().any(|it| it == "Total or Sum: N, optional"), "{attributes:?}");
    assert!(attributes.iter().any(|it| it == "Total: S, optional"), "{attributes:?}");
    assert!(attributes.iter().any(|it| it == "PK: S, optional"), "{attributes:?}");
    assert!(attributes.iter().any(|it| it == "text: S, optional"), "{attributes:?}");
    assert_eq!(describe(Open::SCHEMA), ["kind: S, optional", "text: S, optional"]);
    assert!(Open::SCHEMA.collects_rest() && !Entity::SCHEMA.collects_rest());
}

struct ByHand;

impl FromAttribute for ByHand {
    const EXPECTED: ddb_core::error::Expected = u8::EXPECTED;

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        u8::from_attribute(attribute).map(|_| Self)
    }
}

#[derive(FromAttribute)]
#[ddb(transparent)]
struct Wrapper<T>(T);

#[derive(FromStreamImage)]
#[ddb(try_from = Stamp)]
struct Checked;

impl TryFrom<Stamp> for Checked {
    type Error = &'static str;

    fn try_from(_: Stamp) -> Result<Self, Self::Error> {
        Ok(Self)
    }
}

#[derive(FromStreamImage)]
#[ddb(from = Item)]
struct Raw;

impl From<Item> for Raw {
    fn from(_: Item) -> Self {
        Self
    }
}

#[test]
fn every_type_has_a_schema() {
    assert_eq!(ByHand::SCHEMA.attribute_types().to_string(), "N");
    assert_eq!(describe(ByHand::SCHEMA), [""; 0]);
    assert_eq!(describe(<Wrapper<Wrapper<Stamp>>>::SCHEMA), describe(Stamp::SCHEMA));
    assert_eq!(describe(Checked::SCHEMA), describe(Stamp::SCHEMA));
    assert!(Raw::SCHEMA.collects_rest() && Item::SCHEMA.collects_rest());
    let element = <BTreeMap<String, [Wrapper<Stamp>; 2]>>::SCHEMA.element();
    let element = element.and_then(Schema::element).expect("elements of elements");
    assert_eq!(describe(element), describe(Stamp::SCHEMA));
}

#[derive(FromStreamImage)]
#[ddb(strict, upgrade_from = Stamp)]
struct Dated {
    date: String,
    created: u64,
}

impl From<Stamp> for Dated {
    fn from(stamp: Stamp) -> Self {
        Self { date: String::new(), created: stamp.created }
    }
}

#[derive(FromStreamImage)]
#[ddb(strict)]
struct WithRest {
    id: u64,
    #[ddb(rest)]
    rest: Item,
}

#[derive(FromStreamImage)]
#[ddb(strict)]
struct Around {
    #[ddb(flatten)]
    inner: WithRest,
}

#[derive(FromStreamImage)]
#[ddb(tag = "kind")]
enum OfDated {
    Dated(Dated),
    Other {
        #[ddb(rename = "date", alias = "day")]
        date: String,
        created: u64,
    },
}

#[derive(FromStreamImage)]
#[ddb(strict)]
struct AroundDated {
    #[ddb(flatten)]
    dated: Dated,
}

#[derive(FromStreamImage)]
#[ddb(by_key)]
enum Keyed {
    #[ddb(key(PK = "A#{id}"))]
    A { id: u8, extra: String },
    #[ddb(key(PK = "B#{id}", SK = "C"))]
    B {
        #[ddb(stored)]
        id: u8,
    },
}

#[derive(FromStreamImage)]
struct Empty {
    #[ddb(skip)]
    nothing: u8,
}

#[test]
fn an_attribute_that_every_variant_requires_is_required() {
    assert_eq!(
        describe(OfDated::SCHEMA),
        ["kind: S", "date: S, optional", "created: N", "date or day: S, optional"]
    );
    assert_eq!(
        describe(Keyed::SCHEMA),
        // The id is in the key, so it need not be stored.
        ["PK: S", "extra: S, optional", "SK: S, optional", "id: N, optional"]
    );
}

fn projected<T: FromStreamImage>() -> Option<Vec<String>> {
    let mut projection = projection::<T>()?;
    let name = |placeholder| projection.names.remove(placeholder).expect("a placeholder once");
    let names = projection.expression.split(", ").map(name).collect();
    assert!(projection.names.is_empty(), "each name is in the expression");
    Some(names)
}

#[test]
fn a_projection_has_every_name_or_there_is_none() {
    let names = projected::<Order>().expect("the names are known");
    assert!(
        ["PK", "GSI1PK", "Total", "Sum", "city"].iter().all(|it| names.contains(&(*it).into()))
    );
    assert_eq!(names.len(), 16);
    let names = projected::<Entity>().expect("the names are known");
    assert!(["kind", "text", "Total"].iter().all(|it| names.contains(&(*it).into())));
    assert_eq!(projected::<Dated>().expect("known"), ["date", "created", "updated"]);
    assert_eq!(projected::<OpenWithoutItem>().expect("known"), ["kind", "text"]);
    assert_eq!(Dated::SCHEMA.versions().count(), 1);
    // Also those of an older version inside.
    let names = projected::<OfDated>().expect("known");
    assert_eq!(names, ["kind", "date", "created", "updated", "day"]);
    assert_eq!(projected::<AroundDated>().expect("known"), ["date", "created", "updated"]);
    assert_eq!(projected::<Empty>(), None);
    for none in
        [projected::<WithRest>(), projected::<Around>(), projected::<Open>(), projected::<Raw>()]
    {
        assert_eq!(none, None);
    }
}
