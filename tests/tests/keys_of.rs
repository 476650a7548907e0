//! The key of an item as a type of its own: `KeysOf`.

use std::collections::HashMap;

use ddb_core::key::{HasKeys, KeysOf};
use ddb_core::{
    Change, FromAttribute, FromStreamImage, Item, KinesisStreamEvent, StreamEvent, filter_criteria,
};
use ddb_tests::{image, kinesis_record, payload, read_image, record};
use serde_json::{Value, json};

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict, key(PK = "CUSTOMER#{customer}", SK = "ORDER#{id}#{number:04}"))]
#[ddb(index_key(GSI1PK = "STATUS#{status}"))]
struct Line {
    customer: u64,
    #[ddb(stored)]
    id: String,
    number: u16,
    status: Option<Status>,
    qty: u32,
}

#[derive(Debug, PartialEq, FromAttribute)]
enum Status {
    Open,
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(key(PK = "CUSTOMER#{customer}", SK = "PROFILE"))]
struct Customer {
    customer: u64,
    name: String,
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(by_key)]
enum Entity {
    Customer(Customer),
    Line(Box<Line>),
    #[ddb(key(PK = "PRODUCT#{sku}", SK = "META"))]
    Product {
        sku: String,
        price: u64,
    },
    #[ddb(key(PK = "CONFIG"))]
    Config,
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(by_key)]
enum Open {
    Customer(Customer),
    #[ddb(other)]
    Other(Item),
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(by_key)]
enum OpenWithoutItem {
    Customer(Customer),
    #[ddb(other)]
    Other,
}

type Key = KeysOf<Entity>;

fn keys(pk: &str, sk: &str) -> Value {
    json!({"PK": {"S": pk}, "SK": {"S": sk}})
}

#[test]
fn the_key_is_read_alone() {
    let line = KeysOf::<Line> { customer: 7, id: "A".into(), number: 2 };
    assert_eq!(read_image(&keys("CUSTOMER#7", "ORDER#A#0002")), Ok(line.clone()));
    let KeysOf::<Line> { customer, id, number } = line.clone();
    assert_eq!((customer, id.as_str(), number), (7, "A", 2));
    assert_eq!(format!("{line:?}"), r#"LineKeys { customer: 7, id: "A", number: 2 }"#);
    assert!(HashMap::from([(line.clone(), 1)]).contains_key(&line));

    for (pk, sk, expected) in [
        ("CUSTOMER#7", "PROFILE", Key::Customer(KeysOf::<Customer> { customer: 7 })),
        ("CUSTOMER#7", "ORDER#A#0002", Key::Line(line)),
        ("PRODUCT#x", "META", Key::Product { sku: "x".into() }),
        ("CONFIG", "any", Key::Config),
    ] {
        assert_eq!(read_image(&keys(pk, sk)), Ok(expected));
    }
    let session = keys("SESSION#1", "SESSION");
    assert_eq!(read_image(&session), Ok(KeysOf::<Open>::Other(image(session.clone()))));
    assert_eq!(read_image(&session), Ok(KeysOf::<OpenWithoutItem>::Other));
}

#[test]
fn an_error_is_about_the_item_whose_key_it_is() {
    for (keys, expected) in [
        (
            keys("SESSION#1", "SESSION"),
            "PK: expected S (Entity: Customer, Line, Product or Config), found an S that does not match",
        ),
        (
            keys("CUSTOMER#x", "PROFILE"),
            "Customer: PK: expected S (u64: customer in CUSTOMER#{customer}), found S that does not convert",
        ),
    ] {
        assert_eq!(read_image::<KeysOf<Entity>>(&keys), Err(expected.to_owned()));
    }
    assert_eq!(
        read_image::<KeysOf<Customer>>(&keys("CUSTOMER#7", "ORDER#A")),
        Err("SK: expected S (Customer: PROFILE), found an S that does not match".to_owned())
    );
}

/// Records of a stream whose view type is `KEYS_ONLY`.
fn keys_only() -> [Value; 3] {
    let key = [
        keys("CUSTOMER#7", "PROFILE"),
        keys("CUSTOMER#7", "ORDER#A#0002"),
        keys("PRODUCT#x", "META"),
    ];
    let names = ["INSERT", "MODIFY", "REMOVE"];
    let mut numbers = ["1", "2", "3"].into_iter();
    let mut records = names.map(|name| record(numbers.next().expect("a number"), name, 1));
    for (record, key) in records.iter_mut().zip(key) {
        let change = record["dynamodb"].as_object_mut().expect("an object");
        change.retain(|name, _| name != "NewImage" && name != "OldImage");
        change.insert("Keys".into(), key);
        change.insert("StreamViewType".into(), json!("KEYS_ONLY"));
    }
    records
}

#[test]
fn a_stream_of_keys_tells_which_entity_has_changed() {
    let customer = Key::Customer(KeysOf::<Customer> { customer: 7 });
    let line = Key::Line(KeysOf::<Line> { customer: 7, id: "A".into(), number: 2 });
    let product = Key::Product { sku: "x".into() };
    let expected = [
        Change::Insert { new: customer },
        Change::Modify { old: line.clone(), new: line },
        Change::Remove { old: product, expired: false },
    ];
    let text = payload(&keys_only());
    let event = StreamEvent::<Key>::from_slice(text.as_bytes()).expect("an event");
    let changes: Vec<_> =
        event.records.into_iter().map(|record| record.expect("a record").change).collect();
    assert_eq!(changes, expected);

    // The same from the types of `aws_lambda_events`, and from Kinesis.
    let event: aws_lambda_events::dynamodb::Event = serde_json::from_str(&text).expect("an event");
    let event = StreamEvent::<Key>::from(event);
    let changes: Vec<_> =
        event.records.into_iter().map(|record| record.expect("a record").change).collect();
    assert_eq!(changes, expected);
    let records: Vec<_> = keys_only().iter().map(|record| kinesis_record("1", record)).collect();
    let event = KinesisStreamEvent::<Key>::from_slice(payload(&records).as_bytes());
    let records = event.expect("an event").records;
    let changes: Vec<_> =
        records.into_iter().map(|record| record.expect("a record").change).collect();
    assert_eq!(changes, expected);
}

#[test]
fn a_key_and_an_image_are_slots_of_one_event() {
    let mut records = [record("1", "MODIFY", 1)];
    let change = &mut records[0]["dynamodb"];
    change["Keys"] = keys("CUSTOMER#7", "PROFILE");
    // The image of a key slot is not read.
    change["OldImage"] = json!({"PK": {"N": "x"}});
    change["NewImage"] = keys("CUSTOMER#7", "PROFILE");
    change["NewImage"]["name"] = json!({"S": "Ada"});
    let text = payload(&records);
    let event = StreamEvent::<Customer, KeysOf<Customer>>::from_slice(text.as_bytes());
    let record = event.expect("an event").records.remove(0).expect("a record");
    let new = Customer { customer: 7, name: "Ada".into() };
    let old = KeysOf::<Customer> { customer: 7 };
    assert_eq!(record.change, Change::Modify { old, new });
}

#[test]
fn a_key_that_does_not_fit_is_one_problem_of_the_keys() {
    let mut records = keys_only();
    records[1]["dynamodb"]["Keys"] = keys("SESSION#1", "SESSION");
    records[2]["dynamodb"].as_object_mut().expect("an object").remove("Keys");
    let text = payload(&records);
    let event = StreamEvent::<KeysOf<Customer>>::from_slice(text.as_bytes()).expect("an event");
    let [Ok(_), Err(session), Err(missing)] = &event.records[..] else { panic!("{event:?}") };
    assert_eq!(
        session.to_string(),
        "event event-2, sequence number 2, MODIFY: keys: 2 problems: PK: expected S (Customer: CUSTOMER#{customer}), found an S that does not \
         match; SK: expected S (Customer: PROFILE), found an S that does not match"
    );
    assert!(missing.to_string().contains("REMOVE: keys: 2 problems: PK: missing"), "{missing}");

    let event = StreamEvent::<Option<KeysOf<Customer>>>::from_slice(text.as_bytes());
    let records = event.expect("an event").records;
    assert!(records[1].is_err(), "a key that does not fit");
    let Ok(record) = &records[2] else { panic!("no keys") };
    assert_eq!(record.change, Change::Remove { old: None, expired: false });
}

#[test]
fn a_key_selects_as_the_item_does() {
    let patterns = |criteria: ddb_core::schema::FilterCriteria| -> Vec<String> {
        criteria.patterns().map(str::to_owned).collect()
    };
    let of_items = patterns(filter_criteria::<Entity>().expect("within the limits"));
    let of_keys = patterns(filter_criteria::<KeysOf<Entity>>().expect("within the limits"));
    assert_eq!(of_keys, of_items);
    assert_eq!(of_keys.len(), 3);
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(strict, key(PK = "{id}#{number:03}"))]
struct Generic<T, U: std::fmt::Debug, const N: usize>
where
    T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    id: T,
    number: u8,
    more: [U; N],
}

fn changed<T: HasKeys>(text: &str) -> Vec<T::Keys> {
    let event = StreamEvent::<KeysOf<T>>::from_slice(text.as_bytes()).expect("an event");
    let changes = event.records.into_iter().map(|record| record.expect("a record").change);
    let key = |change| match change {
        Change::Insert { new } | Change::Modify { new, .. } => new,
        Change::Remove { old, .. } => old,
    };
    changes.map(key).collect()
}

#[test]
fn keys_of_generic_types_and_in_generic_code() {
    type Item = Generic<char, u8, 2>;
    let expected = KeysOf::<Item> { id: 'x', number: 7 };
    assert_eq!(read_image(&json!({"PK": {"S": "x#007"}})), Ok(expected));
    let text = payload(&keys_only()[1..2]);
    let expected = KeysOf::<Line> { customer: 7, id: "A".into(), number: 2 };
    assert_eq!(changed::<Box<Line>>(&text), [expected]);
}

/// A key of a type without `Clone`, `Hash` and the others.
#[derive(PartialEq)]
struct Plain;

impl std::str::FromStr for Plain {
    type Err = std::fmt::Error;

    fn from_str(_: &str) -> Result<Self, Self::Err> {
        Ok(Self)
    }
}

#[derive(FromStreamImage)]
#[ddb(strict, key(PK = "P#{plain}"))]
struct OfPlain {
    plain: Plain,
}

#[test]
fn the_fields_of_a_key_need_not_implement_anything() {
    let read = KeysOf::<OfPlain>::from_json(br#"{"PK": {"S": "P#x"}}"#);
    assert!(read.expect("a key").plain == Plain);
    let item = OfPlain::from_json(br#"{"PK": {"S": "P#x"}}"#).expect("an item");
    assert!(item.plain == Plain);
}
