//! Enums with a tag.

use std::collections::BTreeMap;

use ddb_core::testing::modify;
use ddb_core::{Change, FromAttribute, FromStreamImage, Item, StreamEvent};
use ddb_tests::{image, read_image};
use proptest::prelude::*;
use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
struct Customer {
    name: String,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
struct Order {
    total: u64,
    #[ddb(rest)]
    rest: Item,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(tag = "EntityType", rename_all_fields = "PascalCase")]
enum Entity {
    Customer(Customer),
    #[ddb(rename = "ORDER", alias = "PurchaseOrder")]
    Order(Box<Order>),
    #[ddb(prefix = "LINE#")]
    Line {
        order_line: u16,
        note: Option<String>,
    },
    #[ddb(prefix = "LINE#SPECIAL#", alias = "SPECIAL")]
    Special {},
    Heartbeat,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(tag = "EntityType")]
enum WithOther {
    Customer(Customer),
    #[ddb(other)]
    Other(Item),
}

#[test]
fn the_tag_selects_the_variant() {
    let customer = Entity::Customer(Customer { name: "Ada".into() });
    let order = |rest: Value| Entity::Order(Box::new(Order { total: 7, rest: image(rest) }));
    let line = Entity::Line { order_line: 2, note: None };
    for (item, expected) in [
        (json!({"EntityType": {"S": "Customer"}, "name": {"S": "Ada"}}), customer.clone()),
        (json!({"name": {"S": "Ada"}, "EntityType": {"S": "Customer"}}), customer),
        (json!({"EntityType": {"S": "ORDER"}, "total": {"N": "7"}}), order(json!({}))),
        (
            json!({"total": {"N": "7"}, "EntityType": {"S": "PurchaseOrder"}, "x": {"S": "y"}}),
            order(json!({"x": {"S": "y"}})),
        ),
        (json!({"EntityType": {"S": "LINE#"}, "OrderLine": {"N": "2"}}), line.clone()),
        (json!({"EntityType": {"S": "LINE#SPECIAL"}, "OrderLine": {"N": "2"}}), line),
        (json!({"EntityType": {"S": "LINE#SPECIAL#1"}}), Entity::Special {}),
        (json!({"EntityType": {"S": "SPECIAL"}}), Entity::Special {}),
        (json!({"a": {"S": "b"}, "EntityType": {"S": "Heartbeat"}}), Entity::Heartbeat),
    ] {
        assert_eq!(read_image(&item), Ok(expected), "{item}");
    }
}

#[test]
fn a_tag_that_selects_nothing_is_an_error_without_the_text() {
    let expected =
        "expected S (Entity: Customer, ORDER, LINE#…, SPECIAL, LINE#SPECIAL#… or Heartbeat)";
    for (tag, found) in [
        (json!({"S": "secret"}), "an S that is none of these"),
        (json!({"S": ""}), "an S that is none of these"),
        (json!({"S": "Line"}), "an S that is none of these"),
        (json!({"NULL": true}), "NULL"),
        (json!({"N": "1"}), "N"),
        (json!({"SS": ["Customer"]}), "SS"),
    ] {
        let error = read_image::<Entity>(&json!({"EntityType": tag, "name": {"S": "Ada"}}));
        assert_eq!(error, Err(format!("EntityType: {expected}, found {found}")));
    }
    let error = read_image::<Entity>(&json!({"entity_type": {"S": "Customer"}}));
    assert_eq!(error, Err(format!("EntityType: missing, {expected}, but there is entity_type")));
}

#[test]
fn other_takes_the_whole_item() {
    for tag in [json!({"S": "secret"}), json!({"NULL": true}), json!({"N": "1"})] {
        let item = json!({"EntityType": tag, "name": {"S": "Ada"}});
        assert_eq!(read_image(&item), Ok(WithOther::Other(image(item.clone()))));
    }
    let item = json!({"name": {"S": "Ada"}});
    assert_eq!(read_image(&item), Ok(WithOther::Other(image(item.clone()))));
    let error = read_image::<WithOther>(&json!({"EntityType": {"S": "Customer"}}));
    assert_eq!(error, Err("Customer: name: missing, expected S (String)".to_owned()));
}

#[test]
fn a_problem_names_the_variant_and_keeps_the_path() {
    let item = image(json!({"EntityType": {"S": "ORDER"}, "total": {"N": "1.5"}}));
    let error = Entity::from_image(item).expect_err("an error");
    let [problem] = error.problems() else { panic!("one problem") };
    assert_eq!(problem.variant(), Some("Order"));
    assert_eq!(problem.path(), "total");
    assert_eq!(problem.to_string(), "Order: total: expected N (u64), found N with a fraction");

    let error = Entity::from_image(Item::default()).expect_err("an error");
    let [problem] = error.problems() else { panic!("one problem") };
    assert_eq!((problem.variant(), problem.path()), (None, "EntityType"));
}

#[test]
fn the_innermost_variant_is_named() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(tag = "kind")]
    enum Outer {
        Cart { events: Vec<Inner> },
    }

    #[derive(Debug, PartialEq, FromAttribute)]
    #[ddb(tag = "kind")]
    enum Inner {
        Paid { amount: u8 },
    }

    let event = json!({"M": {"kind": {"S": "Paid"}, "amount": {"S": "x"}}});
    let error = read_image::<Outer>(&json!({"kind": {"S": "Cart"}, "events": {"L": [event]}}));
    assert_eq!(error, Err("Paid: events[0].amount: expected N (u8), found S".to_owned()));
    let error = read_image::<Outer>(&json!({"kind": {"S": "Cart"}, "events": {"L": [{"M": {}}]}}));
    let expected = "Cart: events[0].kind: missing, expected S (Inner: Paid)";
    assert_eq!(error, Err(expected.to_owned()));
}

#[test]
fn a_tagged_enum_is_a_value_in_fields_lists_and_maps() {
    #[derive(Debug, PartialEq, FromAttribute)]
    #[ddb(tag = "type", rename_all = "snake_case")]
    enum Shape {
        Point,
        Circle { radius: f64 },
        Group { shapes: Vec<Shape> },
    }

    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Drawing {
        frame: Shape,
        cursor: Option<Shape>,
        shapes: Vec<Shape>,
        named: BTreeMap<String, Shape>,
    }

    let point = json!({"M": {"type": {"S": "point"}}});
    let circle = json!({"M": {"radius": {"N": "2"}, "type": {"S": "circle"}}});
    let group = json!({"M": {"type": {"S": "group"}, "shapes": {"L": [point, circle]}}});
    let item = json!({
        "frame": circle, "cursor": {"NULL": true}, "shapes": {"L": [point, group]},
        "named": {"M": {"origin": point}},
    });
    let circle = || Shape::Circle { radius: 2.0 };
    let expected = Drawing {
        frame: circle(),
        cursor: None,
        shapes: vec![Shape::Point, Shape::Group { shapes: vec![Shape::Point, circle()] }],
        named: BTreeMap::from([("origin".to_owned(), Shape::Point)]),
    };
    assert_eq!(read_image(&item), Ok(expected));
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
struct Envelope<T> {
    id: u32,
    #[ddb(flatten)]
    content: T,
    #[ddb(rest)]
    rest: Item,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
struct Optional<T> {
    id: u32,
    #[ddb(flatten)]
    content: Option<T>,
    #[ddb(rest)]
    rest: Item,
}

#[test]
fn a_tagged_enum_is_flattened_beside_common_fields() {
    let customer = Entity::Customer(Customer { name: "Ada".into() });
    let item = json!({
        "id": {"N": "1"}, "name": {"S": "Ada"}, "EntityType": {"S": "Customer"}, "x": {"S": "y"},
    });
    let rest = image(json!({"x": {"S": "y"}}));
    let expected = Envelope { id: 1, content: customer.clone(), rest: rest.clone() };
    assert_eq!(read_image(&item), Ok(expected));
    let expected = Optional { id: 1, content: Some(customer), rest: rest.clone() };
    assert_eq!(read_image(&item), Ok(expected));

    let item = json!({"id": {"N": "1"}, "EntityType": {"S": "Heartbeat"}, "x": {"S": "y"}});
    let expected = Optional { id: 1, content: Some(Entity::Heartbeat), rest: rest.clone() };
    assert_eq!(read_image(&item), Ok(expected));
    let expected = Envelope { id: 1, content: Entity::Heartbeat, rest: rest.clone() };
    assert_eq!(read_image(&item), Ok(expected));

    // The inner `rest` comes first.
    let item = json!({
        "id": {"N": "1"}, "EntityType": {"S": "ORDER"}, "total": {"N": "7"}, "x": {"S": "y"},
    });
    let order = Entity::Order(Box::new(Order { total: 7, rest }));
    assert_eq!(read_image(&item), Ok(Envelope { id: 1, content: order, rest: Item::default() }));
}

#[test]
fn a_flattened_optional_enum_is_none_only_without_a_tag() {
    for item in [json!({"id": {"N": "1"}}), json!({"id": {"N": "1"}, "EntityType": {"NULL": true}})]
    {
        let read = read_image::<Optional<Entity>>(&item).expect("no enum");
        assert_eq!((read.content, read.rest), (None, Item::default()));
    }
    let item = json!({"id": {"N": "1"}, "EntityType": {"S": "later"}});
    let error = read_image::<Optional<Entity>>(&item).expect_err("an unknown tag");
    assert!(error.starts_with("EntityType: expected S (Entity: "), "{error}");
    let item = json!({"id": {"N": "1"}, "EntityType": {"S": "Customer"}});
    let error = read_image::<Optional<Entity>>(&item);
    assert_eq!(error, Err("Customer: name: missing, expected S (String)".to_owned()));
}

#[test]
fn the_struct_in_a_variant_may_map_the_tag_and_need_not() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict, deny_unknown)]
    struct Without {
        id: u32,
    }

    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct With {
        kind: String,
        #[ddb(rest)]
        rest: Item,
    }

    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(tag = "kind")]
    enum Either {
        Without(Without),
        With(With),
        Inline {
            #[ddb(rest)]
            rest: Item,
        },
        #[ddb(other)]
        Other,
    }

    let item = |kind: &str| json!({"id": {"N": "1"}, "kind": {"S": kind}});
    let rest = || image(json!({"id": {"N": "1"}}));
    assert_eq!(read_image(&item("Without")), Ok(Either::Without(Without { id: 1 })));
    assert_eq!(
        read_image(&item("With")),
        Ok(Either::With(With { kind: "With".into(), rest: rest() }))
    );
    assert_eq!(read_image(&item("Inline")), Ok(Either::Inline { rest: rest() }));
    assert_eq!(read_image(&item("else")), Ok(Either::Other));
    let unknown = json!({"kind": {"S": "Without"}, "id": {"N": "1"}, "x": {"N": "1"}});
    let expected = "Without: x: unknown attribute, the struct has id";
    assert_eq!(read_image::<Either>(&unknown), Err(expected.to_owned()));
}

#[test]
fn a_struct_flattened_in_a_variant_may_map_the_tag() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(tag = "kind")]
    enum Entity {
        Order(Order),
    }

    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Order {
        id: u32,
        #[ddb(flatten)]
        common: Common,
        #[ddb(flatten)]
        address: Option<Address>,
        #[ddb(rest)]
        rest: Item,
    }

    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Common {
        kind: String,
    }

    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Address {
        city: String,
    }

    let item = json!({"kind": {"S": "Order"}, "id": {"N": "1"}, "x": {"S": "y"}});
    let common = Common { kind: "Order".to_owned() };
    let rest = image(json!({"x": {"S": "y"}}));
    let order = Order { id: 1, common, address: None, rest };
    assert_eq!(read_image(&item), Ok(Entity::Order(order)));
}

#[test]
fn an_attribute_that_a_field_has_taken_selects_nothing() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Greedy {
        #[ddb(rest)]
        rest: Item,
    }

    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Both {
        #[ddb(flatten)]
        greedy: Greedy,
        #[ddb(flatten)]
        entity: WithOther,
    }

    let item = json!({"EntityType": {"S": "Customer"}, "name": {"S": "Ada"}});
    let greedy = Greedy { rest: image(item.clone()) };
    let entity = WithOther::Other(Item::default());
    assert_eq!(read_image(&item), Ok(Both { greedy, entity }));
}

#[test]
fn an_unknown_tag_is_the_only_problem_of_a_struct_that_denies_unknown_attributes() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict, deny_unknown)]
    struct Closed {
        #[ddb(flatten)]
        entity: Entity,
    }

    let item = json!({"EntityType": {"S": "later"}, "name": {"S": "Ada"}});
    let error = read_image::<Closed>(&item).expect_err("an unknown tag");
    assert!(error.starts_with("EntityType: ") && !error.contains(';'), "{error}");
}

#[test]
fn enums_with_different_tags_nest_in_one_image() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(tag = "entity")]
    enum Outer {
        Payment(Payment),
    }

    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(tag = "method")]
    enum Payment {
        Card(Card),
    }

    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Card {
        number: u64,
        #[ddb(rest)]
        rest: BTreeMap<String, u8>,
    }

    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(tag = "a")]
    enum A {
        B(B),
    }

    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(tag = "b")]
    enum B {
        Outer(Outer),
    }

    let item = json!({
        "number": {"N": "7"}, "method": {"S": "Card"}, "x": {"N": "1"}, "entity": {"S": "Payment"},
    });
    let rest = BTreeMap::from([("x".to_owned(), 1)]);
    let card = || Outer::Payment(Payment::Card(Card { number: 7, rest: rest.clone() }));
    assert_eq!(read_image(&item), Ok(card()));
    let mut deep = item;
    deep["a"] = json!({"S": "B"});
    deep["b"] = json!({"S": "Outer"});
    assert_eq!(read_image(&deep), Ok(A::B(B::Outer(card()))));
    let error = read_image::<Outer>(&json!({"entity": {"S": "Payment"}}));
    let expected = "Payment: method: missing, expected S (Payment: Card)";
    assert_eq!(error, Err(expected.to_owned()));
}

#[test]
fn the_enum_and_its_fields_may_be_generic_and_raw() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(tag = "r#type")]
    enum Generic<T, U = u8> {
        r#Plain(T),
        Fields { r#type: U, list: Vec<T> },
    }

    let plain = json!({"r#type": {"S": "Plain"}, "name": {"S": "Ada"}});
    let customer = || Customer { name: "Ada".into() };
    assert_eq!(read_image(&plain), Ok(Generic::<Customer>::Plain(customer())));
    let element = json!({"M": {"name": {"S": "Ada"}}});
    let fields = json!({"r#type": {"S": "Fields"}, "type": {"N": "1"}, "list": {"L": [element]}});
    assert_eq!(read_image(&fields), Ok(Generic::Fields { r#type: 1_u8, list: vec![customer()] }));
}

#[test]
fn the_tag_is_found_in_any_json() {
    let text = br#"{"Entity\\Type": {"S": "X"}, "Entity\u0054ype": {"S": "\u0043ustomer"}, "name": {"S": "Ada"}}"#;
    let customer = Entity::Customer(Customer { name: "Ada".into() });
    assert_eq!(Entity::from_json(text).expect("a customer"), customer);
    for (text, expected) in [
        (&br#"{"EntityType": {"S": 5}}"#[..], "found S with the wrong kind of JSON in it"),
        (br#"{"EntityType": {"Z": 5}}"#, "found a value of an unknown attribute type"),
        (br#"{"EntityType": {"S": "\ud800"}}"#, "found S that is not Unicode"),
    ] {
        let error = Entity::from_json(text).expect_err("an error").to_string();
        assert!(error.ends_with(expected), "{error}");
    }
    for text in [
        &br#"{"EntityType": {"S": "X"}"#[..],
        br#"{"EntityType": {"S": "X}"#,
        br#"{"EntityType": {"S": "Heartbeat"}, x"#,
        br#"{"name": {"S": "Ada"}, x"#,
    ] {
        let error = Entity::from_json(text).expect_err("an error");
        let expected = Customer::from_json(text).expect_err("an error");
        assert_eq!(error.syntax_error_at(), expected.syntax_error_at());
    }
}

#[test]
fn an_event_of_several_entities_keeps_order_numbers_and_keys() {
    let entity = |kind: &str| {
        image(json!({
            "id": {"N": "7"}, "EntityType": {"S": kind}, "name": {"S": "Ada"}, "total": {"N": "1"},
        }))
    };
    let images = [("Customer", "Customer"), ("Customer", "ORDER"), ("later", "ORDER")];
    let records = ["100", "101", "102"].into_iter().zip(images).map(|(number, (old, new))| {
        modify(&entity(old), &entity(new)).key(&["id"]).sequence_number(number)
    });
    let event: StreamEvent<Entity> = records.collect::<Vec<_>>().into();
    let [customer, changed, unknown] = &event.records[..] else { panic!("three records") };
    for (number, record) in [("100", customer), ("101", changed)] {
        let meta = &record.as_ref().expect("a record").meta;
        assert_eq!(meta.sequence_number.as_ref().expect("a number").as_str(), number);
        assert_eq!(meta.keys, image(json!({"id": {"N": "7"}})));
    }
    let change = &changed.as_ref().expect("a record").change;
    assert!(matches!(
        change,
        Change::Modify { old: Entity::Customer(_), new: Entity::Order(order) } if order.total == 1
    ));
    let error = unknown.as_ref().expect_err("an unknown entity");
    assert!(error.kind().to_string().starts_with("old image: EntityType: expected S (Entity: "));
}

/// The variant of [`Entity`] that a tag selects, by the rules as they are documented.
fn expected_variant(tag: &str) -> Option<&'static str> {
    match tag {
        "Customer" => Some("Customer"),
        "ORDER" | "PurchaseOrder" => Some("Order"),
        "SPECIAL" => Some("Special"),
        "Heartbeat" => Some("Heartbeat"),
        tag if tag.starts_with("LINE#SPECIAL#") => Some("Special"),
        tag if tag.starts_with("LINE#") => Some("Line"),
        _ => None,
    }
}

fn variant_of(entity: &Entity) -> &'static str {
    match entity {
        Entity::Customer(_) => "Customer",
        Entity::Order(_) => "Order",
        Entity::Line { .. } => "Line",
        Entity::Special {} => "Special",
        Entity::Heartbeat => "Heartbeat",
    }
}

const TAGS: &str =
    "(Customer|ORDER|PurchaseOrder|LINE#?|LINE#SPECIAL#?|SPECIAL|Heartbeat|Order)[0-9#]{0,2}";

/// The attributes of an item, with or without a tag.
fn attributes() -> impl Strategy<Value = serde_json::Map<String, Value>> {
    let tag = prop_oneof![
        4 => TAGS.prop_map(|tag| Some(json!({ "S": tag }))),
        1 => Just(None),
        1 => Just(Some(json!({"NULL": true}))),
        1 => "[0-9]{1,3}".prop_map(|number| Some(json!({ "N": number }))),
    ];
    let value = prop_oneof![
        "[a-z]{0,3}".prop_map(|text| json!({ "S": text })),
        "[0-9]{1,3}(\\.5)?".prop_map(|number| json!({ "N": number })),
        Just(json!({"NULL": true})),
        Just(json!({"L": [{"S": "a"}]})),
    ];
    let names = "name|total|OrderLine|Note|x|y";
    (tag, prop::collection::btree_map(names, value, 0..6)).prop_map(|(tag, others)| {
        others.into_iter().chain(tag.map(|tag| ("EntityType".to_owned(), tag))).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_variant_is_that_of_a_plain_reference(item in attributes()) {
        let tag = item.get("EntityType").and_then(|tag| tag["S"].as_str());
        let expected = tag.and_then(expected_variant);
        match Entity::from_image(image(Value::Object(item.clone()))) {
            Ok(entity) => prop_assert_eq!(Some(variant_of(&entity)), expected),
            Err(error) => {
                for problem in error.problems() {
                    prop_assert_eq!(problem.variant(), expected);
                }
            }
        }
    }

    #[test]
    fn an_image_reads_the_same_as_a_struct_and_inside_its_enum(mut item in attributes()) {
        let name = |error: String, variant: &str| {
            let problems = error.split("; ").map(|problem| format!("{variant}: {problem}"));
            problems.collect::<Vec<_>>().join("; ")
        };
        item.remove("EntityType");
        let customer = read_image(&Value::Object(item.clone()))
            .map(Entity::Customer)
            .map_err(|error| name(error, "Customer"));
        let order = read_image(&Value::Object(item.clone()))
            .map(|order| Entity::Order(Box::new(order)))
            .map_err(|error| name(error, "Order"));
        for (tag, alone) in [("Customer", customer), ("ORDER", order)] {
            item.insert("EntityType".to_owned(), json!({ "S": tag }));
            prop_assert_eq!(read_image::<Entity>(&Value::Object(item.clone())), alone);
        }
    }

    #[test]
    fn a_flattened_enum_reads_as_one_alone(mut item in attributes()) {
        let alone = read_image::<Entity>(&Value::Object(item.clone()));
        item.insert("id".to_owned(), json!({"N": "1"}));
        let flattened = read_image::<Envelope<Entity>>(&Value::Object(item));
        // An enum's own `rest` gets the attributes that no field of the struct around it maps.
        prop_assert_eq!(flattened.map(|envelope| envelope.content), alone);
    }
}
