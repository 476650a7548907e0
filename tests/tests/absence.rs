//! What it means that an attribute is missing or `NULL`, beyond the table of `semantics`.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use ddb_core::{AttributeValue, FromAttribute, FromStreamImage};
use ddb_tests::{describe_error, image};
use serde_json::{Value, json};

/// Reads an image by value, by reference and from JSON, which have to agree.
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
        #[allow(clippy::option_option, reason = "it is what is tested")]
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
