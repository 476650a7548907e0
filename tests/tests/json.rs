//! Images read from DynamoDB JSON, where that is not what it is for an item: the text can say more
//! than a map can hold.

#![allow(clippy::items_after_statements, reason = "a type stands next to what is said of it")]

use std::collections::{BTreeMap, HashMap};

use ddb_core::{AttributeValue, FromStreamImage, Item, StreamEvent, from_json};
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

/// Reads a sample of which one attribute is given.
#[track_caller]
fn refuses(id: &str, message: &str) {
    let text = format!(r#" {{"id" : {id} , "text": {{"S":"x"}} }} "#);
    let error = from_json::<Sample>(text.as_bytes()).expect_err(&text);
    assert_eq!(error.to_string(), message, "{text}");
    // Nobody maps it: JSON is all that it has to be.
    let text = format!(r#"{{"other":{id},"id":{{"N":"1"}}}}"#);
    assert_eq!(from_json::<Sample>(text.as_bytes()).expect(&text), Sample { id: 1, text: None });
}

#[test]
fn json_that_is_not_dynamodb_json_is_an_error_where_it_is_mapped() {
    for (id, found) in [
        ("5", "JSON that is no attribute value"),
        ("null", "JSON that is no attribute value"),
        (r#""5""#, "JSON that is no attribute value"),
        (r#"[{"N":"5"}]"#, "JSON that is no attribute value"),
        ("{}", "a value without a tag"),
        (r#"{"n":"5"}"#, "a value with an unknown tag"),
        (r#"{"X":{"N":"5"}}"#, "a value with an unknown tag"),
        (r#"{"N":"5","S":"5"}"#, "a value with several tags"),
        (r#"{"N":"5","N":"5"}"#, "a value with several tags"),
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
        from_json::<Holder<T>>(text.as_bytes()).expect_err(value).to_string()
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
        "3 problems: value[1]: expected N (u8), found JSON that is no attribute value; \
         value[2]: expected N (u8), found a value with several tags; \
         value[3]: expected N (u8), found a value without a tag"
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
        let error = from_json::<Sample>(text.as_bytes()).expect_err(text);
        assert_eq!(
            error.to_string(),
            format!("not an image in JSON, from byte {offset} on"),
            "{text}"
        );
    }
    let error = from_json::<Sample>(b"{\"id\":{\"N\":\"\xff\"}}").expect_err("no UTF-8");
    assert_eq!(error.to_string(), "not an image in JSON, from byte 12 on");
}

#[test]
fn escapes_are_read_in_names_tags_and_values() {
    let text = r#"{"\u0069d":{"\u004e":"1\u0030"},"te\u0078t":{"S":"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"}}"#;
    let sample = from_json::<Sample>(text.as_bytes()).expect("a sample");
    assert_eq!(sample, Sample { id: 10, text: Some("\"\\/\u{8}\u{c}\n\r\té😀".into()) });
    let error = from_json::<Sample>(br#"{"id":{"N":"1"},"text":{"S":"\ud83d!"}}"#)
        .expect_err("half a pair");
    assert_eq!(error.to_string(), "text: expected S (String), found S that is not Unicode");
}

#[test]
fn of_an_attribute_that_stands_twice_the_last_counts() {
    let read =
        |text: &str| from_json::<Sample>(text.as_bytes()).map_err(|error| describe_error(&error));
    assert_eq!(read(r#"{"id":{"N":"1"},"id":{"N":"2"}}"#), Ok(Sample { id: 2, text: None }));
    assert_eq!(read(r#"{"id":{"S":"x"},"id":{"N":"2"}}"#), Ok(Sample { id: 2, text: None }));
    // Of three, the second fits: its problems are none, and not those of the first.
    assert_eq!(
        read(r#"{"text":{"N":"4"},"id":{"S":"x"},"id":{"N":"2"},"id":{"N":"3"}}"#),
        Err(vec!["text: expected S (String), found N".into()])
    );
    assert_eq!(
        read(r#"{"id":{"N":"1"},"id":7}"#),
        Err(vec!["id: expected N (u32), found JSON that is no attribute value".into()])
    );

    fn map<T: ddb_core::FromAttribute + std::fmt::Debug>(value: &str) -> Result<T, String> {
        let text = format!(r#"{{"value":{{"M":{value}}}}}"#);
        from_json::<Holder<T>>(text.as_bytes())
            .map(|holder| holder.value)
            .map_err(|error| error.to_string())
    }
    let text = r#"{"a":{"S":"x"},"b":{"N":"1"},"a":{"N":"2"}}"#;
    assert_eq!(map(text), Ok(HashMap::from([("a".to_owned(), 2_u8), ("b".to_owned(), 1)])));
    assert_eq!(map(text).map(|item: Item| item.len()), Ok(2));
    assert_eq!(map(r#"{"1":{"N":"1"},"1":{"N":"2"}}"#), Ok(BTreeMap::from([(1_u8, 2_u8)])));
    assert_eq!(
        map::<BTreeMap<u8, u8>>(r#"{"1":{"N":"1"},"01":{"N":"2"}}"#),
        Err("value: two of its names read as the same key".into())
    );
    assert_eq!(
        map::<BTreeMap<u8, u8>>(r#"{"1":{"N":"1"},"1":{"N":"x"}}"#),
        Err(r"value.1: expected N (u8), found N that is not a number".into())
    );

    // A value that did not fit was never in the map.
    assert_eq!(
        map::<BTreeMap<u8, u8>>(r#"{"1":{"S":"x"},"01":{"N":"2"},"1":{"N":"3"}}"#),
        Err("value: two of its names read as the same key".into())
    );
    let many =
        format!(r#"{{"a":{{"L":[{}{{"S":""}}]}},"a":{{"L":[]}}}}"#, r#"{"S":""},"#.repeat(2000));
    assert_eq!(map(&many), Ok(HashMap::from([("a".to_owned(), Vec::<u8>::new())])));
    let fields = |rest: &str| {
        format!(
            r#"{{"a":{{"L":[{}{{"S":""}}]}},"a":{{"L":[]}}{rest}}}"#,
            r#"{"S":""},"#.repeat(2000)
        )
    };
    let read = from_json::<Lists>(fields("").as_bytes()).map_err(|error| describe_error(&error));
    assert_eq!(read, Ok(Lists { a: vec![], b: vec![], rest: [].into() }));
    let read = from_json::<Lists>(fields(r#","b":{"S":""}"#).as_bytes())
        .map_err(|error| describe_error(&error));
    assert_eq!(read, Err(vec!["b: expected B, L or NS (Vec<u8>), found S".into()]));
    let read = from_json::<Lists>(br#"{"x":{"N":"1"},"y":{"N":"2"},"x":{"N":"3"},"a":{"B":""}}"#)
        .expect("fits");
    assert_eq!(read.rest, HashMap::from([("x".to_owned(), 3), ("y".to_owned(), 2)]));

    #[derive(Debug, FromStreamImage)]
    #[ddb(strict, deny_unknown)]
    struct Closed {}
    let error = from_json::<Closed>(br#"{"a":1,"a":2}"#).expect_err("unknown");
    assert_eq!(error.to_string(), "a: unknown attribute");
}

#[test]
fn names_that_stand_twice_at_every_level_are_read_once_each() {
    // Twice at each of 30 levels would be a thousand million times.
    let text = (0..30).fold(r#"{"N":"1"}"#.to_owned(), |inner, _| {
        format!(r#"{{"M":{{"a":{inner},"b":{{"N":"1"}},"b":{{"N":"2"}}}}}}"#)
    });
    let text = format!(r#"{{"value":{text}}}"#);
    assert!(from_json::<Holder<AttributeValue>>(text.as_bytes()).is_ok());
    let item = serde_json::from_str::<Item>(&text).expect("DynamoDB JSON");
    let holder = from_json::<Holder<AttributeValue>>(text.as_bytes()).expect("fits");
    assert_eq!(Some(&holder.value), item.get("value"));
    assert!(
        StreamEvent::<Item>::from_slice(
            format!(r#"[{{"dynamodb":{{"Keys":{text}}}}}]"#).as_bytes()
        )
        .is_ok()
    );
}

#[test]
fn names_that_are_no_text_stay_apart() {
    let text = r#"{"value":{"M":{"a\ud800x":{"N":"1"},"a\ud800y":{"N":"2"},"a\ufffd":{"N":"3"}}}}"#;
    let holder = from_json::<Holder<BTreeMap<String, u8>>>(text.as_bytes()).expect("fits");
    assert_eq!(
        holder.value.into_values().collect::<std::collections::BTreeSet<_>>(),
        [1, 2, 3].into()
    );
}

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
        from_json::<Outer>(text.as_bytes()).expect("fits"),
        Outer {
            rest: BTreeMap::from([("x".to_owned(), Some(9))]),
            inner: inner(1, 2),
            none: None,
            nested: vec![inner(3, 4), inner(5, 6)],
        }
    );
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Nothing {}
    assert_eq!(from_json::<Nothing>(br#" {"a":{"b":[1,2]}} "#).expect("fits"), Nothing {});
    assert_eq!(
        from_json::<Holder<Nothing>>(br#"{"value":{"M":{"a":1}}}"#).expect("fits").value,
        Nothing {}
    );
    for text in ["7", "", " ", "{", "{} {}"] {
        assert!(from_json::<Nothing>(text.as_bytes()).is_err(), "{text}");
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
    assert!(from_json::<Node>(deep(40).as_bytes()).is_ok_and(|node| node.child.is_some()));
    let error = from_json::<Node>(deep(100_000).as_bytes()).expect_err("too deep");
    assert!(error.to_string().ends_with("child: nested deeper than 40 levels"));
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let text = format!(r#"{{"other":{}1{}}}"#, open.repeat(100_000), close.repeat(100_000));
        assert!(from_json::<Node>(text.as_bytes()).is_ok_and(|node| node.child.is_none()));
    }
    let text = format!(
        r#"{{"value":{}{{"N":"1"}}{}}}"#,
        r#"{"L":["#.repeat(100_000),
        "]}".repeat(100_000)
    );
    assert!(from_json::<Holder<AttributeValue>>(text.as_bytes()).is_err());
}

#[test]
fn names_are_looked_for_once_an_object() {
    // With a look at the whole object for each of its attributes, this would take minutes.
    let attributes: Vec<String> =
        (0..20_000).map(|index| format!(r#""name{index}":{{"S":"x"}}"#)).collect();
    let text = format!(r#"{{"value":{{"M":{{{}}}}}}}"#, attributes.join(","));
    let error = from_json::<Holder<HashMap<String, u8>>>(text.as_bytes()).expect_err("no numbers");
    assert_eq!(error.problems().len(), 1000);

    #[derive(Debug, FromStreamImage)]
    #[ddb(strict, deny_unknown)]
    struct Closed {}
    let error = from_json::<Closed>(format!("{{{}}}", attributes.join(",")).as_bytes())
        .expect_err("unknown");
    assert_eq!(error.problems().len(), 1000);
}

#[test]
fn every_truncation_of_an_image_is_not_json() {
    let text = r#"{"id":{"N":"1"},"text":{"S":"x"},"list":{"L":[{"S":"y"},{"M":{"a":{"BOOL":true}}}]}, "n" : -1.5e3 }"#;
    assert!(from_json::<Sample>(text.as_bytes()).is_ok());
    for end in 0..text.len() {
        let error = from_json::<Sample>(&text.as_bytes()[..end]).expect_err(&text[..end]);
        assert!(error.to_string().starts_with("not an image in JSON"), "{}: {error}", &text[..end]);
    }
}
