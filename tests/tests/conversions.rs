//! Conversions: whole images, functions of a `with` module, and errors of any kind.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use ddb_core::{Attribute, AttributeError, AttributeValue, FromAttribute, FromStreamImage, Item};
use ddb_tests::{describe, describe_error, image};
use serde_json::json;

/// An image with a hand-written conversion from `Item`.
#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(try_from = Item)]
enum Message {
    Text(String),
    Number(String),
}

impl TryFrom<Item> for Message {
    type Error = &'static str;

    fn try_from(mut item: Item) -> Result<Self, Self::Error> {
        match item.remove("body") {
            Some(AttributeValue::S(text)) => Ok(Self::Text(text)),
            Some(AttributeValue::N(text)) => Ok(Self::Number(text)),
            _ => Err("no body"),
        }
    }
}

/// An image that is read as its older version and converted from it.
#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(from = OrderV1)]
struct Order {
    id: u64,
    lines: usize,
}

#[derive(Debug, PartialEq, FromStreamImage)]
struct OrderV1 {
    id: u64,
    skus: Vec<String>,
}

impl From<OrderV1> for Order {
    fn from(order: OrderV1) -> Self {
        Self { id: order.id, lines: order.skus.len() }
    }
}

#[test]
fn an_image_is_written_by_hand_from_an_item() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Outer {
        message: Message,
        all: Vec<Message>,
    }
    let json = json!({"body": {"S": "x"}, "other": {"N": "1"}});
    let text = Message::Text("x".to_owned());
    assert_eq!(Message::from_image(image(json.clone())).ok().as_ref(), Some(&text));
    assert_eq!(Message::from_image_ref(&image(json.clone())).ok().as_ref(), Some(&text));
    assert_eq!(Message::from_json(json.to_string().as_bytes()).ok().as_ref(), Some(&text));
    assert_eq!(Message::try_from(image(json)), Ok(text));

    let error = Message::from_image(image(json!({}))).expect_err("no body");
    assert_eq!(error.to_string(), "expected M (Message), found M that does not convert");
    let cause = error.problems()[0].cause().expect("its own error");
    assert_eq!(cause.to_string(), "no body");

    let outer = image(json!({
        "message": {"M": {"body": {"N": "1"}}},
        "all": {"L": [{"M": {"body": {"S": "y"}}}, {"M": {}}]},
    }));
    let error = Outer::from_image(outer).expect_err("no body");
    assert_eq!(
        describe_error(&error),
        ["all[1]: expected M (Message), found M that does not convert"]
    );
}

#[test]
fn an_image_is_converted_from_another_one_strictly_and_lossily() {
    let json = json!({"id": {"N": "7"}, "skus": {"L": [{"S": "a"}, {"S": "b"}]}});
    assert_eq!(Order::from(image(json.clone())), Order { id: 7, lines: 2 });
    assert_eq!(Order::from_json(json.to_string().as_bytes()).ok(), Some(Order { id: 7, lines: 2 }));
    let json = json!({"id": {"S": "7"}, "skus": {"L": []}});
    let error = Order::from_image(image(json.clone())).expect_err("no number");
    assert_eq!(describe_error(&error), ["id: expected N (u64), found S"]);
    let report = Order::from_image_lossy(image(json));
    assert_eq!(report.value, Order { id: 0, lines: 0 });
    assert_eq!(describe(&report.problems), ["id: expected N (u64), found S"]);
}

/// An average, whose conversion relies on the count that was read and must not see a replacement.
#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(from = Totals)]
struct Average {
    cents: u32,
}

#[derive(FromStreamImage)]
struct Totals {
    cents: u32,
    #[ddb(default)]
    count: u32,
    previous: Option<Share>,
}

#[derive(Debug, FromAttribute)]
#[ddb(try_from = Totals)]
struct Share(u32);

impl From<Totals> for Average {
    fn from(totals: Totals) -> Self {
        Self { cents: totals.cents / totals.count + totals.previous.map_or(0, |share| share.0) }
    }
}

impl TryFrom<Totals> for Share {
    type Error = &'static str;

    fn try_from(totals: Totals) -> Result<Self, Self::Error> {
        assert!(totals.count > 0, "converted from a value that has problems");
        if totals.previous.is_some() { Err("too deep") } else { Ok(Self(totals.cents)) }
    }
}

#[test]
fn a_value_with_problems_is_not_converted() {
    #[derive(Debug, FromStreamImage)]
    #[ddb(strict)]
    struct Converted {
        #[ddb(try_from = Totals)]
        share: Share,
    }
    let totals = json!({"cents": {"N": "6"}, "count": {"N": "-2"}});
    let problem = |path: &str| vec![format!("{path}: expected N (u32), found N out of range")];
    for json in [totals.clone(), json!({"cents": {"N": "6"}, "previous": {"M": totals}})] {
        let path = if json.get("previous").is_some() { "previous.count" } else { "count" };
        let error = Average::from_image(image(json.clone())).expect_err("a negative count");
        assert_eq!(describe_error(&error), problem(path));
        let error = Average::from_image_ref(&image(json.clone())).expect_err("a negative count");
        assert_eq!(describe_error(&error), problem(path));
        let error = Average::from_json(json.to_string().as_bytes()).expect_err("a negative count");
        assert_eq!(describe_error(&error), problem(path));
    }
    let json = json!({"share": {"M": {"cents": {"N": "6"}, "count": {"N": "1"}}}});
    assert_eq!(Converted::from_image(image(json)).expect("fits").share.0, 6);
    let json = json!({"share": {"M": totals}});
    let error = Converted::from_image(image(json)).expect_err("negative");
    assert_eq!(describe_error(&error), problem("share.count"));
}

#[test]
fn a_raw_image_may_be_wrapped() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(transparent)]
    struct Raw(Item);
    let json = json!({"id": {"N": "7"}, "any": {"M": {"x": {"NULL": true}}}});
    let item = image(json.clone());
    assert_eq!(Raw::from(item.clone()).0, item);
    assert_eq!(Raw::from_image_ref(&item).expect("anything fits").0, item);
    assert_eq!(Raw::from_json(json.to_string().as_bytes()).expect("anything fits").0, item);
}

#[test]
fn a_conversion_may_be_named_by_a_macro() {
    macro_rules! convert {
        ($name:ident from $from:ty) => {
            #[derive(Debug, PartialEq, FromStreamImage)]
            #[ddb(try_from = $from)]
            struct $name(usize);

            impl TryFrom<$from> for $name {
                type Error = &'static str;

                fn try_from(item: $from) -> Result<Self, Self::Error> {
                    Ok(Self(item.len()))
                }
            }
        };
    }
    convert!(Size from Item);
    assert_eq!(Size::from_image(image(json!({"id": {"N": "1"}}))).ok(), Some(Size(1)));
}

/// If a conversion fails with an `ImageError`, that error's problems are reported with their paths.
#[test]
fn the_problems_of_an_image_error_stay_problems() {
    #[derive(Debug, FromStreamImage)]
    #[ddb(try_from = Item)]
    struct Routed {
        order: OrderV1,
    }
    impl TryFrom<Item> for Routed {
        type Error = Box<dyn std::error::Error + Send + Sync>;

        fn try_from(item: Item) -> Result<Self, Self::Error> {
            Ok(Self { order: OrderV1::from_image(item)? })
        }
    }
    #[derive(Debug, FromStreamImage)]
    #[ddb(strict)]
    struct Outer {
        routed: Vec<Routed>,
    }
    let fits = json!({"M": {"id": {"N": "1"}, "skus": {"L": []}}});
    let does_not = json!({"M": {"id": {"N": "x"}, "skus": {"L": [{"N": "1"}]}}});
    let outer = image(json!({"routed": {"L": [fits, does_not]}}));
    assert_eq!(
        describe_error(&Outer::from_image(outer).expect_err("two problems")),
        [
            "routed[1].id: expected N (u64), found N that is not a number",
            "routed[1].skus[0]: expected S (String), found N",
        ]
    );
    let routed = Routed::from_image(image(json!({"id": {"N": "1"}, "skus": {"L": []}})));
    assert_eq!(routed.expect("fits").order.id, 1);
    let _ = |outer: Outer| outer.routed;
}

/// A function that is generic over its return type.
mod generic {
    use super::{Attribute, AttributeError, FromAttribute};

    pub fn from_attribute<T: FromAttribute>(attribute: Attribute<'_>) -> Result<T, AttributeError> {
        T::from_attribute(attribute)
    }
}

/// A function that returns the `Option` itself, which is `None` for an empty text.
mod unless_empty {
    use super::{Attribute, AttributeError, FromAttribute};

    pub fn from_attribute(attribute: Attribute<'_>) -> Result<Option<String>, AttributeError> {
        if attribute.is_null() {
            return Ok(Some("NULL".to_owned()));
        }
        Ok(Some(String::from_attribute(attribute)?).filter(|text| !text.is_empty()))
    }
}

/// A generic type with a `from_attribute` function, in the role of a module.
struct Repeated<const N: usize>;

impl<const N: usize> Repeated<N> {
    fn from_attribute(attribute: Attribute<'_>) -> Result<String, AttributeError> {
        Ok(String::from_attribute(attribute)?.repeat(N))
    }
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
struct ByFunction {
    #[ddb(with = generic)]
    plain: Vec<String>,
    #[ddb(with = generic)]
    optional: Option<Vec<String>>,
    #[ddb(with = unless_empty)]
    note: Option<String>,
    #[ddb(with = Repeated::<3>)]
    repeated: String,
    #[ddb(with = Repeated<2>)]
    optional_repeated: Option<String>,
}

/// For a field of type `Option<T>`, the function of a `with` module returns `T` or `Option<T>`.
#[test]
fn a_function_returns_what_is_in_an_option_or_the_option() {
    let json = json!({"plain": {"L": []}, "repeated": {"S": "x"}});
    let none = ByFunction {
        plain: vec![],
        optional: None,
        note: None,
        repeated: "xxx".to_owned(),
        optional_repeated: None,
    };
    assert_eq!(ByFunction::from_image(image(json.clone())).ok(), Some(none));
    let mut all = json;
    all["optional"] = json!({"SS": ["a"]});
    all["note"] = json!({"S": ""});
    all["optional_repeated"] = json!({"S": "y"});
    let read = ByFunction::from_image(image(all.clone())).expect("fits");
    assert_eq!((read.optional, read.note), (Some(vec!["a".to_owned()]), None));
    assert_eq!(read.optional_repeated.as_deref(), Some("yy"));
    all["note"] = json!({"NULL": true});
    let read = ByFunction::from_image(image(all)).expect("fits");
    assert_eq!(read.note.as_deref(), Some("NULL"), "the function decides");
}

/// An error that converts into a boxed error but does not implement `Error`, like that of `anyhow`.
#[derive(Debug)]
struct Opaque(String);

impl From<Opaque> for Box<dyn std::error::Error + Send + Sync> {
    fn from(error: Opaque) -> Self {
        error.0.into()
    }
}

struct Refused;

impl FromStr for Refused {
    type Err = Opaque;

    fn from_str(text: &str) -> Result<Self, Opaque> {
        Err(Opaque(text.to_owned()))
    }
}

impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Refused")
    }
}

#[test]
fn the_error_of_a_conversion_is_made_from_any_cause() {
    mod string {
        pub fn from_attribute(it: super::Attribute<'_>) -> Result<u8, super::AttributeError> {
            Err(super::read_text(it)?)?
        }
    }
    mod boxed {
        pub fn from_attribute(it: super::Attribute<'_>) -> Result<u8, super::AttributeError> {
            let error: Box<dyn std::error::Error + Send + Sync> = super::read_text(it)?.into();
            Err(error)?
        }
    }
    mod opaque {
        pub fn from_attribute(it: super::Attribute<'_>) -> Result<u8, super::AttributeError> {
            Err(super::Opaque(super::read_text(it)?))?
        }
    }
    mod literal {
        pub fn from_attribute(_: super::Attribute<'_>) -> Result<u8, super::AttributeError> {
            Err("secret".into())
        }
    }
    #[derive(Debug, FromStreamImage)]
    struct Sample {
        #[ddb(with = string)]
        a: u8,
        #[ddb(with = boxed)]
        b: u8,
        #[ddb(with = opaque)]
        c: u8,
        #[ddb(with = literal)]
        d: u8,
        #[ddb(from_str, default)]
        e: Option<Refused>,
    }
    let names = ["a", "b", "c", "d", "e"];
    let attributes = names.map(|name| (name.to_owned(), AttributeValue::S("secret".to_owned())));
    let error = Sample::from_image(Item::from(HashMap::from(attributes))).expect_err("refused");
    assert_eq!(error.problems().len(), names.len());
    for problem in error.problems() {
        assert_eq!(problem.cause().expect("a cause").to_string(), "secret");
        assert!(!format!("{problem} {problem:?}").contains("secret"), "{problem:?}");
    }
    let _ = |sample: Sample| (sample.a, sample.b, sample.c, sample.d, sample.e);
}

fn read_text(attribute: Attribute<'_>) -> Result<String, AttributeError> {
    String::from_attribute(attribute)
}

#[test]
fn the_default_of_a_struct_may_have_a_destructor() {
    #[derive(Debug, Default, FromStreamImage)]
    #[ddb(default)]
    struct Guarded {
        name: String,
        #[ddb(default = 7)]
        count: u32,
        #[ddb(skip)]
        dropped: std::rc::Rc<std::cell::Cell<u32>>,
    }
    impl Drop for Guarded {
        fn drop(&mut self) {
            self.dropped.set(self.dropped.get() + 1);
        }
    }
    #[derive(Debug, FromStreamImage)]
    #[ddb(strict, default = Self::new("made"))]
    struct Made {
        name: String,
        #[ddb(flatten)]
        rest: Option<Part>,
    }
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Part {
        part: u8,
    }
    impl Made {
        fn new(name: &str) -> Self {
            Self { name: name.to_owned(), rest: Some(Part { part: 1 }) }
        }
    }
    impl Drop for Made {
        fn drop(&mut self) {}
    }
    let guarded = Guarded::from_image(image(json!({"name": {"S": "x"}}))).expect("fits");
    assert_eq!((guarded.name.as_str(), guarded.count), ("x", 7));
    let guarded = Guarded::from(image(json!({"count": {"N": "1"}, "name": {"N": "1"}})));
    assert_eq!((guarded.name.as_str(), guarded.count), ("", 1));
    let made = Made::from_image(image(json!({}))).expect("fits");
    assert_eq!((made.name.as_str(), &made.rest), ("made", &Some(Part { part: 1 })));
    let made = Made::from_image(image(json!({"part": {"N": "2"}}))).expect("fits");
    assert_eq!(made.rest, Some(Part { part: 2 }));
    assert!(Made::from_image(image(json!({"name": {"N": "2"}}))).is_err());
}
