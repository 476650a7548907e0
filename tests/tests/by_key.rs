//! Enums whose variants are told apart by their keys.

use ddb_core::{FromStreamImage, Item};
use ddb_tests::{image, read_image};
use proptest::prelude::*;
use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(strict, key(PK = "CUSTOMER#{customer}", SK = "PROFILE"))]
struct Customer {
    customer: u64,
    name: String,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(strict, key(PK = "CUSTOMER#{customer}", SK = "ORDER#{order}"))]
struct Order {
    customer: u64,
    order: String,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(by_key)]
enum Entity {
    Customer(Customer),
    Order(Box<Order>),
    #[ddb(key(PK = "CUSTOMER#{customer}", SK = "ORDER#{order}#LINE#{line:04}"))]
    Line {
        customer: u64,
        order: String,
        line: u16,
    },
    #[ddb(key(PK = "CONFIG"))]
    Config,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(by_key)]
enum WithOther {
    Order(Order),
    #[ddb(other)]
    Other(Item),
}

fn item(pk: &str, sk: &str) -> Value {
    json!({"name": {"S": "Ada"}, "PK": {"S": pk}, "SK": {"S": sk}})
}

#[test]
fn the_key_selects_the_variant_and_the_narrower_one_first() {
    let order = |order: &str| Entity::Order(Box::new(Order { customer: 7, order: order.into() }));
    for (sk, expected) in [
        ("PROFILE", Entity::Customer(Customer { customer: 7, name: "Ada".into() })),
        ("ORDER#A", order("A")),
        ("ORDER#A#LINE#0002", Entity::Line { customer: 7, order: "A".into(), line: 2 }),
        ("ORDER#A#LINE#", order("A#LINE#")),
        ("ORDER#A#LIN#2", order("A#LIN#2")),
    ] {
        assert_eq!(read_image(&item("CUSTOMER#7", sk)), Ok(expected), "{sk}");
    }
    assert_eq!(read_image(&item("CONFIG", "anything")), Ok(Entity::Config));
    assert_eq!(read_image(&json!({"PK": {"S": "CONFIG"}})), Ok(Entity::Config));
}

#[test]
fn the_literals_decide_and_a_field_that_does_not_fit_is_the_variants_error() {
    let error = "Order: PK: expected S (u64: customer in CUSTOMER#{customer}), found S that does \
                 not convert";
    let seven = item("CUSTOMER#seven", "ORDER#A");
    assert_eq!(read_image::<Entity>(&seven), Err(error.to_owned()));
    assert_eq!(read_image::<WithOther>(&seven), Err(error.to_owned()));
    let line = read_image::<Entity>(&item("CUSTOMER#7", "ORDER#A#LINE#x"));
    let error = "Line: SK: expected S (u16: line in ORDER#{order}#LINE#{line:04}), found S that \
                 does not convert";
    assert_eq!(line, Err(error.to_owned()));
}

#[test]
fn a_key_that_no_variant_has_is_an_error_or_the_other_variant() {
    let expected = "expected S (Entity: Customer, Order, Line or Config)";
    for (item, attribute, found) in [
        (item("SESSION#1", "ORDER#A"), "PK", "found an S that does not match"),
        (item("CUSTOMER#7", "CART"), "SK", "found an S that does not match"),
        (json!({"PK": {"N": "7"}, "SK": {"S": "ORDER#A"}}), "PK", "found N"),
        (json!({"PK": {"S": "CUSTOMER#7"}, "SK": {"N": "7"}}), "SK", "found N"),
    ] {
        let error = read_image::<Entity>(&item);
        assert_eq!(error, Err(format!("{attribute}: {expected}, {found}")));
        assert_eq!(read_image(&item), Ok(WithOther::Other(image(item.clone()))));
    }
    assert_eq!(read_image::<Entity>(&json!({})), Err(format!("PK: missing, {expected}")));
    let error = read_image::<Entity>(&json!({"PK": {"S": "CUSTOMER#7"}}));
    assert_eq!(error, Err(format!("SK: missing, {expected}")));
}

#[test]
fn a_generic_enum_is_selected_by_the_key_of_its_parameter() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(by_key)]
    enum Either<A, B> {
        One(A),
        Two(B),
    }

    let two = Order { customer: 7, order: "A".into() };
    let item = item("CUSTOMER#7", "ORDER#A");
    assert_eq!(read_image(&item), Ok(Either::<Customer, Order>::Two(two)));
}

#[test]
fn a_flattened_enum_is_selected_by_the_key_and_reports_an_unknown_one() {
    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict, deny_unknown)]
    struct Row<T> {
        name: String,
        #[ddb(flatten)]
        entity: Option<T>,
    }

    #[derive(Debug, PartialEq, FromStreamImage)]
    #[ddb(strict)]
    struct Open {
        #[ddb(flatten)]
        entity: Option<OnlyOrders>,
    }

    let order = Order { customer: 7, order: "A".into() };
    let row = Row { name: "Ada".into(), entity: Some(OnlyOrders::Order(order)) };
    assert_eq!(read_image(&item("CUSTOMER#7", "ORDER#A")), Ok(row));
    let error = read_image::<Row<OnlyOrders>>(&item("SESSION#1", "ORDER#A"));
    let expected = "PK: expected S (OnlyOrders: Order), found an S that does not match";
    assert_eq!(error, Err(expected.to_owned()));
    let row = Row { name: "Ada".into(), entity: None::<OnlyOrders> };
    assert_eq!(read_image(&json!({"name": {"S": "Ada"}})), Ok(row));

    assert_eq!(read_image(&json!({"name": {"S": "Ada"}})), Ok(Open { entity: None }));
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(by_key)]
enum OnlyOrders {
    Order(Order),
}

/// The variant of [`Entity`] that a key selects, by the rules as they are documented.
fn expected_variant(pk: &str, sk: &str) -> Option<&'static str> {
    if pk == "CONFIG" {
        return Some("Config");
    }
    pk.strip_prefix("CUSTOMER#").filter(|id| !id.is_empty())?;
    if sk == "PROFILE" {
        return Some("Customer");
    }
    let order = sk.strip_prefix("ORDER#").filter(|order| !order.is_empty())?;
    let line = order.split_once("#LINE#");
    let is_line = line.is_some_and(|(order, line)| !order.is_empty() && !line.is_empty());
    Some(if is_line { "Line" } else { "Order" })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_variant_is_that_of_a_plain_reference(
        pk in "(CUSTOMER#[0-9x]{0,2}|CONFIG|CUSTOMER|[A-Z]{0,2})",
        sk in "(ORDER#?[A-C]{0,2}(#LINE#[0-9x]{0,2}){0,2}|PROFILE|[A-Z]{0,2})",
    ) {
        let expected = expected_variant(&pk, &sk);
        match Entity::from_image(image(item(&pk, &sk))) {
            Ok(entity) => {
                let variant = match entity {
                    Entity::Customer(_) => "Customer",
                    Entity::Order(_) => "Order",
                    Entity::Line { .. } => "Line",
                    Entity::Config => "Config",
                };
                prop_assert_eq!(Some(variant), expected);
            }
            Err(error) => {
                for problem in error.problems() {
                    prop_assert_eq!(problem.variant(), expected);
                }
            }
        }
        let _ = read_image::<Entity>(&item(&pk, &sk));
    }
}
