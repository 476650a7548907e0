//! Reads arbitrary bytes as an image and as an event. The readers accept exactly the JSON that
//! `serde_json` accepts, an image gives the same result from JSON as from an `Item`, and nothing
//! panics.
#![no_main]

use base64::prelude::{BASE64_STANDARD as STANDARD, Engine as _};
use ddb_core::error::ProblemKind;
use ddb_core::event::EventError;
use ddb_core::key::KeysOf;
use ddb_core::{FromStreamImage, Ignored, ImageError, Item, KinesisStreamEvent, StreamEvent};
use libfuzzer_sys::fuzz_target;
use serde_json::value::RawValue;

#[derive(Debug, FromStreamImage)]
#[ddb(strict)]
struct Nothing {}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
struct Everything {
    #[ddb(rest)]
    rest: Item,
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
struct Node {
    a: Option<u8>,
    b: Option<String>,
    c: Vec<Option<Node>>,
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(tag = "t", rename_all = "lowercase")]
enum Tagged {
    Node(Node),
    #[ddb(prefix = "a#")]
    A {
        a: Option<u8>,
        #[ddb(rest)]
        rest: Item,
    },
    #[ddb(prefix = "a#b#", alias = "ab")]
    B(Box<Keyed>),
    Unit,
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(by_key)]
enum Keyed {
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
    #[ddb(other)]
    Other(Item),
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
struct Flattened {
    #[ddb(flatten)]
    tagged: Option<Tagged>,
    #[ddb(flatten)]
    keyed: Key,
    #[ddb(rest)]
    rest: Item,
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict, key(q = "{one}#{two}"))]
struct Key {
    one: String,
    two: Option<u8>,
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict, upgrade_from = Newer, upgrade_from = Node)]
struct Newest {
    a: Option<String>,
    b: String,
    #[ddb(flatten)]
    keyed: Option<Key>,
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
struct Newer {
    b: String,
    d: u8,
    #[ddb(rest)]
    rest: Item,
}

impl From<Newer> for Newest {
    fn from(Newer { b, d, rest }: Newer) -> Self {
        Self { a: Some(format!("{d} {}", rest.len())), b, keyed: None }
    }
}

impl From<Node> for Newest {
    fn from(node: Node) -> Self {
        Self { a: None, b: node.b.unwrap_or_default(), keyed: None }
    }
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
struct FlattenedVersions {
    #[ddb(flatten)]
    newest: Option<Newest>,
    #[ddb(rest)]
    rest: Item,
}

/// Asserts that the image reads the same from all three sources.
fn compare<T: FromStreamImage + std::fmt::Debug + PartialEq>(bytes: &[u8], item: &Item) {
    let describe = |read: Result<T, ImageError>| read.map_err(|error| error.to_string());
    let borrowed = describe(T::from_image_ref(item));
    assert_eq!(describe(T::from_image(item.clone())), borrowed);
    assert_eq!(describe(T::from_json(bytes)), borrowed);
}

fuzz_target!(|bytes: &[u8]| {
    let json = serde_json::from_slice::<&RawValue>(bytes).ok();
    let is_object = json.is_some_and(|json| json.get().starts_with('{'));
    assert_eq!(Nothing::from_json(bytes).is_ok(), is_object);
    if let Ok(item) = serde_json::from_slice::<Item>(bytes) {
        let everything = Everything::from_json(bytes);
        if let Ok(expected) = Everything::from_image_ref(&item)
            && !everything.as_ref().is_err_and(has_repeated_name)
        {
            assert_eq!(everything.ok(), Some(expected));
        }
        if !Everything::from_json(bytes).is_err_and(|error| has_repeated_name(&error)) {
            compare::<Node>(bytes, &item);
            compare::<Tagged>(bytes, &item);
            compare::<Keyed>(bytes, &item);
            compare::<Flattened>(bytes, &item);
            compare::<Newest>(bytes, &item);
            compare::<FlattenedVersions>(bytes, &item);
            compare::<KeysOf<Keyed>>(bytes, &item);
        }
    }
    let data = serde_json::json!([{"data": STANDARD.encode(bytes)}]).to_string();
    assert!(
        KinesisStreamEvent::<Node>::from_slice(data.as_bytes())
            .is_ok_and(|event| event.records.len() == 1)
    );
    let decoded = StreamEvent::<Node, Ignored>::from_slice(bytes);
    assert_eq!(matches!(decoded, Err(EventError::NotJson { .. })), json.is_none());
    let Ok(event) = decoded else { return };
    let items = StreamEvent::<Item>::from_slice(bytes).expect("the same payload");
    assert_eq!(items.records.len(), event.records.len());
    let kinesis = KinesisStreamEvent::<Node>::from_slice(bytes).expect("the same payload");
    assert_eq!(kinesis.records.len(), event.records.len());
    for error in event.records.iter().filter_map(|record| record.as_ref().err()) {
        assert!(serde_json::from_str::<&RawValue>(error.raw_json()).is_ok());
    }
});

/// Returns `true` if a name appears twice. `serde_json` then keeps only one of the two attributes,
/// so the results cannot be compared.
fn has_repeated_name(error: &ImageError) -> bool {
    error.problems().iter().any(|problem| {
        matches!(problem.kind(), ProblemKind::RepeatedName | ProblemKind::RepeatedKey)
    })
}
