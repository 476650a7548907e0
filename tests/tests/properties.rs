//! Properties that hold for every image.

#![allow(
    clippy::many_single_char_names,
    reason = "the fields of `Wide` are named after what they hold"
)]

use std::any::type_name;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Debug;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ddb_core::{
    AttributeValue, Change, FromAttribute, FromStreamImage, ImageError, Item, Number, StreamEvent,
};
use ddb_tests::{Holder, is_lossless_for_serde};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::Value;

/// A character of the generated attribute values that no name, type or message contains.
const MARKER: &str = "\u{1f512}";

#[derive(Clone, Debug, Default, PartialEq, FromStreamImage)]
#[ddb(rename_all = "PascalCase")]
struct SampleModel {
    id: i32,
    message: String,
    entity_type: String,
}

/// The conversion that the derive replaces, written by hand.
#[derive(Debug, PartialEq)]
struct ByHand(SampleModel);

impl From<Item> for ByHand {
    fn from(image: Item) -> Self {
        let text = |name| match image.get(name) {
            Some(AttributeValue::S(text)) => text.clone(),
            _ => String::new(),
        };
        let id = match image.get("Id") {
            Some(AttributeValue::N(number)) => number.parse::<i32>().unwrap_or(0),
            _ => 0,
        };
        Self(SampleModel { id, message: text("Message"), entity_type: text("EntityType") })
    }
}

/// A struct with a field of nearly every kind, with the same names for serde.
#[derive(Debug, PartialEq, FromStreamImage, Deserialize)]
#[ddb(strict)]
struct Wide {
    s: String,
    i: i64,
    u: u8,
    f: f64,
    b: bool,
    o: Option<u32>,
    l: Vec<String>,
    n: Vec<Vec<u16>>,
    m: HashMap<String, i32>,
    ns: HashSet<u32>,
    t: (u8, String),
    nested: Nested,
    raw: Option<Unit>,
    #[ddb(default)]
    #[serde(default)]
    d: u32,
}

#[derive(Debug, PartialEq, Eq, FromStreamImage, Deserialize)]
#[ddb(strict)]
struct Nested {
    x: Option<Box<Nested>>,
    y: Option<bool>,
}

#[derive(Debug, PartialEq, FromAttribute, Deserialize)]
enum Unit {
    A,
    B,
}

/// A lossy struct whose fields refuse most attribute values.
#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(deny_unknown)]
#[allow(dead_code, reason = "only the report counts")]
struct Picky {
    s: u32,
    i: [char; 2],
    u: BTreeMap<u32, Nested>,
    f: Option<Unit>,
    b: Vec<Option<Unit>>,
    #[ddb(from_str)]
    l: Option<std::net::IpAddr>,
    #[ddb(try_from = String, default = Number::from(0))]
    n: Number,
    #[ddb(serde, default)]
    m: Vec<u64>,
    #[ddb(unix_time)]
    o: Option<std::time::SystemTime>,
}

/// A struct that keeps every attribute.
#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
struct Everything {
    #[ddb(rest)]
    rest: Item,
}

/// Texts of an `N`: integers in every spelling, fractions, overflows, and text that is not a
/// number.
fn number_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i32>().prop_map(|number| number.to_string()),
        any::<i128>().prop_map(|number| number.to_string()),
        (any::<i16>(), 0..5_u8).prop_map(|(number, exponent)| format!("{number}E{exponent}")),
        any::<i16>().prop_map(|number| format!("{number}.000")),
        any::<i16>().prop_map(|number| format!("+{}", number.unsigned_abs())),
        (any::<i16>(), 0..5_u8).prop_map(|(number, exponent)| format!("{number}E-{exponent}")),
        any::<f64>().prop_map(|number| number.to_string()),
        text(),
        Just(String::new()),
    ]
}

/// Text with the marker in it.
fn text() -> impl Strategy<Value = String> {
    "[a-z0-9\\\\\"\\PC]{0,6}".prop_map(|text| format!("{text}{MARKER}"))
}

/// Names that the structs above have, and others.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(vec![
            "Id", "Message", "EntityType", "s", "i", "u", "f", "b", "o", "l", "n", "m", "ns", "t", "nested", "raw", "d",
            "x", "y",
        ])
        .prop_map(str::to_owned),
        1 => "[a-z.\\[\\]\" ]{0,4}",
    ]
}

fn attribute_value() -> impl Strategy<Value = AttributeValue> {
    let leaf = prop_oneof![
        text().prop_map(AttributeValue::S),
        prop_oneof![Just("A"), Just("B")].prop_map(|name| AttributeValue::S(name.to_owned())),
        number_text().prop_map(AttributeValue::N),
        any::<bool>().prop_map(AttributeValue::Bool),
        any::<bool>().prop_map(AttributeValue::Null),
        prop::collection::vec(any::<u8>(), 0..4).prop_map(AttributeValue::B),
        prop::collection::vec(text(), 0..3).prop_map(AttributeValue::Ss),
        prop::collection::vec(number_text(), 0..3).prop_map(AttributeValue::Ns),
        prop::collection::vec(prop::collection::vec(any::<u8>(), 0..3), 0..3)
            .prop_map(AttributeValue::Bs),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(AttributeValue::L),
            prop::collection::hash_map(name(), inner, 0..4).prop_map(AttributeValue::M),
        ]
    })
}

fn any_image() -> impl Strategy<Value = Item> {
    prop::collection::hash_map(name(), attribute_value(), 0..12).prop_map(Item::from)
}

/// Images that often fit `Wide`.
fn wide_image() -> impl Strategy<Value = Item> {
    let number = |range: std::ops::Range<i64>| {
        range.prop_map(|number| AttributeValue::N(number.to_string()))
    };
    let unit = prop::sample::select(vec!["A", "B"]).prop_map(|name| AttributeValue::S(name.into()));
    let nested = Just(AttributeValue::M([("y".to_owned(), AttributeValue::Bool(true))].into()));
    let fields = (
        (
            text().prop_map(AttributeValue::S),
            number(-9..9),
            number(0..300),
            number(-3..3),
            any::<bool>(),
        ),
        (number(-1..3), prop::collection::vec(text().prop_map(AttributeValue::S), 0..3), unit),
        (
            prop::collection::vec(number(0..9), 0..3),
            prop::collection::hash_map(name(), number(-5..5), 0..3),
        ),
        (prop::collection::hash_set(0..20_u32, 0..4), number(0..9), text(), nested),
    );
    let spoiled = prop::option::weighted(0.3, (name(), attribute_value()));
    (fields, spoiled).prop_map(|((first, second, third, fourth), spoiled)| {
        let (s, i, u, f, b) = first;
        let (o, l, raw) = second;
        let (n, m) = third;
        let (ns, zero, one, nested) = fourth;
        let mut image = HashMap::from([
            ("s", s),
            ("i", i),
            ("u", u),
            ("f", f),
            ("b", AttributeValue::Bool(b)),
            ("o", o),
            ("l", AttributeValue::L(l)),
            ("n", AttributeValue::L(vec![AttributeValue::L(n)])),
            ("m", AttributeValue::M(m)),
            ("ns", AttributeValue::Ns(ns.iter().map(ToString::to_string).collect())),
            ("t", AttributeValue::L(vec![zero, AttributeValue::S(one)])),
            ("nested", nested),
            ("raw", raw),
        ])
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect::<HashMap<_, _>>();
        image.extend(spoiled);
        Item::from(image)
    })
}

/// Returns `true` if `Id` is a number in a spelling that `i32::from_str` refuses.
fn is_spelled_oddly(image: &Item) -> bool {
    match image.get("Id") {
        Some(AttributeValue::N(text)) => {
            text.parse::<i32>().is_err()
                && text.parse::<Number>().is_ok()
                && text.contains(['.', 'e', 'E'])
        }
        _ => false,
    }
}

fn assert_secret(error: &ImageError) {
    let texts = [format!("{error}"), format!("{error:?}"), format!("{error:#?}")];
    for text in texts {
        assert!(!text.contains(MARKER), "{text}");
    }
}

/// Writes an image as JSON with varying white space and escapes. `noise` makes the choices, until
/// it runs out.
struct Writer<N> {
    text: String,
    noise: N,
}

impl<N: Iterator<Item = u8>> Writer<N> {
    fn chance(&mut self, of: u8) -> bool {
        self.noise.next().is_some_and(|noise| noise % of == 0)
    }

    fn token(&mut self, token: &str) {
        if self.chance(6) {
            self.text
                .push_str([" ", "\n", "\t \r"][usize::from(self.noise.next().unwrap_or(0) % 3)]);
        }
        self.text.push_str(token);
    }

    fn string(&mut self, string: &str) {
        self.token("\"");
        for character in string.chars() {
            if self.chance(5) {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    let escape = if self.chance(2) {
                        format!("\\u{unit:04x}")
                    } else {
                        format!("\\u{unit:04X}")
                    };
                    self.text.push_str(&escape);
                }
            } else {
                let quoted = Value::from(character.to_string()).to_string();
                self.text.push_str(&quoted[1..quoted.len() - 1]);
            }
        }
        self.text.push('"');
    }

    fn list<T>(&mut self, elements: &[T], write: fn(&mut Self, &T)) {
        self.token("[");
        for (index, element) in elements.iter().enumerate() {
            if index > 0 {
                self.token(",");
            }
            write(self, element);
        }
        self.token("]");
    }

    fn attributes(&mut self, attributes: &HashMap<String, AttributeValue>) {
        self.token("{");
        for (written, (name, value)) in attributes.iter().enumerate() {
            self.name(written, name);
            self.value(value);
        }
        self.token("}");
    }

    fn name(&mut self, written: usize, name: &str) {
        if written > 0 {
            self.token(",");
        }
        self.string(name);
        self.token(":");
    }

    fn value(&mut self, value: &AttributeValue) {
        self.token("{");
        let attribute_type = ddb_core::attribute::AttributeType::of(value).as_str();
        self.name(0, attribute_type);
        match value {
            AttributeValue::S(text) | AttributeValue::N(text) => self.string(text),
            AttributeValue::Bool(value) | AttributeValue::Null(value) => {
                self.token(if *value { "true" } else { "false" });
            }
            AttributeValue::B(bytes) => self.string(&BASE64_STANDARD.encode(bytes)),
            AttributeValue::M(attributes) => self.attributes(attributes),
            AttributeValue::L(values) => self.list(values, Self::value),
            AttributeValue::Ss(texts) | AttributeValue::Ns(texts) => {
                self.list(texts, |writer, text| writer.string(text));
            }
            AttributeValue::Bs(list) => {
                self.list(list, |writer, bytes| writer.string(&BASE64_STANDARD.encode(bytes)));
            }
        }
        self.token("}");
    }
}

fn write_image(image: &Item, noise: &[u8]) -> String {
    let mut writer = Writer { text: String::new(), noise: noise.iter().copied() };
    writer.attributes(image.inner());
    writer.text
}

/// Reads an image strictly by value, by reference and from JSON, and asserts that all three agree
/// and that no error contains an attribute value.
fn read_all<T: FromStreamImage + Debug + PartialEq>(image: &Item) -> Result<T, Vec<String>> {
    let describe = |error: ImageError| ddb_tests::describe_error(&error);
    let owned = T::from_image(image.clone()).inspect_err(assert_secret).map_err(describe);
    let borrowed = T::from_image_ref(image).inspect_err(assert_secret).map_err(describe);
    let text = serde_json::to_vec(image).expect("JSON");
    let json = T::from_json(&text).inspect_err(assert_secret).map_err(describe);
    assert_eq!(owned, borrowed, "by value and by reference");
    assert_eq!(owned, json, "by value and from JSON");
    owned
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    /// The lossy conversion gives the result of the hand-written one, except for integers in a
    /// spelling that `i32::from_str` refuses.
    #[test]
    fn the_lossy_conversion_is_the_hand_written_one(image in any_image()) {
        let generated = SampleModel::from(image.clone());
        let ByHand(by_hand) = ByHand::from(image.clone());
        prop_assert_eq!(&generated.message, &by_hand.message);
        prop_assert_eq!(&generated.entity_type, &by_hand.entity_type);
        if !is_spelled_oddly(&image) {
            prop_assert_eq!(generated.id, by_hand.id);
        }
    }

    #[test]
    fn strict_and_lossy_tell_the_same_problems(image in any_image()) {
        let report = SampleModel::from_image_lossy(image.clone());
        let problems = ddb_tests::describe(&report.problems);
        match read_all::<SampleModel>(&image) {
            Ok(strict) => {
                prop_assert_eq!(strict, report.value);
                prop_assert!(problems.is_empty());
            }
            Err(strict) => prop_assert_eq!(strict, problems),
        }
    }

    #[test]
    fn what_serde_reads_without_loss_is_read_the_same(image in wide_image()) {
        let ours = read_all::<Wide>(&image);
        if is_lossless_for_serde(&image) && let Ok(serde) = serde_dynamo::from_item::<_, Wide>(image) {
            prop_assert_eq!(ours, Ok(serde));
        }
    }

    #[test]
    fn json_and_items_agree_however_the_json_is_written(
        image in prop_oneof![any_image(), wide_image()],
        noise in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        fn agrees<T: FromStreamImage + Debug + PartialEq>(image: &Item, text: &str) -> Result<(), TestCaseError> {
            let describe = |error: ImageError| ddb_tests::describe_error(&error);
            let json = T::from_json(text.as_bytes()).inspect_err(assert_secret).map_err(describe);
            prop_assert_eq!(json, T::from_image_ref(image).map_err(describe), "{}", text);
            Ok(())
        }
        let text = write_image(&image, &noise);
        agrees::<Wide>(&image, &text)?;
        agrees::<Picky>(&image, &text)?;
        agrees::<SampleModel>(&image, &text)?;
        agrees::<Everything>(&image, &text)?;
    }

    #[test]
    fn an_event_maps_its_images_as_an_item_maps(
        new in any_image(),
        old in wide_image(),
        event_name in prop::sample::select(vec!["INSERT", "MODIFY", "REMOVE"]),
        noise in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let text = format!(
            r#"{{"Records":[{{"eventName":"{event_name}","dynamodb":{{"OldImage":{},"NewImage":{}}}}}]}}"#,
            write_image(&old, &noise),
            write_image(&new, &noise),
        );
        let mut event = StreamEvent::<SampleModel, Wide>::from_slice(text.as_bytes()).expect("an event");
        let describe = |error: ImageError| ddb_tests::describe_error(&error);
        let new = SampleModel::from_image(new).map_err(describe);
        let old = Wide::from_image(old).map_err(describe);
        match (event.records.remove(0), event_name) {
            (Ok(record), _) => match record.change {
                Change::Insert { new: found } => prop_assert_eq!(Ok(found), new),
                Change::Modify { old: was, new: found } => prop_assert_eq!((Ok(was), Ok(found)), (old, new)),
                Change::Remove { old: was, .. } => prop_assert_eq!(Ok(was), old),
            },
            (Err(error), event_name) => {
                let texts = [error.to_string(), format!("{error:?}")];
                prop_assert!(!texts.concat().contains(MARKER), "{}", error);
                let found = error.image_error().map(ddb_tests::describe_error);
                let (new, old) = (new.err().filter(|_| event_name != "REMOVE"), old.err().filter(|_| event_name != "INSERT"));
                prop_assert_eq!(found, new.or(old));
            }
        }
    }

    /// A field, which has a fast path for plain values, reads the same as its type does alone.
    #[test]
    fn a_field_reads_at_first_sight_what_its_type_reads_alone(value in attribute_value()) {
        fn agrees<T: FromAttribute + Debug + PartialEq>(value: &AttributeValue) -> Result<(), TestCaseError> {
            let kinds = |error: ImageError| -> Vec<String> {
                error.problems().iter().map(|problem| problem.kind().to_string()).collect()
            };
            let field = |holder: Result<Holder<T>, ImageError>| holder.map(|holder| holder.value).map_err(kinds);
            let image = Item::from(HashMap::from([("value".to_owned(), value.clone())]));
            let text = serde_json::to_vec(&image).expect("JSON");
            let alone = T::from_value(value.clone()).map_err(kinds);
            prop_assert_eq!(&field(Holder::from_json(&text)), &alone, "{} from JSON", type_name::<T>());
            prop_assert_eq!(&field(Holder::from_image_ref(&image)), &alone, "{} by reference", type_name::<T>());
            prop_assert_eq!(&field(Holder::from_image(image)), &alone, "{}", type_name::<T>());
            Ok(())
        }
        agrees::<String>(&value)?;
        agrees::<bool>(&value)?;
        agrees::<i8>(&value)?;
        agrees::<u16>(&value)?;
        agrees::<i64>(&value)?;
        agrees::<u128>(&value)?;
        agrees::<f32>(&value)?;
        agrees::<f64>(&value)?;
        agrees::<Number>(&value)?;
        agrees::<Option<String>>(&value)?;
        agrees::<Option<i32>>(&value)?;
        agrees::<Option<bool>>(&value)?;
        agrees::<Option<Option<f64>>>(&value)?;
        agrees::<Box<u8>>(&value)?;
        agrees::<Vec<String>>(&value)?;
        agrees::<Nested>(&value)?;
    }

    #[test]
    fn nothing_panics_and_no_message_holds_a_value(image in any_image()) {
        let _ = read_all::<Wide>(&image);
        let _ = read_all::<Picky>(&image);
        let report = Picky::from_image_lossy(image);
        let texts = format!("{:?} {}", report.problems, ddb_tests::describe(&report.problems).join(" "));
        prop_assert!(!texts.contains(MARKER), "{}", texts);
        for problem in &report.problems {
            prop_assert!(problem.replaced().is_none_or(|place| problem.path().starts_with(place)));
        }
    }

    #[test]
    fn an_integer_is_the_same_however_it_is_spelled(number in any::<i64>(), zeros in 0..40_usize, shift in 0..20_usize) {
        let digits = number.unsigned_abs().to_string();
        let sign = if number < 0 { "-" } else { "" };
        let padded = format!("{sign}{}{digits}", "0".repeat(zeros));
        let spellings = [
            format!("{padded}.{}", "0".repeat(zeros)),
            format!("{padded}E0"),
            format!("{padded}{}E-{shift}", "0".repeat(shift)),
            format!("{padded}{}e-{shift}", "0".repeat(shift)),
            format!("{sign}0.{}{digits}E+{}", "0".repeat(zeros), zeros + digits.len()),
        ];
        for spelling in spellings {
            let read = ddb_tests::read::<i64>(&serde_json::json!({"N": &spelling}));
            prop_assert_eq!(read, Ok(number), "{}", spelling);
            prop_assert_eq!(spelling.parse::<Number>(), Ok(Number::from(number)));
        }
    }
}
