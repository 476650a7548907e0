//! The rules for a field, strict and lossy, as a table.

use ddb_core::{AttributeValue, FromStreamImage, Item, Lossy};
use ddb_tests::{describe, describe_error, image};
use serde_json::{Value, json};

/// A field of each kind. `From<Item>` is lossy and `from_image` is strict.
#[derive(Debug, PartialEq, FromStreamImage)]
struct Fields {
    plain: u32,
    option: Option<u32>,
    #[ddb(default)]
    default: u32,
    #[ddb(default = 7)]
    expression: u32,
    #[ddb(default = Some(8))]
    option_expression: Option<u32>,
}

const FITTING: Fields =
    Fields { plain: 1, option: Some(1), default: 1, expression: 1, option_expression: Some(1) };

/// An image that fits `Fields`, with one attribute replaced or removed.
fn image_with(name: &str, value: Option<Value>) -> Item {
    let mut attributes = json!({});
    for name in ["plain", "option", "default", "expression", "option_expression"] {
        attributes[name] = json!({"N": "1"});
    }
    match value {
        Some(value) => attributes[name] = value,
        None => drop(attributes.as_object_mut().and_then(|attributes| attributes.remove(name))),
    }
    image(attributes)
}

/// The name of a field, its attribute, and the results of the strict and of the lossy conversion.
type Row = (&'static str, Option<Value>, Result<Fields, String>, Fields);

/// The rules, as in the README's table.
fn rows() -> Vec<Row> {
    let misfit = || Some(json!({"S": "x"}));
    let null = || Some(json!({"NULL": true}));
    let false_null = || Some(json!({"NULL": false}));
    let fitting = || Some(json!({"N": "5"}));
    let found_s = |name: &str| Err(format!("{name}: expected N (u32), found S"));
    vec![
        ("plain", fitting(), Ok(Fields { plain: 5, ..FITTING }), Fields { plain: 5, ..FITTING }),
        ("plain", misfit(), found_s("plain"), Fields { plain: 0, ..FITTING }),
        (
            "plain",
            null(),
            Err("plain: expected N (u32), found NULL".into()),
            Fields { plain: 0, ..FITTING },
        ),
        (
            "plain",
            false_null(),
            Err("plain: expected N (u32), found NULL".into()),
            Fields { plain: 0, ..FITTING },
        ),
        (
            "plain",
            None,
            Err("plain: missing, expected N (u32)".into()),
            Fields { plain: 0, ..FITTING },
        ),
        (
            "option",
            fitting(),
            Ok(Fields { option: Some(5), ..FITTING }),
            Fields { option: Some(5), ..FITTING },
        ),
        ("option", misfit(), found_s("option"), Fields { option: None, ..FITTING }),
        (
            "option",
            null(),
            Ok(Fields { option: None, ..FITTING }),
            Fields { option: None, ..FITTING },
        ),
        (
            "option",
            false_null(),
            Ok(Fields { option: None, ..FITTING }),
            Fields { option: None, ..FITTING },
        ),
        (
            "option",
            None,
            Ok(Fields { option: None, ..FITTING }),
            Fields { option: None, ..FITTING },
        ),
        (
            "default",
            fitting(),
            Ok(Fields { default: 5, ..FITTING }),
            Fields { default: 5, ..FITTING },
        ),
        ("default", misfit(), found_s("default"), Fields { default: 0, ..FITTING }),
        ("default", null(), Ok(Fields { default: 0, ..FITTING }), Fields { default: 0, ..FITTING }),
        ("default", None, Ok(Fields { default: 0, ..FITTING }), Fields { default: 0, ..FITTING }),
        (
            "expression",
            fitting(),
            Ok(Fields { expression: 5, ..FITTING }),
            Fields { expression: 5, ..FITTING },
        ),
        ("expression", misfit(), found_s("expression"), Fields { expression: 7, ..FITTING }),
        (
            "expression",
            null(),
            Ok(Fields { expression: 7, ..FITTING }),
            Fields { expression: 7, ..FITTING },
        ),
        (
            "expression",
            None,
            Ok(Fields { expression: 7, ..FITTING }),
            Fields { expression: 7, ..FITTING },
        ),
        (
            "option_expression",
            misfit(),
            found_s("option_expression"),
            Fields { option_expression: Some(8), ..FITTING },
        ),
        (
            "option_expression",
            null(),
            Ok(Fields { option_expression: Some(8), ..FITTING }),
            Fields { option_expression: Some(8), ..FITTING },
        ),
        (
            "option_expression",
            None,
            Ok(Fields { option_expression: Some(8), ..FITTING }),
            Fields { option_expression: Some(8), ..FITTING },
        ),
    ]
}

#[test]
fn each_kind_of_field_has_its_rule() {
    for (name, value, strict, lossy) in rows() {
        let case = format!("{name}: {value:?}");
        let image = image_with(name, value);
        let problems: Vec<String> = strict.as_ref().err().into_iter().cloned().collect();
        let borrowed = Fields::from_image_ref(&image).map_err(|error| error.to_string());
        assert_eq!(borrowed, strict, "{case}");
        let owned = Fields::from_image(image.clone()).map_err(|error| error.to_string());
        assert_eq!(owned, strict, "{case}");
        let report = Fields::from_image_lossy(image.clone());
        assert_eq!(report.value, lossy, "{case}");
        assert_eq!(describe(&report.problems), problems, "{case}");
        assert!(report.problems.iter().all(|problem| problem.replaced() == Some(name)), "{case}");
        assert_eq!(Fields::from(image), lossy, "{case}");
    }
}

#[test]
fn an_unmapped_attribute_changes_nothing() {
    for value in [
        json!({"NULL": false}),
        json!({"N": "not a number"}),
        json!({"SS": []}),
        json!({"M": {"a": {"N": ""}}}),
    ] {
        let mut image = image_with("plain", Some(json!({"N": "1"})));
        image.insert(
            "other".into(),
            serde_json::from_value::<AttributeValue>(value).expect("a value"),
        );
        assert_eq!(Fields::from_image(image).expect("fits"), FITTING);
    }
}

#[test]
fn all_problems_of_an_image_are_reported_at_once() {
    #[derive(Debug, FromStreamImage)]
    #[ddb(strict)]
    struct Order {
        id: u64,
        lines: Vec<Line>,
        meta: Meta,
    }
    #[derive(Debug, FromStreamImage)]
    struct Line {
        sku: String,
        qty: u32,
    }
    #[derive(Debug, Default, FromStreamImage)]
    struct Meta {
        #[ddb(rename = "a.b")]
        dotted: bool,
        #[ddb(rename = "c[0]")]
        bracketed: bool,
    }
    let error = Order::from_image(image(json!({
        "id": {"N": "1.5"},
        "lines": {"L": [
            {"M": {"sku": {"S": "x"}, "qty": {"N": "1"}}},
            {"M": {"sku": {"N": "2"}, "qty": {"S": "2"}}},
            {"S": "line"},
        ]},
        "meta": {"M": {"a.b": {"S": "yes"}}},
    })))
    .expect_err("does not fit");
    assert_eq!(
        describe_error(&error),
        [
            "id: expected N (u64), found N with a fraction",
            "lines[1].qty: expected N (u32), found S",
            "lines[1].sku: expected S (String), found N",
            "lines[2]: expected M (Line), found S",
            r#"meta."a.b": expected BOOL (bool), found S"#,
            r#"meta."c[0]": missing, expected BOOL (bool)"#,
        ]
    );
    assert!(error.problems().iter().all(|problem| problem.replaced().is_none()));
    assert!(error.to_string().starts_with("6 problems: "));
    let _ = |order: Order| (order.id, order.lines, order.meta);
    let _ = |line: Line| (line.sku, line.qty);
    let _ = |meta: Meta| (meta.dotted, meta.bracketed);
}

/// The path of each problem and the path of what was replaced, sorted.
fn replacements<T>(report: &Lossy<T>) -> Vec<(&str, &str)> {
    let mut all: Vec<_> = report
        .problems
        .iter()
        .map(|problem| (problem.path(), problem.replaced().unwrap_or("nothing")))
        .collect();
    all.sort_unstable();
    all
}

/// A lossy conversion replaces the smallest enclosing value that has a default.
#[test]
fn lossy_replaces_the_smallest_value_that_has_a_default() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Outer {
        inner: Inner,
        lines: Vec<Line>,
        tags: Vec<u32>,
        holes: Vec<Option<u32>>,
        counts: std::collections::BTreeMap<String, u32>,
        strict: Option<StrictInner>,
    }
    #[derive(Debug, Default, PartialEq, FromStreamImage)]
    struct Inner {
        kept: u32,
        lost: u32,
    }
    #[derive(Debug, PartialEq, FromStreamImage)]
    struct Line {
        qty: u32,
    }
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct StrictInner {
        a: u32,
        #[ddb(default = 9)]
        b: u32,
    }
    let report = Outer::from_image_lossy(image(json!({
        // A lossy struct keeps what fits.
        "inner": {"M": {"kept": {"N": "1"}, "lost": {"S": "x"}}},
        // An element whose type has a lossy conversion is kept.
        "lines": {"L": [{"M": {"qty": {"N": "1"}}}, {"M": {"qty": {"S": "x"}}}]},
        // If an element without a default does not fit, the list is replaced.
        "tags": {"L": [{"N": "1"}, {"S": "x"}, {"N": "3"}]},
        "holes": {"L": [{"N": "1"}, {"S": "x"}, {"N": "3"}]},
        "counts": {"M": {"a": {"N": "1"}, "b": {"S": "x"}}},
        // A strict struct is replaced as a whole if a field without a default does not fit.
        "strict": {"M": {"a": {"S": "x"}, "b": {"S": "x"}}},
    })));
    assert_eq!(
        report.value,
        Outer {
            inner: Inner { kept: 1, lost: 0 },
            lines: vec![Line { qty: 1 }, Line { qty: 0 }],
            tags: vec![],
            holes: vec![Some(1), None, Some(3)],
            counts: [].into(),
            strict: None,
        }
    );
    assert_eq!(
        replacements(&report),
        [
            ("counts.b", "counts"),
            ("holes[1]", "holes[1]"),
            ("inner.lost", "inner.lost"),
            ("lines[1].qty", "lines[1].qty"),
            ("strict.a", "strict"),
            ("strict.b", "strict"),
            ("tags[1]", "tags"),
        ]
    );
}

#[test]
fn option_is_decided_by_the_type_and_not_by_its_name() {
    type Maybe<T> = Option<T>;

    /// A user's type that happens to be called `Option`.
    mod shadow {
        #[derive(Debug, Default, PartialEq, ddb_core::FromStreamImage)]
        #[ddb(transparent)]
        pub struct Option(pub u32);
    }

    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Aliased<T> {
        alias: Maybe<u32>,
        generic: T,
        boxed: Box<Option<u32>>,
        #[ddb(from_str)]
        converted: Maybe<std::net::Ipv4Addr>,
    }
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Shadowed {
        value: shadow::Option,
    }

    assert_eq!(
        Aliased::<Option<u32>>::from_image(image(json!({}))).expect("all are optional"),
        Aliased { alias: None, generic: None, boxed: Box::new(None), converted: None }
    );
    assert!(Aliased::<u32>::from_image(image(json!({}))).is_err());
    let error = Shadowed::from_image(image(json!({}))).expect_err("it is not optional");
    assert_eq!(error.to_string(), "value: missing, expected N (u32)");
}

#[test]
fn a_strict_struct_has_try_from() {
    #[derive(Debug, FromStreamImage)]
    #[ddb(strict)]
    struct Strict {
        id: std::num::NonZero<u32>,
    }
    let strict: Result<Strict, ddb_core::ImageError> = image(json!({"id": {"N": "0"}})).try_into();
    assert_eq!(
        strict.expect_err("zero").to_string(),
        "id: expected N (NonZero<u32>), found N out of range"
    );
    let strict: Strict = image(json!({"id": {"N": "1E2"}})).try_into().expect("fits");
    assert_eq!(strict.id.get(), 100);
}
