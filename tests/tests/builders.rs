//! The records and events that the test kit builds: what the records have without further calls,
//! what each method replaces, and that every form of delivery decodes.

use std::time::{Duration, SystemTime};

use aws_lambda_events::dynamodb::Event;
use ddb_core::event::{EventName, ViewType};
use ddb_core::key::KeysOf;
use ddb_core::testing::{EventBuilder, RecordBuilder, expire, insert, modify, raw, remove};
use ddb_core::{
    Change, FromStreamImage, Ignored, IntoItem, Item, KinesisStreamEvent, RecordError, StreamEvent,
    StreamRecord,
};
use ddb_tests::image;
use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict, key(PK = "CUSTOMER#{customer}", SK = "ORDER#{id:04}"))]
struct Order {
    customer: String,
    id: u16,
    total: Option<f64>,
}

fn order(total: f64) -> Order {
    Order { customer: "ada".to_owned(), id: 7, total: Some(total) }
}

#[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
#[ddb(strict)]
struct Plain {
    id: u16,
    name: String,
}

fn plain() -> Plain {
    Plain { id: 7, name: "Ada".to_owned() }
}

fn record<T>(record: RecordBuilder) -> StreamRecord<T>
where
    StreamRecord<T>: TryFrom<RecordBuilder, Error = RecordError>,
{
    record.try_into().expect("a record")
}

#[test]
fn each_builder_makes_its_change() {
    let change = |builder: RecordBuilder| record::<Order>(builder).change;
    assert_eq!(change(insert(&order(1.0))), Change::Insert { new: order(1.0) });
    assert_eq!(
        change(modify(&order(1.0), &order(2.0))),
        Change::Modify { old: order(1.0), new: order(2.0) }
    );
    assert_eq!(change(remove(&order(1.0))), Change::Remove { old: order(1.0), expired: false });
    assert_eq!(change(expire(&order(1.0))), Change::Remove { old: order(1.0), expired: true });
}

#[test]
fn a_record_is_complete_without_further_calls() {
    let event: StreamEvent<Order> = [insert(&order(1.0)), remove(&order(1.0))].into();
    let metas: Vec<_> =
        event.records.into_iter().map(|record| record.expect("a record").meta).collect();
    let [first, second] = metas.as_slice() else { panic!("two records") };
    assert_eq!(first.event_name, Some(EventName::Insert));
    assert_eq!(first.keys, image(json!({"PK": {"S": "CUSTOMER#ada"}, "SK": {"S": "ORDER#0007"}})));
    assert_eq!(first.view_type, Some(ViewType::NewAndOldImages));
    assert_eq!(first.region.as_deref(), Some("us-east-1"));
    assert!(
        first.event_source_arn.as_deref().is_some_and(|arn| arn.contains(":table/Table/stream/"))
    );
    // The two keys twice, and `total` with one digit.
    assert_eq!(first.size_bytes, Some(2 * (2 + 12 + 2 + 10) + 5 + 2));
    assert_eq!(first.user_identity, None);
    assert_ne!(first.event_id, second.event_id);
    assert!(first.sequence_number < second.sequence_number);
    assert!(first.created_at < second.created_at);
}

#[test]
fn each_method_replaces_a_part_of_the_metadata() {
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(7);
    let meta = record::<Plain>(
        insert(&plain())
            .key(&["id"])
            .event_id("e-1")
            .sequence_number("42")
            .created_at(at)
            .event_source_arn("arn:aws:dynamodb:eu-west-1:1:table/Orders/stream/1")
            .region("eu-west-1")
            .size_bytes(99),
    )
    .meta;
    assert_eq!(meta.keys, image(json!({"id": {"N": "7"}})));
    assert_eq!(meta.event_id.as_deref(), Some("e-1"));
    assert_eq!(meta.sequence_number.map(|number| number.to_string()).as_deref(), Some("42"));
    assert_eq!(meta.created_at, Some(at));
    assert_eq!(
        meta.event_source_arn.as_deref(),
        Some("arn:aws:dynamodb:eu-west-1:1:table/Orders/stream/1")
    );
    assert_eq!(meta.region.as_deref(), Some("eu-west-1"));
    assert_eq!(meta.size_bytes, Some(99));
}

#[test]
fn a_record_has_the_images_that_its_view_type_captures() {
    let changed = || modify(&order(1.0), &order(2.0));
    let new: StreamRecord<Order, Ignored> =
        changed().view_type(ViewType::NewImage).try_into().expect("the new image");
    assert_eq!(new.change.new(), Some(&order(2.0)));
    let old: StreamRecord<Ignored, Order> =
        changed().view_type(ViewType::OldImage).try_into().expect("the old image");
    assert_eq!(old.change.old(), Some(&order(1.0)));
    let keys: StreamRecord<KeysOf<Order>> =
        changed().view_type(ViewType::KeysOnly).try_into().expect("the key");
    assert_eq!(keys.change.new(), Some(&KeysOf::<Order> { customer: "ada".to_owned(), id: 7 }));
    let missing = StreamRecord::<Order>::try_from(changed().view_type(ViewType::KeysOnly));
    assert!(missing.is_err(), "no image");
}

#[test]
fn an_item_is_an_image_too() {
    let misfit = image(json!({"PK": {"S": "CUSTOMER#ada"}, "SK": {"S": "ORDER#seven"}}));
    let event: StreamEvent<Order> =
        vec![insert(&order(1.0)), insert(&misfit).key(&["PK", "SK"]), raw("17")].into();
    let [Ok(_), Err(misfit), Err(poisoned)] = event.records.as_slice() else {
        panic!("one record and two errors")
    };
    assert_eq!(misfit.meta.keys.len(), 2);
    assert_eq!(poisoned.raw_json(), "17");
}

#[test]
fn an_item_without_templates_has_the_key_of_the_other_image() {
    let old = image(json!({"PK": {"S": "CUSTOMER#ada"}, "SK": {"S": "ORDER#0007"}}));
    let record: StreamRecord<Order, Item> = modify(&old, &order(1.0)).try_into().expect("a record");
    assert_eq!(record.meta.keys, old);
    let record: StreamRecord<Item> = modify(&order(1.0), &old).try_into().expect("a record");
    assert_eq!(record.meta.keys, old);
}

#[test]
fn an_event_is_delivered_in_every_form() {
    let records = || [insert(&order(1.0)), expire(&order(2.0)).created_at(half_past())];
    let event = EventBuilder::from(records());

    let changes = |records: Vec<Result<StreamRecord<Order>, RecordError>>| -> Vec<_> {
        records.into_iter().map(|record| record.expect("a record").change).collect()
    };
    let expected =
        [Change::Insert { new: order(1.0) }, Change::Remove { old: order(2.0), expired: true }];
    assert_eq!(changes(StreamEvent::from(event.clone()).records), expected);

    let pipe = event.to_pipe_json();
    assert!(pipe.starts_with('['));
    let pipe = StreamEvent::from_slice(pipe.as_bytes()).expect("an array");
    assert_eq!(changes(pipe.records), expected);

    let kinesis: KinesisStreamEvent<Order> = records().into();
    let metas: Vec<_> = kinesis.records.iter().flatten().map(|it| it.meta.clone()).collect();
    assert_eq!(metas[0].table_name.as_deref(), Some("Table"));
    assert!(metas[0].kinesis_event_id.is_some());
    assert_eq!(metas[1].created_at, Some(half_past()), "to the microsecond");
    assert_eq!(changes(kinesis.records), expected);

    let aws: Event = event.deserialize();
    assert_eq!(aws.records[0].event_name, "INSERT");
    assert_eq!(aws.records[0].change.new_image, order(1.0).into_item().expect("an item"));

    let json: Value = serde_json::from_str(&event.to_json()).expect("JSON");
    assert_eq!(json["Records"][1]["userIdentity"]["type"], "Service");
    let collected: EventBuilder = records().into_iter().collect();
    assert_eq!(collected.to_json(), event.to_json());
}

/// A time with microseconds, which only Kinesis delivers.
fn half_past() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_micros(1_500_001)
}

#[test]
fn a_mistake_in_a_test_is_a_panic_that_names_it() {
    let panics = |build: fn() -> String| {
        let panic = std::panic::catch_unwind(build).expect_err("a panic");
        panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
    };
    let messages = [
        panics(|| EventBuilder::from(insert(&plain()).key(&["PK"])).to_json()),
        panics(|| EventBuilder::from(insert(&order(f64::NAN))).to_json()),
        panics(|| {
            EventBuilder::from(modify(&order(1.0), &Order { id: 8, ..order(1.0) })).to_json()
        }),
        panics(|| {
            let other = Plain { id: 8, ..plain() };
            EventBuilder::from(modify(&plain(), &other).key(&["id"])).to_json()
        }),
        panics(|| EventBuilder::from(raw("{")).to_json()),
    ];
    let expected = [
        "the item has no attribute `PK`, which `key` names",
        "the item cannot be written: total: a float that is not finite cannot be stored",
        "a modification keeps the key of the item: build the records of a removal and an insertion",
        "a modification keeps the key of the item: build the records of a removal and an insertion",
        "the record is not JSON: EOF while parsing an object at line 1 column 1",
    ];
    assert_eq!(messages.each_ref().map(Option::as_deref), expected.map(Some));
}

#[test]
fn an_empty_item_has_no_keys() {
    let meta = record::<Item>(insert(&Item::default())).meta;
    assert!(meta.keys.is_empty());
}
