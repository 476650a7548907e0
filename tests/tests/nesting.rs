//! Hostile nesting is an error, and never a stack overflow.

use std::collections::HashMap;

use ddb_core::{AttributeValue, FromStreamImage, Item};
use ddb_tests::{Holder, image};
use serde_json::json;

/// Far more than the 128 levels that `serde_json` reads, and few enough that a value can be
/// dropped, which takes a stack frame per level.
const DEEP: usize = 2_000;

#[derive(Debug, FromStreamImage)]
#[allow(dead_code, reason = "only their depth counts")]
struct Node {
    id: Option<u32>,
    child: Option<Box<Node>>,
    children: Vec<Node>,
}

fn list_of(depth: usize) -> AttributeValue {
    (0..depth).fold(AttributeValue::N("1".into()), |value, _| AttributeValue::L(vec![value]))
}

fn map_of(depth: usize) -> AttributeValue {
    (0..depth).fold(AttributeValue::N("1".into()), |value, _| {
        AttributeValue::M(HashMap::from([("child".to_owned(), value)]))
    })
}

fn image_of(value: AttributeValue) -> Item {
    Item::from(HashMap::from([("child".to_owned(), value)]))
}

#[test]
fn a_recursive_type_ends_at_the_depth_limit() {
    let message = |error: ddb_core::ImageError| {
        let problem = error
            .problems()
            .iter()
            .find(|problem| problem.to_string().contains("nested"))
            .map(ToString::to_string);
        problem.expect("a problem about depth")
    };
    let expected = format!("{}child: nested deeper than 40 levels", "child.".repeat(40));
    assert_eq!(message(Node::from_image(image_of(map_of(DEEP))).expect_err("too deep")), expected);
    let image = image_of(map_of(DEEP));
    assert_eq!(message(Node::from_image_ref(&image).expect_err("too deep")), expected);
    let node = Node::from(image_of(map_of(DEEP)));
    assert!(node.child.is_some());
}

#[test]
fn the_depth_limit_fits_into_the_stack_of_a_thread() {
    macro_rules! wide {
        ($($field:ident)*) => {
            /// A struct with so many fields that its reading function has a large stack frame.
            #[derive(Debug, Default, FromStreamImage)]
            #[allow(dead_code, reason = "only its depth counts")]
            struct Wide {
                child: Option<Box<Wide>>,
                $($field: String,)*
            }
        };
    }
    wide! { a b c d e f g h i j k l m n o p q r s t u v w x y z aa bb cc dd ee ff gg hh ii jj kk ll mm nn oo pp }
    // The default stack size of a thread in Rust.
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    let read =
        thread.spawn(|| Wide::from_image(image_of(map_of(DEEP))).is_err()).expect("a thread");
    assert!(read.join().expect("no overflow"));
}

#[test]
fn what_is_not_read_may_be_as_deep_as_it_likes() {
    #[derive(Debug, FromStreamImage)]
    struct Other {
        id: Option<u32>,
    }
    for value in [list_of(DEEP), map_of(DEEP)] {
        assert!(Other::from_image(image_of(value)).expect("fits").id.is_none());
    }
    for value in [list_of(DEEP), map_of(DEEP)] {
        assert!(Other::from(image_of(value)).id.is_none());
    }
}

#[test]
fn raw_values_are_no_deeper_than_the_limit() {
    #[derive(Debug, FromStreamImage)]
    #[ddb(strict)]
    struct Raw {
        child: AttributeValue,
    }
    #[derive(Debug, FromStreamImage)]
    #[ddb(strict)]
    struct Rest {
        #[ddb(rest)]
        rest: Item,
    }
    #[derive(Debug, FromStreamImage)]
    #[ddb(strict)]
    #[allow(dead_code, reason = "only its depth counts")]
    struct Serde {
        #[ddb(serde)]
        child: serde_json::Value,
    }
    for (depth, fits) in [(32, true), (40, true), (41, false), (DEEP, false)] {
        for value in [list_of, map_of] {
            assert_eq!(Raw::from_image(image_of(value(depth))).is_ok(), fits, "{depth}");
            assert_eq!(Rest::from_image(image_of(value(depth))).is_ok(), fits, "{depth}");
            assert_eq!(Serde::from_image(image_of(value(depth))).is_ok(), fits, "{depth}");
            let image = image_of(value(depth));
            assert_eq!(Raw::from_image_ref(&image).is_ok(), fits, "{depth}");
            assert_eq!(Rest::from_image_ref(&image).is_ok(), fits, "{depth}");
        }
    }
    let raw = Raw::from_image(image_of(list_of(2))).expect("fits");
    assert_eq!(raw.child, list_of(2));
    let rest = Rest::from_image(image_of(list_of(2))).expect("fits");
    assert_eq!(rest.rest, image_of(list_of(2)));
}

#[test]
fn a_raw_value_that_is_too_deep_is_the_same_problem_from_every_source() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Rest {
        #[ddb(rest)]
        rest: Item,
    }
    let list = |values: [serde_json::Value; 2]| json!({ "L": values });
    let deep = (0..45).fold(json!({"S": "x"}), |value, _| json!({"M": {"a": value}}));
    let image = json!({
        "map": deep,
        "list": (0..41).fold(json!({"S": "x"}), |value, _| list([json!({"N": "1"}), value])),
        "both": list([deep.clone(), deep.clone()]),
        "flat": {"S": "x"},
    });
    let error = ddb_tests::read_image::<Rest>(&image).expect_err("too deep");
    let inside = ".a".repeat(40);
    let expected = [
        format!("both[0]{}: nested deeper than 40 levels", &inside[2..]),
        format!("both[1]{}: nested deeper than 40 levels", &inside[2..]),
        format!("list{}: nested deeper than 40 levels", "[1]".repeat(40)),
        format!("map{inside}: nested deeper than 40 levels"),
    ];
    assert_eq!(error, expected.join("; "));
}

#[test]
fn what_dynamodb_stores_is_never_too_deep() {
    let deepest = (0..32)
        .fold(json!({"N": "1"}), |value, _| json!({"M": {"child": value, "children": {"L": []}}}));
    let error = Node::from_image(image(json!({"child": deepest, "children": {"L": []}})))
        .expect_err("a number");
    assert_eq!(error.problems().len(), 1);
    assert!(error.problems()[0].to_string().ends_with("child: expected M (Node), found N"));
    assert!(Holder::<AttributeValue>::from_image(image(json!({"value": {"L": []}}))).is_ok());
}
