//! Structs with older versions: `upgrade_from`.

use ddb_core::testing::{insert, modify};
use ddb_core::{AttributeValue, FromAttribute, FromStreamImage, Item, Problem, StreamEvent};
use ddb_tests::{image, read_image};
use proptest::prelude::*;
use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(strict, upgrade_from = OrderV2, upgrade_from = OrderV1)]
struct Order {
    customer: String,
    total_cents: u64,
    note: Option<String>,
}

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
struct OrderV2 {
    customer: String,
    total: u64,
}

/// The first version had the customer's name in two attributes.
#[derive(Clone, Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
struct OrderV1 {
    customer: String,
    surname: String,
    #[ddb(flatten)]
    sum: Sum,
}

#[derive(Clone, Debug, PartialEq, FromAttribute)]
#[ddb(strict)]
struct Sum {
    amount: u64,
}

impl From<OrderV2> for Order {
    fn from(OrderV2 { customer, total }: OrderV2) -> Self {
        Self { customer, total_cents: total * 100, note: None }
    }
}

impl From<OrderV1> for Order {
    fn from(OrderV1 { customer, surname, sum }: OrderV1) -> Self {
        let customer = format!("{customer} {surname}");
        Self { customer, total_cents: sum.amount * 100, note: None }
    }
}

fn order(customer: &str, total_cents: u64) -> Order {
    Order { customer: customer.into(), total_cents, note: None }
}

#[test]
fn an_image_is_read_as_the_newest_version_that_it_fits() {
    for (item, expected) in [
        (json!({"customer": {"S": "Ada"}, "total_cents": {"N": "700"}}), order("Ada", 700)),
        (json!({"customer": {"S": "Ada"}, "total": {"N": "7"}}), order("Ada", 700)),
        (
            json!({"customer": {"S": "Ada"}, "surname": {"S": "L"}, "amount": {"N": "7"}}),
            order("Ada L", 700),
        ),
        // It fits two versions.
        (
            json!({"customer": {"S": "Ada"}, "total": {"N": "7"}, "total_cents": {"N": "1"}}),
            order("Ada", 1),
        ),
        // An optional attribute that does not fit is a problem of the newest version as well.
        (
            json!({
                "customer": {"S": "Ada"},
                "total_cents": {"N": "1"},
                "note": {"N": "1"},
                "total": {"N": "2"},
            }),
            order("Ada", 200),
        ),
    ] {
        assert_eq!(read_image(&item), Ok(expected), "{item}");
    }
}

#[test]
fn an_image_that_fits_no_version_has_the_problems_of_each() {
    let item = json!({"customer": {"S": "Ada"}, "total": {"S": "7"}, "surname": {"N": "1"}});
    let error = Order::from_image(image(item.clone())).expect_err("no version fits");
    assert_eq!(
        error.to_string(),
        "4 problems: as Order: total_cents: missing, expected N (u64); \
         as OrderV2: total: expected N (u64), found S; \
         as OrderV1: amount: missing, expected N (u64); \
         as OrderV1: surname: expected S (String), found N"
    );
    let attempts: Vec<_> = error.problems().iter().map(|it| (it.attempt(), it.path())).collect();
    assert_eq!(
        attempts,
        [
            (Some("Order"), "total_cents"),
            (Some("OrderV2"), "total"),
            (Some("OrderV1"), "amount"),
            (Some("OrderV1"), "surname"),
        ]
    );
    assert!(read_image::<Order>(&item).is_err());
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
struct History {
    orders: Vec<Order>,
    last: Option<Order>,
}

/// Each attempt to read a node reads those inside it again.
#[test]
fn values_inside_each_other_are_each_read_as_their_own_version() {
    fn add(levels: u32, nodes: &mut Vec<(Value, Option<Node>)>) {
        let mut inner = Vec::new();
        if levels > 0 {
            add(levels - 1, &mut inner);
        }
        let children = inner.into_iter().map(|(json, node)| (vec![json], node.map(|it| vec![it])));
        for (json, children) in [(vec![], Some(vec![]))].into_iter().chain(children) {
            for (name, fits) in [("name", true), ("label", true), ("title", false)] {
                let json = json!({"M": {name: {"S": "n"}, "children": {"L": json}}});
                let node = |children| Node { name: "n".to_owned(), children };
                nodes.push((json, children.clone().filter(|_| fits).map(node)));
            }
        }
    }
    let mut nodes = Vec::new();
    add(4, &mut nodes);
    assert_eq!(nodes.len(), 363);
    for (json, expected) in nodes {
        assert_eq!(ddb_tests::read::<Node>(&json).ok(), expected, "{json}");
    }
}

#[test]
fn the_attempts_of_a_value_inside_an_image_stay_together() {
    let old = json!({"M": {"customer": {"S": "Ada"}, "total": {"N": "7"}}});
    let bad = json!({"M": {"customer": {"S": "Ada"}}});
    let item = json!({"orders": {"L": [old, bad]}, "last": old});
    let error = History::from_image(image(item)).expect_err("one order does not fit");
    assert_eq!(
        error.to_string(),
        "4 problems: as Order: orders[1].total_cents: missing, expected N (u64); \
         as OrderV2: orders[1].total: missing, expected N (u64); \
         as OrderV1: orders[1].amount: missing, expected N (u64); \
         as OrderV1: orders[1].surname: missing, expected S (String)"
    );
    let item = json!({"orders": {"L": [old]}, "last": old});
    let read = History { orders: vec![order("Ada", 700)], last: Some(order("Ada", 700)) };
    assert_eq!(read_image(&item), Ok(read));
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(upgrade_from = OrderV2)]
struct LossyOrder {
    customer: String,
    total_cents: u64,
}

impl From<OrderV2> for LossyOrder {
    fn from(OrderV2 { customer, total }: OrderV2) -> Self {
        Self { customer, total_cents: total * 100 }
    }
}

#[test]
fn a_lossy_conversion_falls_back_to_the_newest_version() {
    let old =
        LossyOrder::from_image_lossy(image(json!({"customer": {"S": "Ada"}, "total": {"N": "7"}})));
    assert_eq!(old.value, LossyOrder { customer: "Ada".into(), total_cents: 700 });
    assert!(old.problems.is_empty());

    let item = image(json!({"customer": {"S": "Ada"}, "total": {"S": "7"}}));
    for lossy in
        [LossyOrder::from_image_lossy_ref(&item), LossyOrder::from_image_lossy(item.clone())]
    {
        assert_eq!(lossy.value, LossyOrder { customer: "Ada".into(), total_cents: 0 });
        let [problem] = &lossy.problems[..] else { panic!("{:?}", lossy.problems) };
        assert_eq!(problem.to_string(), "total_cents: missing, expected N (u64)");
    }
    let from: LossyOrder = item.into();
    assert_eq!(from.total_cents, 0);
}

/// A version may have older versions of its own.
#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict, upgrade_from = Order)]
struct OrderV4 {
    buyer: String,
}

impl From<Order> for OrderV4 {
    fn from(order: Order) -> Self {
        Self { buyer: order.customer }
    }
}

#[test]
fn versions_form_a_chain() {
    let ada = OrderV4 { buyer: "Ada".into() };
    let item = json!({"customer": {"S": "Ada"}, "total": {"N": "7"}});
    assert_eq!(read_image(&item), Ok(ada));
    let error = read_image::<OrderV4>(&json!({"customer": {"S": "Ada"}, "total": {"NULL": true}}));
    let error = error.expect_err("no version fits");
    assert!(error.contains("as OrderV4: buyer: missing"), "{error}");
    assert!(error.contains("as OrderV2: total: expected N (u64), found NULL"), "{error}");
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(tag = "kind")]
enum Entity {
    Order(Order),
    Stamp(Sum),
}

#[test]
fn a_variant_may_have_older_versions() {
    let item = json!({"kind": {"S": "Order"}, "customer": {"S": "Ada"}, "total": {"N": "7"}});
    assert_eq!(read_image(&item), Ok(Entity::Order(order("Ada", 700))));
    let item = json!({"kind": {"S": "Order"}, "customer": {"S": "Ada"}, "total": {"S": "7"}});
    let error = Entity::from_image(image(item)).expect_err("no version fits");
    let problem = &error.problems()[0];
    assert_eq!((problem.variant(), problem.attempt()), (Some("Order"), Some("Order")));
    assert_eq!(problem.to_string(), "Order as Order: total_cents: missing, expected N (u64)");
    assert_eq!(
        error.problems()[1].to_string(),
        "Order as OrderV2: total: expected N (u64), found S"
    );
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
struct Flattened {
    id: u64,
    #[ddb(flatten)]
    order: Order,
    #[ddb(rest)]
    rest: Item,
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
struct FlattenedOption {
    id: u64,
    #[ddb(flatten)]
    order: Option<Order>,
    #[ddb(rest)]
    rest: Item,
}

#[test]
fn a_flattened_struct_with_versions_leaves_the_rest() {
    let item = json!({
        "id": {"N": "1"},
        "customer": {"S": "Ada"},
        "surname": {"S": "L"},
        "amount": {"N": "7"},
        "more": {"S": "x"},
    });
    let rest = image(json!({"more": {"S": "x"}}));
    assert_eq!(
        read_image(&item),
        Ok(Flattened { id: 1, order: order("Ada L", 700), rest: rest.clone() })
    );
    assert_eq!(
        read_image(&item),
        Ok(FlattenedOption { id: 1, order: Some(order("Ada L", 700)), rest: rest.clone() })
    );
    // What only the version that fits reads is not in the rest, and what another one reads is.
    let item = json!({
        "id": {"N": "1"},
        "customer": {"S": "Ada"},
        "surname": {"S": "L"},
        "total": {"N": "7"},
    });
    let rest = image(json!({"surname": {"S": "L"}}));
    assert_eq!(read_image(&item), Ok(Flattened { id: 1, order: order("Ada", 700), rest }));
}

#[test]
fn a_flattened_option_is_none_only_if_no_version_finds_an_attribute() {
    let rest = image(json!({"more": {"S": "x"}}));
    let none = FlattenedOption { id: 1, order: None, rest };
    let item = json!({"id": {"N": "1"}, "more": {"S": "x"}});
    assert_eq!(read_image(&item), Ok(none));
    let with_null =
        json!({"id": {"N": "1"}, "total": {"NULL": true}, "total_cents": {"NULL": true}});
    let read = read_image::<FlattenedOption>(&with_null).expect("there is no order");
    assert_eq!(read.order, None);
    // The last version reads none of the attributes, and the first one does.
    let broken = json!({"id": {"N": "1"}, "total_cents": {"N": "1"}});
    let error = read_image::<FlattenedOption>(&broken).expect_err("half an order");
    assert!(error.contains("as Order: customer: missing"), "{error}");
}

#[test]
fn an_event_has_items_of_all_versions() {
    let old = image(json!({"customer": {"S": "Ada"}, "total": {"N": "7"}}));
    let new = image(json!({"customer": {"S": "Ada"}, "total_cents": {"N": "800"}}));
    let event: StreamEvent<Order> = [insert(&old), modify(&old, &new)].into();
    let read: Vec<_> = event
        .records
        .iter()
        .map(|record| record.as_ref().expect("a record").change.new().expect("it").total_cents)
        .collect();
    assert_eq!(read, [700, 800]);
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict, upgrade_from = WrappedV1<T>)]
struct Wrapped<T> {
    value: T,
    label: String,
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict)]
struct WrappedV1<T> {
    value: T,
}

impl<T> From<WrappedV1<T>> for Wrapped<T> {
    fn from(old: WrappedV1<T>) -> Self {
        Self { value: old.value, label: String::new() }
    }
}

#[derive(Clone, Debug, PartialEq, FromAttribute)]
#[ddb(strict, upgrade_from = NodeV1)]
struct Node {
    name: String,
    children: Vec<Node>,
}
#[derive(Debug, PartialEq, FromAttribute)]
#[ddb(strict)]
struct NodeV1 {
    label: String,
    children: Vec<Node>,
}
impl From<NodeV1> for Node {
    fn from(NodeV1 { label, children }: NodeV1) -> Self {
        Self { name: label, children }
    }
}

/// Read lossily, so that it has defaults where something does not fit.
#[derive(FromStreamImage)]
struct Ratio {
    total: u64,
    count: u64,
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(upgrade_from = Ratio)]
struct Average {
    average: u64,
    unit: String,
}

impl From<Ratio> for Average {
    fn from(ratio: Ratio) -> Self {
        Self { average: ratio.total / ratio.count, unit: String::new() }
    }
}

#[derive(Debug, PartialEq, FromStreamImage)]
struct Averages {
    all: Vec<Average>,
}

#[test]
fn an_older_version_that_does_not_fit_is_not_converted() {
    let error = read_image::<Average>(&json!({"total": {"N": "7"}, "count": {"S": "x"}}));
    let error = error.expect_err("no version fits");
    assert!(error.contains("as Ratio: count: expected N (u64), found S"), "{error}");
}

#[test]
fn a_value_inside_a_lossy_struct_keeps_what_fits() {
    let good = json!({"M": {"total": {"N": "8"}, "count": {"N": "2"}}});
    let bad = json!({"M": {"average": {"N": "7"}, "unit": {"N": "1"}}});
    let item = image(json!({"all": {"L": [good, bad]}}));
    let lossy = Averages::from_image_lossy_ref(&item);
    let average = |average| Average { average, unit: String::new() };
    assert_eq!(lossy.value, Averages { all: vec![average(4), average(7)] });
    let replaced: Vec<_> = lossy
        .problems
        .iter()
        .filter_map(|problem| Some((problem.replaced()?, problem.attempt()?)))
        .collect();
    assert_eq!(replaced, [("all[1].unit", "Average")]);
    let error = Averages::from_image(item).expect_err("strictly, nothing is replaced");
    assert_eq!(
        error.to_string(),
        "3 problems: as Average: all[1].unit: expected S (String), found N; \
         as Ratio: all[1].count: missing, expected N (u64); \
         as Ratio: all[1].total: missing, expected N (u64)"
    );
}

mod v1 {
    #[derive(Debug, PartialEq, ddb_core::FromStreamImage)]
    #[ddb(strict)]
    pub(super) struct Note {
        pub(super) text: String,
    }
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict, upgrade_from = v1::Note)]
struct Note {
    body: String,
}

impl From<v1::Note> for Note {
    fn from(note: v1::Note) -> Self {
        Self { body: note.text }
    }
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict, deny_unknown)]
struct DeniesUnknown {
    #[ddb(flatten)]
    order: Order,
}

#[test]
fn the_versions_are_named_as_they_are_written() {
    let error = read_image::<Note>(&json!({})).expect_err("no version fits");
    assert!(error.contains("as Note: body: missing"), "{error}");
    assert!(error.contains("as v1::Note: text: missing"), "{error}");
}

#[test]
fn what_an_attempt_has_read_is_not_unknown() {
    let item = json!({
        "customer": {"S": "Ada"},
        "total_cents": {"S": "x"},
        "more": {"S": "y"},
    });
    let error = read_image::<DeniesUnknown>(&item).expect_err("no version fits");
    assert!(!error.contains("unknown"), "{error}");
}

#[test]
fn the_attempts_of_a_chain_follow_each_other() {
    let error = OrderV4::from_image(Item::default()).expect_err("no version fits");
    let attempts: Vec<_> = error.problems().iter().filter_map(Problem::attempt).collect();
    let mut chain = attempts.clone();
    chain.dedup();
    assert_eq!(chain, ["OrderV4", "Order", "OrderV2", "OrderV1"]);
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict, upgrade_from = MarkedV1<T>)]
struct Marked<T> {
    value: T,
    mark: String,
}

#[derive(FromStreamImage)]
#[ddb(strict)]
struct MarkedV1<T> {
    value: T,
}

/// The conversion has a bound that no field needs.
impl<T: Clone> From<MarkedV1<T>> for Marked<T> {
    fn from(old: MarkedV1<T>) -> Self {
        Self { value: old.value.clone(), mark: String::new() }
    }
}

#[test]
fn the_conversion_may_have_bounds_of_its_own() {
    let read = read_image(&json!({"value": {"N": "7"}}));
    assert_eq!(read, Ok(Marked { value: 7_u8, mark: String::new() }));
}

/// Whether it fits is decided by the conversion alone.
#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(try_from = Open)]
struct Checked(u8);

#[derive(FromStreamImage)]
struct Open {
    number: Option<u8>,
}

impl TryFrom<Open> for Checked {
    type Error = &'static str;

    fn try_from(open: Open) -> Result<Self, Self::Error> {
        open.number.map(Self).ok_or("no number")
    }
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict, upgrade_from = Checked, upgrade_from = Indexed)]
struct OfChecked {
    digit: u8,
}

/// The id is in both keys of an index, and need not be in either.
#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict, index_key(GSI1PK = "A#{id}", GSI1SK = "B#{id}"))]
struct Indexed {
    id: u8,
}

impl From<Checked> for OfChecked {
    fn from(checked: Checked) -> Self {
        Self { digit: checked.0 }
    }
}

impl From<Indexed> for OfChecked {
    fn from(indexed: Indexed) -> Self {
        Self { digit: indexed.id }
    }
}

#[test]
fn a_conversion_or_an_index_may_refuse_an_image() {
    for item in [
        json!({"digit": {"N": "7"}}),
        json!({"number": {"N": "7"}}),
        json!({"GSI1SK": {"S": "B#7"}}),
    ] {
        assert_eq!(read_image(&item), Ok(OfChecked { digit: 7 }), "{item}");
    }
    assert!(read_image::<OfChecked>(&json!({})).is_err());
}

macro_rules! versioned {
    ($name:ident, $old:ty) => {
        #[derive(Debug, PartialEq, FromStreamImage)]
        #[ddb(strict, upgrade_from = $old)]
        struct $name {
            r#type: u64,
        }

        impl From<$old> for $name {
            fn from(old: $old) -> Self {
                Self { r#type: old.amount }
            }
        }
    };
}

versioned!(ByMacro, Sum);

#[test]
fn versions_may_be_generic_recursive_and_made_by_a_macro() {
    let item = json!({"value": {"N": "1"}});
    assert_eq!(read_image(&item), Ok(Wrapped { value: 1_u8, label: String::new() }));
    assert_eq!(read_image(&json!({"amount": {"N": "1"}})), Ok(ByMacro { r#type: 1 }));

    let leaf = json!({"M": {"label": {"S": "leaf"}, "children": {"L": []}}});
    let value = json!({"M": {"name": {"S": "root"}, "children": {"L": [leaf]}}});
    let value: AttributeValue = serde_json::from_value(value).expect("a value");
    let leaf = Node { name: "leaf".into(), children: vec![] };
    let root = Node { name: "root".into(), children: vec![leaf] };
    assert_eq!(Node::from_value(value).expect("a tree"), root);
}

fn attribute() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => "[a-z]{0,3}".prop_map(|text| json!({"S": text})),
        4 => (0..9_u8).prop_map(|number| json!({"N": number.to_string()})),
        1 => Just(json!({"NULL": true})),
        1 => Just(json!({"S": 7})),
    ]
}

fn any_item() -> impl Strategy<Value = Value> {
    let names = vec!["customer", "total_cents", "note", "total", "surname", "amount", "more"];
    prop::collection::btree_map(prop::sample::select(names), attribute(), 0..7)
        .prop_map(|item| json!(item))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_version_is_the_first_that_fits_alone(item in any_item()) {
        let json = item.to_string();
        let expected = Order::from_json_newest(&json)
            .or_else(|| OrderV2::from_json(json.as_bytes()).ok().map(Order::from))
            .or_else(|| OrderV1::from_json(json.as_bytes()).ok().map(Order::from));
        prop_assert_eq!(Order::from_json(json.as_bytes()).ok(), expected);
        let Ok(item) = serde_json::from_value::<Item>(item.clone()) else { return Ok(()) };
        // The sources agree: `read_image` compares them.
        let read = read_image::<Order>(&serde_json::to_value(&item).expect("JSON"));
        let borrowed = Order::from_image_ref(&item);
        prop_assert_eq!(read.is_ok(), borrowed.is_ok());
    }

    #[test]
    fn a_flattened_struct_reads_as_one_alone(item in any_item()) {
        let Ok(alone) = serde_json::from_value::<Item>(item.clone()) else { return Ok(()) };
        let mut around = serde_json::to_value(&alone).expect("JSON");
        around["id"] = json!({"N": "1"});
        let alone = Order::from_image_ref(&alone);
        let flattened = read_image::<Flattened>(&around);
        prop_assert_eq!(flattened.as_ref().ok().map(|it| &it.order), alone.as_ref().ok());
        if let Ok(alone) = alone {
            let optional = read_image::<FlattenedOption>(&around).expect("an order");
            prop_assert_eq!(optional.order, Some(alone));
        }
    }
}

/// The newest version of `Order`, alone.
#[derive(FromStreamImage)]
#[ddb(strict)]
struct Newest {
    customer: String,
    total_cents: u64,
    note: Option<String>,
}

impl Order {
    fn from_json_newest(json: &str) -> Option<Self> {
        let Newest { customer, total_cents, note } = Newest::from_json(json.as_bytes()).ok()?;
        Some(Self { customer, total_cents, note })
    }
}
