//! Images read from DynamoDB JSON, where they differ from items: text can express more than a map.

#![allow(clippy::items_after_statements, reason = "each type is declared beside its assertions")]

use std::collections::{BTreeMap, HashMap};

use ddb_core::{AttributeValue, FromStreamImage, Item, StreamEvent};
use ddb_tests::{Holder, describe_error};

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
struct Sample {
    id: u32,
    text: Option<String>,
}

#[derive(Debug, PartialEq, FromStreamImage)]
struct Lists {
    #[ddb(default)]
    a: Vec<u8>,
    #[ddb(default)]
    b: Vec<u8>,
    #[ddb(rest)]
    rest: HashMap<String, u8>,
}

/// Asserts the message for this value of the attribute `id`, and that an unmapped attribute may
/// have the same value.
#[track_caller]
fn refuses(id: &str, message: &str) {
    let text = format!(r#" {{"id" : {id} , "text": {{"S":"x"}} }} "#);
    let error = Sample::from_json(text.as_bytes()).expect_err(&text);
    assert_eq!(error.to_string(), message, "{text}");
    // An unmapped attribute only has to be JSON.
    let text = format!(r#"{{"other":{id},"id":{{"N":"1"}}}}"#);
    assert_eq!(Sample::from_json(text.as_bytes()).expect(&text), Sample { id: 1, text: None });
}

#[test]
fn json_that_is_not_dynamodb_json_is_an_error_where_it_is_mapped() {
    for (id, found) in [
        ("5", "JSON that is not an attribute value"),
        ("null", "JSON that is not an attribute value"),
        (r#""5""#, "JSON that is not an attribute value"),
        (r#"[{"N":"5"}]"#, "JSON that is not an attribute value"),
        ("{}", "a value without an attribute type"),
        (r#"{"n":"5"}"#, "a value of an unknown attribute type"),
        (r#"{"X":{"N":"5"}}"#, "a value of an unknown attribute type"),
        (r#"{"N":"5","S":"5"}"#, "a value with several attribute types"),
        (r#"{"N":"5","N":"5"}"#, "a value with several attribute types"),
        (r#"{"N":5}"#, "N with the wrong kind of JSON in it"),
        (r#"{"S":null}"#, "S with the wrong kind of JSON in it"),
        (r#"{"BOOL":"true"}"#, "BOOL with the wrong kind of JSON in it"),
        (r#"{"NULL":1}"#, "NULL with the wrong kind of JSON in it"),
        (r#"{"M":[]}"#, "M with the wrong kind of JSON in it"),
        (r#"{"L":{}}"#, "L with the wrong kind of JSON in it"),
        (r#"{"SS":"a"}"#, "SS with the wrong kind of JSON in it"),
        (r#"{"N":"\ud800"}"#, "N that is not Unicode"),
        (r#"{"S":"5"}"#, "S"),
    ] {
        refuses(id, &format!("id: expected N (u32), found {found}"));
    }
}

#[test]
fn elements_and_bytes_are_checked_as_well() {
    fn message<T: ddb_core::FromAttribute + std::fmt::Debug>(value: &str) -> String {
        let text = format!(r#"{{"value":{value}}}"#);
        <Holder<T>>::from_json(text.as_bytes()).expect_err(value).to_string()
    }
    assert_eq!(
        message::<Vec<u8>>(r#"{"B":"AQ"}"#),
        "value: expected B, L or NS (Vec<u8>), found B that is not base64"
    );
    assert_eq!(
        message::<[u8; 1]>(r#"{"B":"*"}"#),
        "value: expected B, L or NS ([u8; 1]), found B that is not base64"
    );
    assert_eq!(
        message::<Vec<u8>>(r#"{"NS":["1",2,"3",{"N":"4"}]}"#),
        "2 problems: value[1]: expected N (u8), found N with the wrong kind of JSON in it; \
         value[3]: expected N (u8), found N with the wrong kind of JSON in it"
    );
    assert_eq!(
        message::<Vec<u8>>(r#"{"L":[{"N":"1"},7,{"N":"1","S":""},{}]}"#),
        "3 problems: value[1]: expected N (u8), found JSON that is not an attribute value; \
         value[2]: expected N (u8), found a value with several attribute types; \
         value[3]: expected N (u8), found a value without an attribute type"
    );
    assert_eq!(
        message::<HashMap<String, AttributeValue>>(r#"{"M":{"a":{"S":"x"},"b":{"B":"?"}}}"#),
        "value.b: expected AttributeValue, found B that is not base64"
    );
    assert_eq!(
        message::<(u8, u8)>(r#"{"L":[{"N":"1"},{"N":"2"},{"N":"3"}]}"#),
        "value: expected L of length 2 ((u8, u8)), found L of length 3"
    );
}

/// Text that is not a JSON object is a syntax error with its offset, and has no problems.
#[test]
fn text_that_is_not_json_is_that_and_nothing_else() {
    for (text, offset) in [
        ("", 0),
        ("  ", 2),
        ("null", 0),
        ("[]", 0),
        ("{", 1),
        (r#"{"id":{"N":"1"}"#, 15),
        (r#"{"id":{"N":"1"},"text":"#, 23),
        (r#"{"id":{"N":"1"},"other": "#, 25),
        (r#"{"id":"#, 6),
        (r#"{"id":{"#, 7),
        (r#"{"id":{"N":"#, 11),
        (r#"{"id":{"N":"1"}}}"#, 16),
        (r#"{"id":{"N":"1"}} x"#, 17),
        (r#"{"id":{"N":"1"},}"#, 16),
        (r#"{"id":{"N":"1"} "text":{"S":"x"}}"#, 16),
        (r#"{"id":{"N":1.}}"#, 11),
        (r#"{"other":[1,],"id":{"N":"1"}}"#, 12),
        ("{\"other\":\"a\nb\"}", 10),
        (r#"{"other":tru}"#, 9),
        (r#"{"other":01}"#, 9),
        (r#"{"other":"\x"}"#, 10),
        (r#"{id:{"N":"1"}}"#, 1),
    ] {
        let error = Sample::from_json(text.as_bytes()).expect_err(text);
        assert_eq!(
            error.to_string(),
            format!("not a JSON object of attributes: syntax error at byte {offset}"),
            "{text}"
        );
        assert_eq!(error.syntax_error_at(), Some(offset));
        assert!(error.problems().is_empty());
    }
    let error = Sample::from_json(b"{\"id\":{\"N\":\"\xff\"}}").expect_err("no UTF-8");
    assert_eq!(error.syntax_error_at(), Some(12));
}

#[test]
fn escapes_are_read_in_names_tags_and_values() {
    let text = r#"{"\u0069d":{"\u004e":"1\u0030"},"te\u0078t":{"S":"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"}}"#;
    let sample = Sample::from_json(text.as_bytes()).expect("a sample");
    assert_eq!(sample, Sample { id: 10, text: Some("\"\\/\u{8}\u{c}\n\r\té😀".into()) });
    let error =
        Sample::from_json(br#"{"id":{"N":"1"},"text":{"S":"\ud83d!"}}"#).expect_err("half a pair");
    assert_eq!(error.to_string(), "text: expected S (String), found S that is not Unicode");
}

#[test]
fn a_name_that_appears_twice_is_a_problem_where_it_is_mapped() {
    let read =
        |text: &str| Sample::from_json(text.as_bytes()).map_err(|error| describe_error(&error));
    let twice = || "id: appears more than once".to_owned();
    assert_eq!(read(r#"{"id":{"N":"1"},"id":{"N":"1"}}"#), Err(vec![twice()]));
    assert_eq!(
        read(r#"{"id":{"S":"x"},"id":{"N":"2"},"id":7}"#),
        Err(vec![twice(), twice(), "id: expected N (u32), found S".into()])
    );
    assert_eq!(
        read(r#"{"id":{"N":"1"},"x":1,"x":2}"#),
        Ok(Sample { id: 1, text: None }),
        "no field maps it"
    );

    /// The name `key` wins over the alias `Key`, in whatever order they appear.
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Aliased {
        #[ddb(alias = "Key")]
        key: u8,
    }
    let aliased = |text: &str| Aliased::from_json(text.as_bytes()).map(|aliased| aliased.key);
    assert_eq!(aliased(r#"{"Key":{"S":""},"key":{"N":"1"},"Key":{"N":"2"}}"#).ok(), Some(1));
    assert!(aliased(r#"{"key":{"N":"1"},"Key":{"N":"2"},"key":{"N":"1"}}"#).is_err());

    fn map<T: ddb_core::FromAttribute + std::fmt::Debug>(value: &str) -> Result<T, String> {
        let text = format!(r#"{{"value":{{"M":{value}}}}}"#);
        <Holder<T>>::from_json(text.as_bytes())
            .map(|holder| holder.value)
            .map_err(|error| error.to_string())
    }
    let repeated = || "value: two of its names read as the same key".to_owned();
    let text = r#"{"a":{"N":"1"},"b":{"N":"1"},"a":{"N":"2"}}"#;
    assert_eq!(map::<HashMap<String, u8>>(text), Err(repeated()));
    assert_eq!(map::<Item>(text), Err(repeated()));
    assert_eq!(map::<BTreeMap<u8, u8>>(r#"{"1":{"N":"1"},"01":{"N":"2"}}"#), Err(repeated()));
    assert_eq!(
        map::<BTreeMap<u8, u8>>(r#"{"1":{"N":"1"},"1":{"N":"x"}}"#),
        Err("value.1: expected N (u8), found N that is not a number".into())
    );
    let read = Lists::from_json(br#"{"x":{"N":"1"},"y":{"N":"2"},"x":{"N":"3"},"a":{"B":""}}"#);
    assert_eq!(read.expect_err("two").to_string(), "two of its names read as the same key");
}

#[test]
fn an_error_at_every_level_is_found_in_one_pass() {
    // If every level were read twice, the innermost of 30 levels would be read 2³⁰ times.
    let text = (0..30).fold(r#"{"N":"1"}"#.to_owned(), |inner, _| {
        format!(r#"{{"M":{{"a":{inner},"b":{{"N":"1"}},"b":{{"N":"2"}}}}}}"#)
    });
    let text = format!(r#"{{"value":{text}}}"#);
    let error = <Holder<AttributeValue>>::from_json(text.as_bytes()).expect_err("repeated names");
    assert_eq!(error.problems().len(), 30);
    let event = format!(r#"[{{"dynamodb":{{"Keys":{text}}}}}]"#);
    assert!(StreamEvent::<Item>::from_slice(event.as_bytes()).is_ok());
}

/// Names with a lone surrogate stay distinct.
#[test]
fn names_with_lone_surrogates_stay_distinct() {
    let text = r#"{"value":{"M":{"a\ud800x":{"N":"1"},"a\ud800y":{"N":"2"},"a\ufffd":{"N":"3"}}}}"#;
    let holder = <Holder<BTreeMap<String, u8>>>::from_json(text.as_bytes()).expect("fits");
    assert_eq!(
        holder.value.into_values().collect::<std::collections::BTreeSet<_>>(),
        [1, 2, 3].into()
    );
}

/// Flattened structs and `rest` read the text of the image again.
#[test]
fn several_passes_read_the_same_text() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Outer {
        #[ddb(rest)]
        rest: BTreeMap<String, Option<u8>>,
        #[ddb(flatten)]
        inner: Inner,
        #[ddb(flatten)]
        none: Option<Sample>,
        nested: Vec<Inner>,
    }
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Inner {
        a: u8,
        #[ddb(flatten)]
        deepest: Deepest,
    }
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Deepest {
        b: u8,
    }
    let text = r#"{"x":{"N":"9"},"a":{"N":"1"},"nested":{"L":[{"M":{"z":[],"b":{"N":"4"},"a":{"N":"3"}}},{"M":{"a":{"N":"5"},"b":{"N":"6"}}}]},"b":{"N":"2"}}"#;
    let inner = |a, b| Inner { a, deepest: Deepest { b } };
    assert_eq!(
        Outer::from_json(text.as_bytes()).expect("fits"),
        Outer {
            rest: BTreeMap::from([("x".to_owned(), Some(9))]),
            inner: inner(1, 2),
            none: None,
            nested: vec![inner(3, 4), inner(5, 6)],
        }
    );
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Nothing {}
    assert_eq!(Nothing::from_json(br#" {"a":{"b":[1,2]}} "#).expect("fits"), Nothing {});
    assert_eq!(
        <Holder<Nothing>>::from_json(br#"{"value":{"M":{"a":1}}}"#).expect("fits").value,
        Nothing {}
    );
    for text in ["7", "", " ", "{", "{} {}"] {
        assert!(Nothing::from_json(text.as_bytes()).is_err(), "{text}");
    }
}

#[test]
fn hostile_nesting_is_an_error_or_skipped() {
    #[derive(Debug, FromStreamImage)]
    struct Node {
        child: Option<Box<Node>>,
    }
    let deep =
        |depth: usize| format!("{}{{}}{}", r#"{"child":{"M":"#.repeat(depth), "}}".repeat(depth));
    assert!(Node::from_json(deep(40).as_bytes()).is_ok_and(|node| node.child.is_some()));
    let error = Node::from_json(deep(100_000).as_bytes()).expect_err("too deep");
    assert!(error.to_string().ends_with("child: nested deeper than 40 levels"));
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let text = format!(r#"{{"other":{}1{}}}"#, open.repeat(100_000), close.repeat(100_000));
        assert!(Node::from_json(text.as_bytes()).is_ok_and(|node| node.child.is_none()));
    }
    let text = format!(
        r#"{{"value":{}{{"N":"1"}}{}}}"#,
        r#"{"L":["#.repeat(100_000),
        "]}".repeat(100_000)
    );
    assert!(<Holder<AttributeValue>>::from_json(text.as_bytes()).is_err());
}

#[test]
fn similar_names_are_searched_once_for_each_object() {
    // If each attribute took a search through the whole object, the time would be quadratic.
    let attributes: Vec<String> =
        (0..20_000).map(|index| format!(r#""name{index}":{{"S":"x"}}"#)).collect();
    let text = format!(r#"{{"value":{{"M":{{{}}}}}}}"#, attributes.join(","));
    let error = <Holder<HashMap<String, u8>>>::from_json(text.as_bytes()).expect_err("no numbers");
    assert_eq!(error.problems().len(), 1000);

    #[derive(Debug, FromStreamImage)]
    #[ddb(strict, deny_unknown)]
    struct Closed {}
    let error =
        Closed::from_json(format!("{{{}}}", attributes.join(",")).as_bytes()).expect_err("unknown");
    assert_eq!(error.problems().len(), 1000);
}

#[test]
fn problems_that_were_dropped_do_not_cost_later_ones_their_path() {
    #[derive(Debug, FromStreamImage)]
    #[ddb(strict)]
    #[expect(dead_code, reason = "only its problems are checked")]
    struct Renamed {
        #[ddb(alias = "was")]
        now: Vec<u8>,
        others: Vec<u8>,
        last: u8,
    }
    let texts = |count| vec![r#"{"S":"x"}"#; count].join(",");
    // The problems of `was` take up the space for those of `others`, and are then dropped because
    // `now` wins.
    let text = format!(
        r#"{{"was":{{"L":[{}]}},"others":{{"L":[{}]}},"now":{{"L":[]}},"last":{{"S":"x"}}}}"#,
        texts(800),
        texts(600),
    );
    let error = Renamed::from_json(text.as_bytes()).expect_err("no numbers");
    let problems = describe_error(&error);
    assert_eq!(
        problems[..2],
        ["last: expected N (u8), found S", "others[0]: expected N (u8), found S"]
    );
}

#[test]
fn every_truncation_of_an_image_is_not_json() {
    let text = r#"{"id":{"N":"1"},"text":{"S":"x"},"list":{"L":[{"S":"y"},{"M":{"a":{"BOOL":true}}}]}, "n" : -1.5e3 }"#;
    assert!(Sample::from_json(text.as_bytes()).is_ok());
    for end in 0..text.len() {
        let error = Sample::from_json(&text.as_bytes()[..end]).expect_err(&text[..end]);
        assert!(error.syntax_error_at().is_some(), "{}: {error}", &text[..end]);
    }
}
