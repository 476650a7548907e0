//! Events of Kinesis Data Streams for DynamoDB, where they differ from those of DynamoDB Streams.

use std::time::{Duration, SystemTime};

use ddb_core::event::{EventName, RecordMeta};
use ddb_core::{Change, FromStreamImage, Ignored, KinesisStreamEvent};
use ddb_tests::{encode_base64, kinesis_record, payload, record};
use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
struct Order {
    id: u32,
}

fn decode(records: &[Value]) -> KinesisStreamEvent<Order> {
    KinesisStreamEvent::from_slice(payload(records).as_bytes()).expect("an event")
}

/// A record as DynamoDB writes it to Kinesis.
fn change(event_name: &str, id: u32, time: u64) -> Value {
    let mut record = record("", event_name, id);
    for name in ["eventVersion", "eventSourceARN"] {
        record.as_object_mut().expect("an object").remove(name);
    }
    record["userIdentity"] = json!(null);
    record["recordFormat"] = json!("application/json");
    record["tableName"] = json!("Orders");
    record["eventID"] = json!(format!("{event_name}-{id}-{time}"));
    let change = record["dynamodb"].as_object_mut().expect("an object");
    change.remove("SequenceNumber");
    change.remove("StreamViewType");
    change["ApproximateCreationDateTime"] = json!(time);
    record
}

/// A record has the change and the event id of DynamoDB, and the sequence number of Kinesis.
#[test]
fn a_record_is_that_of_dynamodb_with_the_number_of_kinesis() {
    let number = "49545115243490985018280067714973144582180062593244200961";
    let mut event = decode(&[kinesis_record(number, &change("MODIFY", 7, 1_700_000_000_123))]);
    let record = event.records.remove(0).expect("fits");
    assert_eq!(record.change, Change::Modify { old: Order { id: 7 }, new: Order { id: 7 } });
    let RecordMeta {
        event_id,
        event_name,
        event_source_arn,
        region,
        table_name,
        sequence_number,
        ..
    } = record.meta;
    assert_eq!(event_id.as_deref(), Some("MODIFY-7-1700000000123"));
    assert_eq!(event_name, Some(EventName::Modify));
    assert_eq!(
        event_source_arn.as_deref(),
        Some("arn:aws:kinesis:eu-central-1:123456789012:stream/orders")
    );
    assert_eq!((region.as_deref(), table_name.as_deref()), (Some("eu-central-1"), Some("Orders")));
    assert_eq!(sequence_number.map(|number| number.to_string()).as_deref(), Some(number));
    assert_eq!(
        (record.meta.size_bytes, record.meta.view_type, record.meta.user_identity),
        (Some(26), None, None)
    );
}

/// The time is in the unit that the record states, and in milliseconds if it states none.
#[test]
fn the_time_is_in_what_the_record_says() {
    let at = |nanoseconds| Some(SystemTime::UNIX_EPOCH + Duration::from_nanos(nanoseconds));
    for (time, precision, expected) in [
        (1_700_000_000_123_u64, None, at(1_700_000_000_123_000_000)),
        (1_700_000_000_123, Some("MILLISECOND"), at(1_700_000_000_123_000_000)),
        (1_700_000_000_123_456, Some("MICROSECOND"), at(1_700_000_000_123_456_000)),
        (1_700_000_000, Some("FORTNIGHT"), None),
        (1_700_000_000_123, Some("null"), at(1_700_000_000_123_000_000)),
    ] {
        let mut change = change("INSERT", 7, time);
        if let Some(precision) = precision {
            let precision = if precision == "null" { json!(null) } else { json!(precision) };
            change["dynamodb"]["ApproximateCreationDateTimePrecision"] = precision;
        }
        let record = decode(&[kinesis_record("1", &change)]).records.remove(0).expect("fits");
        assert_eq!(record.meta.created_at, expected, "{precision:?}");
    }
}

#[test]
fn pipes_deliver_the_array_alone_and_the_members_of_kinesis_in_the_record() {
    let mut flat = kinesis_record("5", &change("INSERT", 7, 1));
    let kinesis = flat["kinesis"].take();
    flat.as_object_mut()
        .expect("an object")
        .extend(kinesis.as_object().expect("an object").clone());
    flat.as_object_mut().expect("an object").remove("kinesis");
    let text = json!([flat]).to_string();
    let event =
        KinesisStreamEvent::<Order, Ignored>::from_slice(text.as_bytes()).expect("an event");
    let record = event.records.into_iter().next().expect("a record").expect("fits");
    assert_eq!(record.change, Change::Insert { new: Order { id: 7 } });
    assert_eq!(record.meta.sequence_number.map(|number| number.to_string()).as_deref(), Some("5"));
}

#[test]
fn a_record_that_is_not_dynamodbs_keeps_the_name_that_kinesis_gave_it() {
    let mut other = kinesis_record("5", &json!({}));
    other["kinesis"]["data"] = encode_base64("temperature,21.5").into();
    let error = decode(&[other]).records.remove(0).expect_err("no record");
    assert_eq!(
        error.to_string(),
        "event shardId-000000000000:5, sequence number 5: not a DynamoDB record: expected JSON in its `data`; keep other producers out of the stream, or quarantine it"
    );
}

#[test]
fn a_buffered_event_has_the_records_as_they_are() {
    #[derive(serde::Deserialize)]
    struct Flattened {
        #[serde(flatten)]
        event: KinesisStreamEvent<Order>,
    }
    let precise =
        change("INSERT", 7, 1_640_995_200_123_456).to_string().replace("123456", "123456.789");
    let mut record = kinesis_record("5", &json!({}));
    record["kinesis"]["data"] = encode_base64(&precise.replace(
        "\"SizeBytes\"",
        r#""ApproximateCreationDateTimePrecision":"MICROSECOND","SizeBytes""#,
    ))
    .into();
    let text = json!({"Records": [record], "state": {"sum": 1.5}}).to_string();
    let Flattened { event: flattened } = serde_json::from_str(&text).expect("an event");
    let decoded = KinesisStreamEvent::<Order>::from_slice(text.as_bytes()).expect("an event");
    let ([Ok(buffered)], [Ok(direct)]) = (&flattened.records[..], &decoded.records[..]) else {
        panic!("{flattened:?}")
    };
    assert_eq!((buffered, &flattened.window), (direct, &decoded.window));
    assert_eq!(flattened.window.as_ref().map(|window| window.raw_state()), Some(r#"{"sum":1.5}"#));
    let time = SystemTime::UNIX_EPOCH + Duration::new(1_640_995_200, 123_456_789);
    assert_eq!(buffered.meta.created_at, Some(time));
}

#[tokio::test]
async fn the_response_is_that_of_kinesis() {
    let records = [(1, "7"), (2, "8"), (3, "9")]
        .map(|(id, number)| kinesis_record(number, &change("INSERT", id, 1_700_000_000_000)));
    let event: KinesisStreamEvent<Order> =
        serde_json::from_str(&payload(&records)).expect("an event");
    let response = event
        .process(async |record| match record.change {
            Change::Insert { new: Order { id: 2 } } => Err("refused".into()),
            _ => Ok(()),
        })
        .await
        .expect("a response");
    let json = serde_json::to_string(&response).expect("JSON");
    assert_eq!(json, r#"{"batchItemFailures":[{"itemIdentifier":"8"}]}"#);
}

#[test]
fn a_duplicate_is_dropped_and_a_late_record_is_reported() {
    let numbered = |records: &[Value]| {
        let records = records
            .iter()
            .zip(1..)
            .map(|(record, number)| kinesis_record(&format!("{number}"), record));
        decode(&records.collect::<Vec<_>>())
    };
    let kept = |event: &KinesisStreamEvent<Order>| {
        let records = event.records.iter().flatten();
        records
            .map(|record| record.meta.sequence_number.as_ref().expect("a number").to_string())
            .collect::<Vec<_>>()
    };
    let texts = |numbers: &[Option<ddb_core::event::SequenceNumber>]| {
        numbers.iter().flatten().map(ToString::to_string).collect::<Vec<_>>()
    };

    let mut event = numbered(&[
        change("INSERT", 7, 10),
        change("INSERT", 8, 10),
        change("INSERT", 7, 10),
        change("MODIFY", 7, 30),
        change("MODIFY", 7, 20),
        change("MODIFY", 8, 20),
        change("INSERT", 7, 10),
        // In the same millisecond as another change.
        change("REMOVE", 7, 30),
        json!({"not": "a record"}),
        json!({"not": "a record"}),
    ]);
    let disorder = event.drop_duplicates();
    assert_eq!(texts(&disorder.duplicates), ["3", "7"]);
    assert_eq!(texts(&disorder.late), ["5"]);
    assert_eq!(kept(&event), ["1", "2", "4", "5", "6", "8"]);
    assert_eq!(event.records.len(), 8, "errors stay");
    assert_eq!(event.drop_duplicates().duplicates, []);

    // An item can change twice in a millisecond, so records without an event id cannot be
    // recognized as duplicates.
    let mut event = numbered(&[change("INSERT", 7, 10), change("REMOVE", 7, 10)]);
    for record in event.records.iter_mut().flatten() {
        record.meta.event_id = None;
    }
    assert_eq!(event.drop_duplicates(), ddb_core::event::Disorder::default());
    assert_eq!(event.records.len(), 2);

    // If two tables write to one stream, equal keys are not the same item.
    let of_table = |name: &str, time| {
        let mut change = change("MODIFY", 7, time);
        change["tableName"] = json!(name);
        change
    };
    let mut event = numbered(&[of_table("Orders", 20), of_table("Invoices", 10)]);
    assert_eq!(event.drop_duplicates(), ddb_core::event::Disorder::default());

    // A record without keys or without a time cannot be compared.
    for name in ["Keys", "ApproximateCreationDateTime"] {
        let mut bare = change("INSERT", 7, 10);
        bare["dynamodb"].as_object_mut().expect("an object").remove(name);
        let mut event = numbered(&[bare.clone(), bare]);
        assert_eq!(event.drop_duplicates(), ddb_core::event::Disorder::default());
        assert_eq!(event.records.len(), 2);
    }
}

#[tokio::test]
async fn a_batch_of_kinesis_is_quarantined_and_concurrent_as_well() {
    let poisoned = kinesis_record("8", &json!({"not": "a record"}));
    let good = |id, number| kinesis_record(number, &change("INSERT", id, 1_700_000_000_000));
    let text = payload(&[good(1, "7"), poisoned, good(2, "9"), good(3, "10")]);
    let event = || KinesisStreamEvent::<Order>::from_slice(text.as_bytes()).expect("an event");
    let identifiers = |response: ddb_core::KinesisEventResponse| {
        response
            .batch_item_failures
            .into_iter()
            .map(|failure| failure.item_identifier)
            .collect::<Vec<_>>()
    };

    let failed =
        event().into_batch().concurrency(4).process(async |_| Ok(())).await.expect("a response");
    assert_eq!(identifiers(failed), [Some("8".to_owned())]);

    let kept = std::cell::RefCell::new(Vec::new());
    let keep = async |error: ddb_core::RecordError| {
        kept.borrow_mut().push(error.raw_json().to_owned());
        Ok(())
    };
    let response =
        event().into_batch().concurrency(4).quarantine(keep).process(async |_| Ok(())).await;
    assert_eq!(identifiers(response.expect("a response")), []);
    let response = event()
        .into_batch()
        .quarantine(keep)
        .process(async |record| match record.change {
            Change::Insert { new: Order { id: 3 } } => Err("refused".into()),
            _ => Ok(()),
        })
        .await;
    assert_eq!(identifiers(response.expect("a response")), [Some("10".to_owned())]);
    assert_eq!(kept.borrow().len(), 2);
    assert!(kept.borrow().iter().all(|raw| raw.contains("\"data\"")));
}

#[test]
fn a_window_of_kinesis_has_a_state() {
    let mut payload: Value = serde_json::from_str(&payload(&[])).expect("JSON");
    payload["state"] = json!({"1": 5});
    payload["isFinalInvokeForWindow"] = json!(true);
    let event =
        KinesisStreamEvent::<Order>::from_slice(payload.to_string().as_bytes()).expect("an event");
    let window = event.window.expect("a window");
    assert!(window.is_final);
    assert_eq!(window.raw_state(), r#"{"1":5}"#);
}
