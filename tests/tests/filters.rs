//! The filter of an event source mapping that is derived from a type, and the records that it passes.
#![allow(dead_code, reason = "whether an image fits is the question, and not what is in it")]

use ddb_core::testing::filter::Filters;
use ddb_core::{FromAttribute, FromStreamImage, Item, StreamEvent, filter_criteria};
use ddb_tests::{payload, record};
use proptest::prelude::*;
use serde_json::{Value, json};

#[derive(Debug, FromStreamImage)]
#[ddb(strict, key(PK = "CUSTOMER#{customer}", SK = "PROFILE"))]
struct Customer {
    customer: u64,
    name: String,
}

#[derive(Debug, FromStreamImage)]
#[ddb(strict, key(PK = "CUSTOMER#{customer}", SK = "ORDER#{order}"))]
struct Order {
    customer: u64,
    order: String,
}

#[derive(Debug, FromStreamImage)]
#[ddb(tag = "EntityType")]
enum Tagged {
    Customer(Customer),
    #[ddb(rename = "ORDER", alias = "PurchaseOrder")]
    Order(Order),
    #[ddb(prefix = "NOTE#")]
    Note,
}

#[derive(Debug, FromStreamImage)]
#[ddb(by_key)]
enum Keyed {
    Customer(Customer),
    Order(Order),
    #[ddb(key(PK = "CUSTOMER#{customer}", SK = "ORDER#{order}#LINE#{line:04}"))]
    Line {
        customer: u64,
        order: String,
        line: u16,
    },
    #[ddb(key(PK = "{product}#META", SK = "META"))]
    Product {
        product: String,
    },
}

#[derive(Debug, FromStreamImage)]
#[ddb(strict, key(PK = "{customer}", SK = "{order}"))]
struct NoText {
    customer: String,
    order: String,
}

#[derive(Debug, FromStreamImage)]
#[ddb(by_key)]
enum Open {
    Order(Order),
    #[ddb(other)]
    Other(Item),
}

#[derive(Debug, FromStreamImage)]
struct Plain {
    name: String,
}

#[derive(Debug, FromStreamImage)]
#[ddb(strict)]
struct Row {
    label: Option<String>,
    #[ddb(flatten)]
    entity: Keyed,
}

#[derive(Debug, FromStreamImage)]
#[ddb(strict)]
struct OptionalRow {
    #[ddb(flatten)]
    entity: Option<Keyed>,
}

/// Read from items with a tag and, before there was one, by their key.
#[derive(Debug, FromStreamImage)]
#[ddb(strict, upgrade_from = Order)]
struct Upgraded {
    #[ddb(flatten)]
    entity: Tagged,
}

impl From<Order> for Upgraded {
    fn from(order: Order) -> Self {
        Self { entity: Tagged::Order(order) }
    }
}

#[derive(Debug, FromStreamImage)]
#[ddb(strict, key(PK = "CUSTOMER#{customer}", SK = "ORDER#{order}"), upgrade_from = Plain)]
struct FromPlain {
    customer: u64,
    order: String,
}

impl From<Plain> for FromPlain {
    fn from(plain: Plain) -> Self {
        Self { customer: 0, order: plain.name }
    }
}

#[derive(Debug, FromStreamImage)]
#[ddb(transparent)]
struct Wrapper(Box<Tagged>);

#[derive(Debug, FromStreamImage)]
#[ddb(from = Keyed)]
struct Converted(Keyed);

impl From<Keyed> for Converted {
    fn from(keyed: Keyed) -> Self {
        Self(keyed)
    }
}

fn patterns<T: FromStreamImage>() -> Vec<String> {
    filter_criteria::<T>().expect("within the limits").patterns().map(str::to_owned).collect()
}

#[test]
fn a_filter_selects_by_tag_prefix_and_key_alone() {
    let tags = r#"{"EntityType":{"S":["Customer","ORDER","PurchaseOrder",{"prefix":"NOTE#"}]}}"#;
    let tags = [
        format!(r#"{{"dynamodb":{{"NewImage":{tags}}}}}"#),
        format!(r#"{{"dynamodb":{{"OldImage":{tags}}}}}"#),
    ];
    let order = r#"{"dynamodb":{"Keys":{"PK":{"S":[{"prefix":"CUSTOMER#"}]},"SK":{"S":[{"prefix":"ORDER#"}]}}}}"#;
    // What differs in one attribute only is one filter.
    let keys = [
        r#"{"dynamodb":{"Keys":{"PK":{"S":[{"prefix":"CUSTOMER#"}]},"SK":{"S":["PROFILE",{"prefix":"ORDER#"}]}}}}"#,
        r##"{"dynamodb":{"Keys":{"PK":{"S":[{"suffix":"#META"}]},"SK":{"S":["META"]}}}}"##,
    ];
    assert_eq!(patterns::<Tagged>(), tags);
    assert_eq!(patterns::<Wrapper>(), tags);
    assert_eq!(patterns::<Order>(), [order]);
    assert_eq!(patterns::<Keyed>(), keys);
    assert_eq!(patterns::<Converted>(), keys);
    assert_eq!(patterns::<Row>(), keys);
    assert_eq!(patterns::<Upgraded>(), [&tags[0], &tags[1], order]);
}

#[test]
fn a_type_without_anything_to_select_by_passes_everything() {
    for patterns in [
        patterns::<NoText>(),
        patterns::<Open>(),
        patterns::<Plain>(),
        patterns::<OptionalRow>(),
        patterns::<FromPlain>(),
    ] {
        assert_eq!(patterns, [""; 0]);
    }
    let criteria = filter_criteria::<Plain>().expect("no filter");
    assert_eq!(criteria.to_string(), r#"{"Filters":[]}"#);
}

#[test]
fn the_criteria_are_written_as_lambda_takes_them() {
    let criteria = filter_criteria::<Tagged>().expect("within the limits");
    let json = serde_json::to_value(&criteria).expect("JSON");
    let patterns: Vec<_> = json["Filters"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|filter| filter["Pattern"].as_str().expect("text"))
        .collect();
    assert_eq!(patterns, self::patterns::<Tagged>());
    assert_eq!(serde_json::from_str::<Value>(&criteria.to_string()).expect("JSON"), json);

    let kinesis = criteria.for_kinesis().expect("within the limits");
    let expected: Vec<_> =
        criteria.patterns().map(|pattern| format!(r#"{{"data":{pattern}}}"#)).collect();
    assert_eq!(kinesis.patterns().collect::<Vec<_>>(), expected);
}

macro_rules! keyed {
    ($name:ident { $($variant:ident($key:literal))* }) => {
        #[derive(FromStreamImage)]
        #[ddb(by_key)]
        enum $name {
            $(#[ddb(key(PK = $key, SK = $key))] $variant,)*
        }
    };
}

keyed! { Five { A("A") B("B") C("C") D("D") E("E") } }
keyed! { Six { A("A") B("B") C("C") D("D") E("E") F("F") } }

#[test]
fn a_filter_beyond_the_limits_of_lambda_is_an_error() {
    assert_eq!(patterns::<Five>().len(), 5);
    let error = filter_criteria::<Six>().expect_err("six filters");
    assert_eq!(
        error.to_string(),
        "the filter needs 6 patterns, and Lambda takes 5: select the variants by a `tag`, or filter \
         in the function"
    );
}

#[test]
fn a_record_that_claims_an_entity_and_does_not_fit_passes_and_is_an_error() {
    let mut record = record("1", "INSERT", 1);
    record["dynamodb"]["Keys"] = json!({"PK": {"S": "CUSTOMER#7"}, "SK": {"S": "PROFILE"}});
    record["dynamodb"]["NewImage"] = json!({
        "EntityType": {"S": "Customer"},
        "PK": {"S": "CUSTOMER#7"},
        "SK": {"S": "PROFILE"},
    });
    assert!(passes::<Tagged>(&record) && passes::<Keyed>(&record));
    let payload = payload(&[record]);
    let error = StreamEvent::<Tagged>::from_slice(payload.as_bytes()).expect("an event");
    let error = error.records[0].as_ref().expect_err("the name is missing").to_string();
    assert!(error.contains("Customer: name: missing"), "{error}");
}

fn passes<T: FromStreamImage>(record: &Value) -> bool {
    let criteria = filter_criteria::<T>().expect("within the limits");
    Filters::parse(criteria.patterns()).expect("patterns that Lambda accepts").matches(record)
}

fn any_image() -> impl Strategy<Value = Value> {
    let key = (
        "(CUSTOMER#[0-9]{0,2}|[a-z]{0,2}#META|CONFIG)",
        "(ORDER#[A-C]{0,2}(#LINE#[0-9]{0,2})?|PROFILE|META|[a-c]{0,1})",
    );
    let tag = prop::option::of("(Customer|ORDER|PurchaseOrder|NOTE#[0-9]?|Order|)");
    (key, tag, prop::option::of("[a-z]{0,2}")).prop_map(|((pk, sk), tag, name)| {
        let mut image = json!({"PK": {"S": pk}, "SK": {"S": sk}});
        if let Some(tag) = tag {
            image["EntityType"] = json!({"S": tag});
        }
        if let Some(name) = name {
            image["name"] = json!({"S": name});
        }
        image
    })
}

/// The record of a change between two images, which have the same key.
fn change(old: Option<&Value>, new: Option<&Value>) -> Option<Value> {
    let image = new.or(old)?;
    let mut record = record("1", "MODIFY", 1);
    let change = record["dynamodb"].as_object_mut().expect("an object");
    change.insert("Keys".into(), json!({"PK": image["PK"], "SK": image["SK"]}));
    for (name, image) in [("OldImage", old), ("NewImage", new)] {
        match image {
            Some(image) => change.insert(name.into(), image.clone()),
            None => change.remove(name),
        };
    }
    Some(record)
}

fn maps<T: FromStreamImage>(image: Option<&Value>) -> bool {
    image.is_some_and(|image| T::from_json(image.to_string().as_bytes()).is_ok())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_record_with_an_image_that_fits_is_dropped(
        old in prop::option::of(any_image()),
        new in prop::option::of(any_image()),
    ) {
        let old = old.map(|mut old| {
            if let Some(new) = &new {
                (old["PK"], old["SK"]) = (new["PK"].clone(), new["SK"].clone());
            }
            old
        });
        let (old, new) = (old.as_ref(), new.as_ref());
        let Some(record) = change(old, new) else { return Ok(()) };
        macro_rules! check {
            ($($ty:ty),*) => {$(
                if maps::<$ty>(old) || maps::<$ty>(new) {
                    prop_assert!(passes::<$ty>(&record), "{}", stringify!($ty));
                }
            )*};
        }
        check!(
            Tagged, Keyed, Customer, Order, NoText, Open, Plain, Row, OptionalRow, Upgraded,
            FromPlain, Wrapper, Converted
        );
    }
}

/// A record with attributes of several types.
fn sample() -> Value {
    json!({
        "eventName": "INSERT",
        "dynamodb": {
            "Keys": {"PK": {"S": "CUSTOMER#1"}},
            "NewImage": {
                "status": {"S": "Open"},
                "qty": {"N": "7"},
                "tags": {"SS": ["a", "b"]},
                "lines": {"L": [{"M": {"sku": {"S": "x"}}}, {"S": "y"}]},
                "gone": {"NULL": true},
                "empty": {"S": ""},
                "a.b": {"BOOL": false},
            },
            "SizeBytes": 26,
        },
        "userIdentity": null,
    })
}

#[test]
fn a_pattern_matches_as_lambda_matches_it() {
    let image = |attribute: Value| json!({"dynamodb": {"NewImage": attribute}});
    for (pattern, expected) in [
        (json!({"eventName": ["INSERT"]}), true),
        (json!({"eventName": ["MODIFY", "REMOVE"]}), false),
        (json!({"eventName": ["insert"]}), false),
        (json!({"eventName": [{"equals-ignore-case": "insert"}]}), true),
        (json!({"eventName": [{"anything-but": ["REMOVE"]}]}), true),
        (json!({"eventName": [{"anything-but": "INSERT"}]}), false),
        (json!({"eventName": ["INSERT"], "dynamodb": {"SizeBytes": [7]}}), false),
        (json!({"dynamodb": {"SizeBytes": [26.0]}}), true),
        (json!({"dynamodb": {"SizeBytes": [{"numeric": [">", 20, "<=", 26]}]}}), true),
        (json!({"dynamodb": {"SizeBytes": [{"numeric": ["<", 26]}]}}), false),
        (json!({"userIdentity": [null]}), true),
        (json!({"userIdentity": [{"exists": true}]}), true),
        (json!({"userIdentity": {"type": [{"exists": false}]}}), true),
        (image(json!({"status": {"S": ["Open"]}})), true),
        (image(json!({"status": {"S": [{"prefix": "Op"}, "Closed"]}})), true),
        (image(json!({"status": {"S": [{"suffix": "Op"}]}})), false),
        (image(json!({"status": ["Open"]})), false),
        (image(json!({"a.b": {"BOOL": [false]}})), true),
        (image(json!({"gone": {"NULL": [true]}})), true),
        (image(json!({"empty": {"S": [""]}})), true),
        // The number of an `N` is a text.
        (image(json!({"qty": {"N": [7]}})), false),
        (image(json!({"qty": {"N": [{"numeric": ["=", 7]}]}})), false),
        (image(json!({"qty": {"N": ["7"]}})), true),
        // A list matches by any of its elements.
        (image(json!({"tags": {"SS": ["b"]}})), true),
        (image(json!({"lines": {"L": {"M": {"sku": {"S": ["x"]}}}}})), true),
        (image(json!({"lines": {"L": {"S": ["x"]}}})), false),
        // `exists` is about values: an attribute without its type is none.
        (image(json!({"status": {"S": [{"exists": true}]}})), true),
        (image(json!({"status": {"N": [{"exists": false}]}})), true),
        (image(json!({"status": [{"exists": true}]})), false),
        (image(json!({"status": [{"exists": false}]})), true),
        (image(json!({"other": {"S": [{"exists": false}]}})), true),
        (json!({"dynamodb": {"OldImage": {"a": {"S": [{"exists": false}]}}}}), true),
        (json!({"$or": [{"eventName": ["REMOVE"]}, {"dynamodb": {"SizeBytes": [26]}}]}), true),
        (json!({"$or": [{"eventName": ["REMOVE"]}, {"dynamodb": {"SizeBytes": [27]}}]}), false),
        (image(json!({"$or": [{"x": {"S": ["y"]}}, {"qty": {"N": ["7"]}}]})), true),
    ] {
        let text = pattern.to_string();
        let filters = Filters::parse([text.as_str()]).expect("a pattern");
        assert_eq!(filters.matches(&sample()), expected, "{text}");
    }
}

#[test]
fn a_record_passes_if_one_filter_matches_or_if_there_is_none() {
    let filters = |patterns: &[&'static str]| Filters::parse(patterns.to_vec()).expect("patterns");
    let (yes, no) = (r#"{"eventName": ["INSERT"]}"#, r#"{"eventName": ["REMOVE"]}"#);
    assert!(filters(&[]).matches(&sample()));
    assert!(filters(&[no, yes]).matches(&sample()));
    assert!(!filters(&[no]).matches(&sample()));
}

#[test]
fn a_pattern_that_lambda_refuses_is_an_error() {
    let rule = "is not a rule, or has the wrong operand: write `prefix`, `suffix` or \
                `equals-ignore-case` with a string, `anything-but` with strings and numbers, \
                `numeric` with comparisons such as `[\">\", 0]`, or `exists` with `true` or `false`";
    for (pattern, expected) in [
        ("[]", "the pattern is not an object: write `{\"dynamodb\": …}`".to_owned()),
        ("{}", "the object is empty: write a member, or remove it".to_owned()),
        (
            r#"{"dynamodb": {"NewImage": {"a": "b"}}}"#,
            "dynamodb.NewImage.a: a value is compared with a list of rules: write `[\"text\"]`"
                .to_owned(),
        ),
        (
            r#"{"eventName": []}"#,
            "eventName: a value is compared with a list of rules: write `[\"text\"]`".to_owned(),
        ),
        (
            r#"{"eventName": [["INSERT"]]}"#,
            "eventName: a list is not a rule: write its elements".to_owned(),
        ),
        (
            r#"{"eventName": [{"prefix": "a", "suffix": "b"}]}"#,
            "eventName: a rule is an object with one member: write `{\"prefix\": \"text\"}`"
                .to_owned(),
        ),
        (r#"{"eventName": [{"wildcard": "*"}]}"#, format!("eventName: `wildcard` {rule}")),
        (r#"{"eventName": [{"exists": 1}]}"#, format!("eventName: `exists` {rule}")),
        (r#"{"eventName": [{"numeric": [">"]}]}"#, format!("eventName: `numeric` {rule}")),
        (r#"{"eventName": [{"anything-but": []}]}"#, format!("eventName: `anything-but` {rule}")),
        (r#"{"$or": []}"#, "$or: `$or` has no patterns: write `{\"$or\": [{…}, {…}]}`".to_owned()),
        (
            r#"{"$or": ["a"]}"#,
            "$or: `$or` takes patterns: write `{\"$or\": [{…}, {…}]}`".to_owned(),
        ),
    ] {
        let error = Filters::parse([pattern]).expect_err(pattern).to_string();
        assert_eq!(error, expected, "{pattern}");
    }
    let error = Filters::parse(["{"]).expect_err("half a pattern").to_string();
    assert!(error.starts_with("the pattern is not JSON: EOF"), "{error}");
}

/// `FromAttribute` alone gives a type a schema, and `FromStreamImage` makes it a whole item.
#[derive(Debug, FromAttribute)]
#[ddb(strict, key(PK = "A#{id}"))]
struct Nested {
    id: u64,
}

#[test]
fn a_required_flattened_struct_selects_by_its_key() {
    #[derive(Debug, FromStreamImage)]
    #[ddb(strict)]
    struct Around {
        #[ddb(flatten)]
        nested: Nested,
    }
    #[derive(Debug, FromStreamImage)]
    #[ddb(strict)]
    struct AroundDefault {
        #[ddb(flatten, default = Nested { id: 0 })]
        nested: Nested,
    }
    assert_eq!(patterns::<Around>(), [r#"{"dynamodb":{"Keys":{"PK":{"S":[{"prefix":"A#"}]}}}}"#]);
    assert_eq!(patterns::<AroundDefault>(), [""; 0]);
}
