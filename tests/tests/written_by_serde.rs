//! The differences from `serde_dynamo::to_item`: the rows of the table in the guide for users of
//! that crate.

use std::collections::{BTreeSet, HashMap, HashSet};

use ddb_core::{IntoAttribute, IntoItem, Item};
use serde::Serialize;
use serde_json::{Value, json};

/// A struct with one field of any type.
#[derive(Clone, IntoItem, Serialize)]
struct Holder<T> {
    value: T,
}

fn to_json(item: &Item) -> Value {
    serde_json::to_value(item).expect("JSON")
}

/// What `serde_dynamo` and this crate write for the value.
fn write<T: IntoAttribute + Serialize>(value: T) -> [Result<Value, String>; 2] {
    let holder = Holder { value };
    let theirs = serde_dynamo::to_item(&holder).map_err(|error| error.to_string());
    let ours = holder.into_item().map_err(|error| error.to_string());
    [theirs, ours].map(|item| item.map(|item: Item| to_json(&item)["value"].take()))
}

#[test]
fn serde_dynamo_writes_what_is_left_out() {
    let [theirs, ours] = write(None::<u8>);
    assert_eq!((theirs, ours), (Ok(json!({"NULL": true})), Ok(Value::Null)));
    let [theirs, ours] = write(HashSet::<String>::new());
    assert_eq!((theirs, ours), (Ok(json!({"L": []})), Ok(Value::Null)));
}

#[test]
fn serde_dynamo_writes_sets_and_bytes_as_lists() {
    let [theirs, ours] = write(BTreeSet::from(["a".to_owned()]));
    assert_eq!((theirs, ours), (Ok(json!({"L": [{"S": "a"}]})), Ok(json!({"SS": ["a"]}))));
    let [theirs, ours] = write(vec![1_u8]);
    assert_eq!((theirs, ours), (Ok(json!({"L": [{"N": "1"}]})), Ok(json!({"B": "AQ=="}))));
}

#[derive(IntoItem, Serialize)]
struct Sets {
    #[ddb(set)]
    #[serde(serialize_with = "serde_dynamo::string_set::serialize")]
    empty: Vec<String>,
}

#[derive(IntoItem, Serialize)]
struct Repeated {
    #[ddb(set)]
    #[serde(serialize_with = "serde_dynamo::number_set::serialize")]
    numbers: Vec<f64>,
}

#[test]
fn serde_dynamo_writes_sets_that_dynamodb_refuses() {
    let theirs: Item = serde_dynamo::to_item(Sets { empty: vec![] }).expect("serializes");
    assert_eq!(to_json(&theirs), json!({"empty": {"SS": []}}));
    let ours = Sets { empty: vec![] }.into_item().expect("an item");
    assert!(ours.is_empty());

    let repeated = || Repeated { numbers: vec![1.0, 1.0] };
    let theirs: Item = serde_dynamo::to_item(repeated()).expect("serializes");
    assert_eq!(to_json(&theirs), json!({"numbers": {"NS": ["1", "1"]}}));
    let ours = repeated().into_item().expect_err("a lost element").to_string();
    assert_eq!(ours, "numbers: two elements of the set are equal");
}

#[test]
fn serde_dynamo_writes_numbers_that_dynamodb_refuses() {
    for (number, text) in [(f64::NAN, "NaN"), (f64::INFINITY, "inf")] {
        let [theirs, ours] = write(number);
        assert_eq!(theirs, Ok(json!({ "N": text })));
        assert!(ours.is_err());
    }
    let [theirs, ours] = write(1e126);
    assert!(theirs.is_ok() && ours.is_err());
    let [theirs, ours] = write(u128::MAX);
    assert!(theirs.is_err() && ours.is_err());
}

#[test]
fn numbers_are_spelled_as_dynamodb_returns_them() {
    let [theirs, ours] = write(-0.0);
    assert_eq!((theirs, ours), (Ok(json!({"N": "-0"})), Ok(json!({"N": "0"}))));
    let [theirs, ours] = write(1e100);
    assert_eq!(ours, Ok(json!({"N": "1E100"})));
    let digits = format!("1{}", "0".repeat(100));
    assert_eq!(theirs, Ok(json!({ "N": digits })));
}

#[derive(IntoItem, Serialize)]
#[ddb(tag = "type")]
enum Entity {
    Order { id: u8 },
}

#[test]
fn an_enum_with_data_has_a_tag() {
    let theirs: Item = serde_dynamo::to_item(Entity::Order { id: 7 }).expect("serializes");
    assert_eq!(to_json(&theirs), json!({"Order": {"M": {"id": {"N": "7"}}}}));
    let ours = Entity::Order { id: 7 }.into_item().expect("an item");
    assert_eq!(to_json(&ours), json!({"type": {"S": "Order"}, "id": {"N": "7"}}));
}

#[derive(IntoItem, Serialize)]
struct Twice {
    id: u8,
    #[ddb(rest)]
    #[serde(flatten)]
    rest: HashMap<String, u8>,
}

#[test]
fn serde_dynamo_loses_a_name_that_is_written_twice() {
    let twice = || Twice { id: 1, rest: HashMap::from([("id".to_owned(), 2)]) };
    let theirs: Item = serde_dynamo::to_item(twice()).expect("serializes");
    assert_eq!(to_json(&theirs), json!({"id": {"N": "2"}}));
    let ours = twice().into_item().expect_err("twice").to_string();
    assert_eq!(ours, "id: appears more than once");
}

#[test]
fn serde_dynamo_writes_nesting_that_dynamodb_refuses() {
    #[derive(Clone, IntoAttribute, Serialize)]
    struct Tree {
        children: Vec<Tree>,
    }

    let leaf = Tree { children: vec![] };
    let tree = (0..16).fold(leaf, |tree, _| Tree { children: vec![tree] });
    let [theirs, ours] = write(tree);
    assert!(theirs.is_ok());
    assert_eq!(ours, Err("value: nested deeper than 32 levels".to_owned()));
}

#[test]
fn an_error_names_the_attribute() {
    let [theirs, ours] = write([u128::MAX]);
    assert!(theirs.is_err_and(|error| !error.contains("value")));
    assert_eq!(
        ours,
        Err("value[0]: a number with more than 38 digits cannot be stored".to_owned())
    );
}
