//! Rules for missing and `NULL` attributes, beyond the table in `semantics`.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use ddb_core::{AttributeValue, FromAttribute, FromStreamImage};
use ddb_tests::{describe_error, image};
use serde_json::{Value, json};

/// Reads an image strictly by value, by reference and from JSON, and asserts that all three agree.
fn read<T: FromStreamImage + PartialEq + std::fmt::Debug>(json: &Value) -> Result<T, Vec<String>> {
    let describe = |error| describe_error(&error);
    let owned = T::from_image(image(json.clone())).map_err(describe);
    assert_eq!(T::from_image_ref(&image(json.clone())).map_err(describe), owned);
    assert_eq!(T::from_json(json.to_string().as_bytes()).map_err(describe), owned);
    owned
}

#[test]
fn a_set_that_is_missing_or_null_is_empty() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Sets {
        hash: HashSet<String>,
        tree: BTreeSet<u32>,
        shared: Arc<BTreeSet<u8>>,
        optional: Option<BTreeSet<u8>>,
        listed: Option<Vec<BTreeSet<u8>>>,
    }
    let empty = Sets {
        hash: HashSet::new(),
        tree: BTreeSet::new(),
        shared: Arc::default(),
        optional: None,
        listed: None,
    };
    let nothing = json!({"NULL": true});
    assert_eq!(read(&json!({})), Ok(empty));
    assert_eq!(
        read(&json!({"hash": nothing, "tree": nothing, "shared": nothing, "optional": nothing,
            "listed": {"L": [nothing, {"NS": ["1"]}, {"NS": []}]}})),
        Ok(Sets {
            hash: HashSet::new(),
            tree: BTreeSet::new(),
            shared: Arc::default(),
            optional: None,
            listed: Some(vec![BTreeSet::new(), BTreeSet::from([1]), BTreeSet::new()]),
        })
    );
    assert_eq!(
        read::<Sets>(&json!({"hash": {"S": "a"}})),
        Err(vec!["hash: expected L or SS (HashSet<String>), found S".to_owned()])
    );
    assert_eq!(HashSet::<String>::from_value(AttributeValue::Null(true)).ok(), Some([].into()));
}

#[test]
fn a_list_or_a_map_that_is_missing_is_an_error() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Collections {
        list: Vec<u8>,
        map: std::collections::HashMap<String, u8>,
    }
    let missing = ["list: missing, expected B, L or NS (Vec<u8>)", "map: missing, expected M"];
    let error = read::<Collections>(&json!({})).expect_err("both are missing");
    assert!(error.iter().zip(missing).all(|(error, start)| error.starts_with(start)), "{error:?}");
}

#[test]
fn an_option_of_an_option_tells_null_from_missing() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Patch {
        #[allow(clippy::option_option, reason = "it is under test")]
        note: Option<Option<String>>,
        boxed: Option<Box<Option<u8>>>,
        newtype: Option<Maybe>,
    }
    #[derive(Debug, PartialEq, FromAttribute)]
    #[ddb(transparent)]
    struct Maybe(Option<u8>);

    let nothing = json!({"NULL": true});
    let patch = |note, boxed, newtype| Patch { note, boxed, newtype };
    assert_eq!(read(&json!({})), Ok(patch(None, None, None)));
    assert_eq!(
        read(&json!({"note": nothing, "boxed": nothing, "newtype": nothing})),
        Ok(patch(Some(None), Some(Box::new(None)), Some(Maybe(None))))
    );
    assert_eq!(
        read(&json!({"note": {"S": "x"}, "boxed": {"N": "1"}, "newtype": {"N": "2"}})),
        Ok(patch(Some(Some("x".to_owned())), Some(Box::new(Some(1))), Some(Maybe(Some(2)))))
    );
}

#[test]
fn a_flattened_option_is_none_if_all_of_its_attributes_are_missing_or_null() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict, deny_unknown)]
    struct Car {
        id: u8,
        #[ddb(flatten)]
        insurance: Option<Insurance>,
        #[ddb(flatten)]
        lease: Option<Box<Lease>>,
    }
    #[derive(Debug, PartialEq, FromAttribute)]
    #[ddb(strict)]
    struct Insurance {
        company: String,
        policy: u32,
    }
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Lease {
        rate: Option<u32>,
        until: Option<u32>,
    }
    let (nothing, id) = (json!({"NULL": true}), json!({"N": "1"}));
    let none = || Car { id: 1, insurance: None, lease: None };
    assert_eq!(read(&json!({"id": id})), Ok(none()));
    assert_eq!(read(&json!({"id": id, "company": nothing, "policy": nothing})), Ok(none()));
    assert_eq!(read(&json!({"id": id, "policy": nothing, "rate": nothing})), Ok(none()));
    assert_eq!(
        read(&json!({"id": id, "rate": {"N": "2"}, "until": nothing})),
        Ok(Car { lease: Some(Box::new(Lease { rate: Some(2), until: None })), ..none() })
    );
    assert_eq!(
        read::<Car>(&json!({"id": id, "company": {"S": "x"}, "policy": nothing})),
        Err(vec!["policy: expected N (u32), found NULL".to_owned()])
    );
    assert_eq!(
        read(&json!({"id": id, "company": {"S": "x"}, "policy": {"N": "7"}})),
        Ok(Car { insurance: Some(Insurance { company: "x".into(), policy: 7 }), ..none() })
    );
}

/// If a field has several names, only the preferred one that the image has decides whether a
/// flattened `Option` is `None`.
#[test]
fn a_null_counts_once_whatever_else_its_field_is_called() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Outer {
        #[ddb(flatten)]
        inner: Option<Inner>,
    }
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Inner {
        #[ddb(alias = "was", alias = "is")]
        name: Option<String>,
        size: u32,
    }
    let (nothing, text) = (json!({"NULL": true}), json!({"S": "x"}));
    let missing = || Err(vec!["size: missing, expected N (u32)".to_owned()]);
    // Unlike a map, JSON keeps the order of the names.
    for names in [["name", "was"], ["was", "name"], ["was", "is"], ["is", "was"]] {
        let [first, second] = names;
        let both = |one: &Value, other: &Value| {
            let json = format!(r#"{{"{first}":{one},"{second}":{other}}}"#);
            Outer::from_json(json.as_bytes()).map_err(|error| describe_error(&error))
        };
        assert_eq!(both(&nothing, &nothing), Ok(Outer { inner: None }), "{names:?}");
        assert_eq!(both(&text, &text), missing(), "{names:?}");
        let preferred = |name: &str| ["is", "was", "name"].iter().position(|&it| it == name);
        let text_first = both(&text, &nothing);
        let text_is_read = preferred(first) > preferred(second);
        assert_eq!(text_first, if text_is_read { missing() } else { Ok(Outer { inner: None }) });
        let text_second = both(&nothing, &text);
        assert_eq!(text_second, if text_is_read { Ok(Outer { inner: None }) } else { missing() });
    }
}

#[test]
fn a_type_that_wraps_an_option_is_absent_as_the_option_is() {
    #[derive(Debug, PartialEq, FromAttribute)]
    #[ddb(transparent)]
    struct Read(Option<u32>);
    #[derive(Debug, PartialEq, FromAttribute)]
    #[ddb(transparent)]
    struct Converted(#[ddb(from_str)] Option<u32>);
    #[derive(Debug, PartialEq, FromAttribute)]
    #[ddb(from = Option<u32>)]
    struct Made(Option<u32>);
    impl From<Option<u32>> for Made {
        fn from(value: Option<u32>) -> Self {
            Self(value)
        }
    }
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Fields {
        read: Read,
        converted: Converted,
        made: Made,
    }
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Options {
        read: Option<Read>,
        converted: Option<Converted>,
        made: Option<Made>,
    }
    let (nothing, missing) = (json!({"NULL": true}), json!({}));
    let null = json!({"read": nothing, "converted": nothing, "made": nothing});
    let fields = || Fields { read: Read(None), converted: Converted(None), made: Made(None) };
    assert_eq!(read(&missing), Ok(fields()));
    assert_eq!(read(&null), Ok(fields()));
    assert_eq!(read(&missing), Ok(Options { read: None, converted: None, made: None }));
    assert_eq!(
        read(&null),
        Ok(Options {
            read: Some(Read(None)),
            converted: Some(Converted(None)),
            made: Some(Made(None)),
        })
    );
}
