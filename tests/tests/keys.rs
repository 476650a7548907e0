//! Key attributes whose text is made of fields.

use ddb_core::{FromAttribute, FromStreamImage, Item};
use ddb_tests::{image, read_image};
use proptest::prelude::*;
use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(
    strict,
    key(PK = "CUSTOMER#{customer}", SK = "ORDER#{order}#{line:04}"),
    index_key(GSI1PK = "STATUS#{status}")
)]
struct OrderLine {
    customer: u64,
    order: String,
    line: u16,
    status: Option<Status>,
    qty: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, FromAttribute)]
enum Status {
    Open,
    #[ddb(rename = "DONE")]
    Done,
}

fn item(attributes: &[(&str, &str)]) -> Value {
    let mut item = json!({"qty": {"N": "1"}});
    for (name, text) in attributes {
        item[name] = json!({ "S": text });
    }
    item
}

#[test]
fn a_key_is_read_into_fields() {
    let line =
        OrderLine { customer: 7, order: "A".into(), line: 12, status: Some(Status::Done), qty: 1 };
    let key = [("PK", "CUSTOMER#7"), ("SK", "ORDER#A#0012"), ("GSI1PK", "STATUS#DONE")];
    assert_eq!(read_image(&item(&key)), Ok(line.clone()));
    // The width does not matter for reading, and a sparse index has no key.
    let line = OrderLine { status: None, ..line };
    assert_eq!(read_image(&item(&[("PK", "CUSTOMER#7"), ("SK", "ORDER#A#12")])), Ok(line));
    let split = read_image::<OrderLine>(&item(&[("PK", "CUSTOMER#7"), ("SK", "ORDER#A#12#3")]));
    let expected =
        "SK: expected S (u16: line in ORDER#{order}#{line:04}), found S that does not convert";
    assert_eq!(split, Err(expected.to_owned()), "the last field takes the rest");
}

#[test]
fn a_key_that_does_not_match_is_an_error_with_its_template() {
    let pk = ("PK", "CUSTOMER#7");
    let sk = ("SK", "ORDER#A#12");
    let in_sk =
        "SK: expected S (OrderLine: ORDER#{order}#{line:04}), found an S that does not match";
    for (key, expected) in [
        (&[pk, ("SK", "ORDER#A")][..], in_sk),
        (&[pk, ("SK", "ORDER##12")], in_sk),
        (&[pk, ("SK", "ORDER#A#")], in_sk),
        (&[pk, ("SK", "order#A#12")], in_sk),
        (&[pk, ("SK", "")], in_sk),
        (&[pk], "SK: missing, expected S (OrderLine: ORDER#{order}#{line:04})"),
        (
            &[("PK", "CUSTOMER#seven"), sk],
            "PK: expected S (u64: customer in CUSTOMER#{customer}), found S that does not convert",
        ),
        (
            &[pk, sk, ("GSI1PK", "STATUS#LOST")],
            "GSI1PK: expected S (Status: status in STATUS#{status}), found S that does not convert",
        ),
    ] {
        assert_eq!(read_image::<OrderLine>(&item(key)), Err(expected.to_owned()));
    }
    let mut number = item(&[sk]);
    number["PK"] = json!({"N": "7"});
    let expected = "PK: expected S (OrderLine: CUSTOMER#{customer}), found N";
    assert_eq!(read_image::<OrderLine>(&number), Err(expected.to_owned()));
}

/// The problems of one key have the same path, and come in the order of its fields.
#[test]
fn the_problems_of_one_key_are_in_the_order_of_its_fields() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict, key(PK = "{a}#{b}#{c}"))]
    struct Numbers {
        a: u8,
        b: u16,
        c: u32,
        first: u8,
        last: u8,
    }

    let text = json!({"PK": {"S": "x#y#z"}});
    let expected = "5 problems: PK: expected S (u8: a in {a}#{b}#{c}), found S that does not convert; \
                    PK: expected S (u16: b in {a}#{b}#{c}), found S that does not convert; \
                    PK: expected S (u32: c in {a}#{b}#{c}), found S that does not convert; \
                    first: missing, expected N (u8); last: missing, expected N (u8)";
    let item = image(text.clone());
    for read in [
        Numbers::from_image_ref(&item),
        Numbers::from_image(item),
        Numbers::from_json(text.to_string().as_bytes()),
    ] {
        assert_eq!(read.expect_err("no numbers").to_string(), expected);
    }
}

#[test]
fn a_field_with_several_sources_has_one_value() {
    #[derive(Clone, Debug, PartialEq, FromStreamImage)]
    #[ddb(strict, key(PK = "A#{id}", SK = "B#{id}#{kind}"), index_key("GSI-1" = "{{{kind}}}"))]
    struct Repeated {
        #[ddb(stored)]
        id: u8,
        kind: String,
    }

    let item = |id: &str, pk: &str, sk: &str, index: &str| {
        json!({
            "id": {"N": id}, "PK": {"S": pk}, "SK": {"S": sk}, "GSI-1": {"S": index},
        })
    };
    let expected = Repeated { id: 7, kind: "x".into() };
    assert_eq!(read_image(&item("7", "A#7", "B#07#x", "{x}")), Ok(expected.clone()));
    let mut unstored = item("7", "A#7", "B#07#x", "{x}");
    unstored.as_object_mut().expect("an object").remove("id");
    assert_eq!(read_image(&unstored), Ok(expected));

    let differs = |place: &str| format!("{place}, found another value than elsewhere in the item");
    let id_in_sk = differs("SK: expected S (u8: id in B#{id}#{kind})");
    for (item, expected) in [
        (item("7", "A#7", "B#8#x", "{x}"), id_in_sk.clone()),
        (item("7", "A#8", "B#7#x", "{x}"), differs("PK: expected S (u8: id in A#{id})")),
        (
            item("7", "A#7", "B#7#x", "{y}"),
            differs("GSI-1: expected S (String: kind in {{{kind}}})"),
        ),
    ] {
        assert_eq!(read_image::<Repeated>(&item), Err(expected));
    }
}

#[test]
fn a_null_says_that_the_item_is_not_in_the_index() {
    let mut item = item(&[("PK", "CUSTOMER#7"), ("SK", "ORDER#A#12")]);
    item["GSI1PK"] = json!({"NULL": true});
    assert_eq!(read_image::<OrderLine>(&item).map(|line| line.status), Ok(None));
    item["PK"] = json!({"NULL": true});
    let expected = "PK: expected S (OrderLine: CUSTOMER#{customer}), found NULL";
    assert_eq!(read_image::<OrderLine>(&item), Err(expected.to_owned()));
}

#[test]
fn a_null_is_no_other_value() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict, key(PK = "A#{kind}"))]
    struct Stored {
        #[ddb(stored)]
        kind: Option<String>,
    }

    let item = json!({"PK": {"S": "A#x"}, "kind": {"NULL": true}});
    assert_eq!(read_image(&item), Ok(Stored { kind: Some("x".to_owned()) }));
}

#[test]
fn a_lossy_struct_says_what_it_replaced_in_each_source() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(key(PK = "A#{id}", SK = "B#{id}"))]
    struct Lossy {
        id: u8,
    }

    for sk in ["B#8", "B#x"] {
        let lossy = Lossy::from_image_lossy(image(json!({"PK": {"S": "A#7"}, "SK": {"S": sk}})));
        assert_eq!(lossy.value, Lossy { id: 0 });
        let [problem] = &lossy.problems[..] else { panic!("one problem") };
        assert_eq!((problem.path(), problem.replaced()), ("SK", Some("SK")));
    }
}

#[test]
fn a_lossy_struct_keeps_what_fits() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(key(PK = "A#{a}#{b}"))]
    struct Lossy {
        a: u8,
        b: u8,
        note: String,
    }

    let item = image(json!({"PK": {"S": "A#7#x"}, "note": {"S": "n"}}));
    let lossy = Lossy::from_image_lossy(item);
    assert_eq!(lossy.value, Lossy { a: 7, b: 0, note: "n".into() });
    let [problem] = &lossy.problems[..] else { panic!("one problem") };
    assert_eq!((problem.path(), problem.replaced()), ("PK", Some("PK")));
    assert_eq!(Lossy::from(Item::default()), Lossy { a: 0, b: 0, note: String::new() });
}

#[test]
fn templates_work_in_flattened_structs_and_variants() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict, key(PK = "CUSTOMER#{customer}"))]
    struct Key {
        customer: u64,
    }

    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Order<T> {
        #[ddb(flatten)]
        key: T,
        #[ddb(rest)]
        rest: Item,
    }

    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(tag = "kind")]
    enum Entity {
        #[ddb(key(SK = "ORDER#{id}"))]
        Order { id: u64, qty: u8 },
    }

    let order = Order { key: Key { customer: 7 }, rest: image(json!({"qty": {"N": "1"}})) };
    assert_eq!(read_image(&item(&[("PK", "CUSTOMER#7")])), Ok(order));
    let entity = Entity::Order { id: 8, qty: 1 };
    assert_eq!(read_image(&item(&[("kind", "Order"), ("SK", "ORDER#8")])), Ok(entity));
    let error = read_image::<Entity>(&item(&[("kind", "Order"), ("SK", "ORDER#x")]));
    let expected =
        "Order: SK: expected S (u64: id in ORDER#{id}), found S that does not convert".to_owned();
    assert_eq!(error, Err(expected));
}

#[test]
fn a_key_that_appears_twice_is_an_error() {
    #[derive(Debug, FromStreamImage)]
    #[ddb(strict, key(PK = "A#{a}"))]
    struct Key {
        #[allow(dead_code, reason = "it cannot be read")]
        a: u8,
    }

    for again in ["A#1", "B"] {
        let text = format!(r#"{{"PK": {{"S": "A#1"}}, "PK": {{"S": "{again}"}}}}"#);
        let error = Key::from_json(text.as_bytes()).expect_err("a repeated name");
        assert_eq!(error.to_string(), "PK: appears more than once");
    }
}

/// Splits a key by the rules as they are documented.
fn split<'t>(text: &'t str, literals: &[&str]) -> Option<Vec<&'t str>> {
    let (first, literals) = literals.split_first()?;
    let mut rest = text.strip_prefix(first)?;
    let mut fields = Vec::new();
    for (index, literal) in literals.iter().enumerate() {
        let is_last = index + 1 == literals.len();
        let end = if is_last && literal.is_empty() { rest.len() } else { rest.find(literal)? };
        fields.push(Some(&rest[..end]).filter(|field| !field.is_empty())?);
        rest = &rest[end + literal.len()..];
    }
    rest.is_empty().then_some(fields)
}

#[test]
fn a_raw_identifier_is_named_with_or_without_its_prefix() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict, key(PK = "{r#type}#{match}"))]
    struct Raw {
        r#type: String,
        r#match: u8,
    }

    let raw = Raw { r#type: "a".into(), r#match: 7 };
    assert_eq!(read_image(&json!({"PK": {"S": "a#7"}})), Ok(raw));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_key_is_split_as_a_plain_reference_splits_it(
        text in "(A#)?[a#-]{0,4}(#B#)?[a#-]{0,4}(-)?",
    ) {
        #[derive(Debug, PartialEq, FromStreamImage)]
        #[ddb(strict, key(PK = "A#{one}#B#{two}", SK = "{three}-"))]
        struct Key {
            one: String,
            two: String,
            three: String,
        }

        let pk = split(&text, &["A#", "#B#", ""]);
        let sk = split(&text, &["", "-"]);
        let read = read_image::<Key>(&json!({"PK": {"S": text}, "SK": {"S": text}}));
        match (pk, sk, read) {
            (Some(pk), Some(sk), Ok(key)) => {
                prop_assert_eq!(pk, [key.one, key.two]);
                prop_assert_eq!(sk, [key.three]);
            }
            (pk, sk, Err(error)) => {
                prop_assert_eq!(pk.is_none(), error.contains("PK: "));
                prop_assert_eq!(sk.is_none(), error.contains("SK: "));
            }
            (pk, sk, Ok(key)) => prop_assert!(false, "{:?} {:?} {:?}", pk, sk, key),
        }
    }
}
