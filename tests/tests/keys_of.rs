//! The key of an item as a type of its own: `KeysOf`.

use std::collections::HashMap;

use ddb_core::event::RecordPart;
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

mod private {
    use std::str::FromStr;

    use ddb_core::key::KeysOf;
    use ddb_core::{FromStreamImage, ImageError};

    /// Less visible than the struct whose key it is in.
    #[derive(Debug)]
    struct Id(String);

    impl FromStr for Id {
        type Err = std::fmt::Error;

        fn from_str(text: &str) -> Result<Self, Self::Err> {
            Ok(Self(text.to_owned()))
        }
    }

    #[derive(FromStreamImage)]
    #[ddb(strict, key(PK = "{id}"))]
    pub(crate) struct Row {
        id: Id,
    }

    #[derive(FromStreamImage)]
    #[ddb(by_key)]
    pub(super) enum Rows {
        Row(Row),
    }

    pub(super) fn read(json: &[u8]) -> Result<[String; 2], ImageError> {
        let KeysOf::<Rows>::Row(key) = KeysOf::<Rows>::from_json(json)?;
        let Rows::Row(row) = Rows::from_json(json)?;
        Ok([row.id.0, key.id.0])
    }
}

/// An id that knows whose it is.
#[derive(Debug, PartialEq)]
struct IdOf<T> {
    number: u8,
    of: std::marker::PhantomData<T>,
}

impl<T> std::str::FromStr for IdOf<T> {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self { number: text.parse()?, of: std::marker::PhantomData })
    }
}

#[derive(FromStreamImage)]
#[ddb(strict, key(PK = "SELF#{id}"))]
struct OfItself {
    id: IdOf<Self>,
}

#[derive(FromStreamImage)]
#[ddb(
    strict,
    key(PK = "BOUND#{id}"),
    bound = "T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>"
)]
struct Bound<T> {
    id: T,
}

/// The bound of one parameter mentions another, so there is no type for the key.
#[derive(FromStreamImage)]
#[ddb(strict, key(PK = "TWO#{id}"))]
struct Two<T: std::str::FromStr<Err = std::num::ParseIntError> + PartialEq<U>, U> {
    id: T,
    other: U,
}

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(transparent)]
struct Transparent(KeysOf<Customer>);

#[derive(Debug, PartialEq, FromStreamImage)]
#[ddb(from = KeysOf<Customer>)]
struct Converted(u64);

impl From<KeysOf<Customer>> for Converted {
    fn from(key: KeysOf<Customer>) -> Self {
        Self(key.customer)
    }
}

#[test]
fn the_types_of_a_key_may_be_private_generic_or_of_the_struct_itself() {
    assert_eq!(private::read(br#"{"PK": {"S": "x"}}"#).expect("a key"), ["x", "x"]);
    let key = KeysOf::<OfItself>::from_json(br#"{"PK": {"S": "SELF#7"}}"#).expect("a key");
    let item = OfItself::from_json(br#"{"PK": {"S": "SELF#7"}}"#).expect("an item");
    assert_eq!((key.id.number, item.id.number), (7, 7));
    let key = KeysOf::<Bound<u8>>::from_json(br#"{"PK": {"S": "BOUND#7"}}"#).expect("a key");
    let item = Bound::<u8>::from_json(br#"{"PK": {"S": "BOUND#7"}}"#).expect("an item");
    assert_eq!((key.id, item.id), (7, 7));
    let item = br#"{"PK": {"S": "TWO#7"}, "other": {"N": "7"}}"#;
    let item = Two::<u8, u8>::from_json(item).expect("an item");
    assert_eq!(item.id, item.other);
}

#[test]
fn a_type_around_a_key_is_read_from_the_keys_as_well() {
    let text = payload(&keys_only()[..1]);
    let event = StreamEvent::<Transparent>::from_slice(text.as_bytes()).expect("an event");
    let record = event.records[0].as_ref().expect("a record");
    let new = Transparent(KeysOf::<Customer> { customer: 7 });
    assert_eq!(record.change, Change::Insert { new });
    let event = StreamEvent::<Box<Converted>>::from_slice(text.as_bytes()).expect("an event");
    let record = event.records[0].as_ref().expect("a record");
    assert_eq!(record.change, Change::Insert { new: Box::new(Converted(7)) });
}

#[test]
fn the_error_of_a_key_slot_is_that_of_the_keys_alone() {
    let mut records = [record("1", "MODIFY", 1)];
    let change = &mut records[0]["dynamodb"];
    change["Keys"] = json!({"PK": {"BOOL": true}, "SK": {"S": "PROFILE"}});
    let text = payload(&records);
    let event = StreamEvent::<KeysOf<Customer>>::from_slice(text.as_bytes()).expect("an event");
    let error = event.records[0].as_ref().expect_err("not a key").to_string();
    assert!(
        error.ends_with("MODIFY: keys: PK: expected S, N or B (AttributeValue), found BOOL"),
        "{error}"
    );

    // The stream need not capture an image for a key, and the image comes first in the error.
    let change = &mut records[0]["dynamodb"];
    change["Keys"] = keys("SESSION#1", "PROFILE");
    change["StreamViewType"] = json!("NEW_IMAGE");
    change.as_object_mut().expect("an object").remove("OldImage");
    let text = payload(&records);
    let event = StreamEvent::<KeysOf<Customer>, Customer>::from_slice(text.as_bytes());
    let event = event.expect("an event");
    let error = event.records[0].as_ref().expect_err("no image");
    let text = error.to_string();
    assert!(text.contains("OLD_IMAGE or NEW_AND_OLD_IMAGES"), "{text}");
    assert!(text.find("old image") < text.find("keys:"), "{text}");
    assert_eq!(error.part(), Some(RecordPart::OldImage));
}
