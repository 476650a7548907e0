//! Responses to EventBridge Pipes, which sends an array of records. The response names every record
//! that is not done, by its event id.

use ddb_core::event::UnreportableFailure;
use ddb_core::{
    FromStreamImage, KinesisEventResponse, KinesisStreamEvent, RecordError, StreamEvent,
    StreamRecord,
};
use ddb_tests::{kinesis_record, record};
use serde_json::{Value, json};

type Error = Box<dyn std::error::Error + Send + Sync>;

#[derive(Debug, FromStreamImage)]
struct Order {
    id: u32,
}

/// Records of the items 1 to 5, with the sequence numbers 101 to 105.
fn records() -> Vec<Value> {
    (1..=5).map(|id| record(&(id + 100).to_string(), "INSERT", id)).collect()
}

fn event(records: &[Value]) -> StreamEvent<Order> {
    StreamEvent::from_slice(json!(records).to_string().as_bytes()).expect("an event")
}

fn kinesis_event(records: &[Value]) -> KinesisStreamEvent<Order> {
    let records = records.iter().zip(1..).map(|(record, number)| {
        let mut record = kinesis_record(&number.to_string(), record);
        // A pipe puts the members of `kinesis` into the record itself.
        let inner = record.as_object_mut().and_then(|record| record.remove("kinesis"));
        let inner = inner.expect("a Kinesis record");
        record.as_object_mut().expect("an object").extend(
            inner
                .as_object()
                .expect("an object")
                .iter()
                .map(|(name, value)| (name.clone(), value.clone())),
        );
        record
    });
    let records = records.collect::<Vec<_>>();
    KinesisStreamEvent::from_slice(json!(records).to_string().as_bytes()).expect("an event")
}

/// A handler that fails for these items.
fn fails_for(ids: &'static [u32]) -> impl AsyncFn(StreamRecord<Order>) -> Result<(), Error> {
    async move |record: StreamRecord<Order>| {
        let id = record.change.new().map_or(0, |order| order.id);
        if ids.contains(&id) { Err("refused".into()) } else { Ok(()) }
    }
}

fn identifiers(response: ddb_core::DynamoDbEventResponse) -> Vec<String> {
    let failures = response.batch_item_failures.into_iter();
    failures.map(|failure| failure.item_identifier.expect("never null")).collect()
}

#[tokio::test]
async fn the_failed_record_and_all_that_were_not_started_are_named() {
    let response = event(&records()).process(fails_for(&[3])).await.expect("a response");
    assert_eq!(identifiers(response), ["event-103", "event-104", "event-105"]);
    let response = event(&records()).process(fails_for(&[])).await.expect("a response");
    assert!(identifiers(response).is_empty());
}

#[tokio::test]
async fn the_same_records_in_an_envelope_are_answered_with_one_sequence_number() {
    let payload = ddb_tests::payload(&records());
    let event = StreamEvent::<Order>::from_slice(payload.as_bytes()).expect("an event");
    let response = event.process(fails_for(&[3])).await.expect("a response");
    assert_eq!(identifiers(response), ["103"]);
}

#[tokio::test]
async fn with_concurrency_all_that_did_not_finish_well_are_named() {
    let response = event(&records()).concurrency(2).process(fails_for(&[2, 3])).await;
    let mut failed = identifiers(response.expect("a response"));
    failed.sort();
    // Record 1 is done. Record 2 fails, and of the records behind it only one is started,
    // concurrently.
    assert_eq!(failed.first().map(String::as_str), Some("event-102"));
    assert_eq!(failed.last().map(String::as_str), Some("event-105"));
    assert!(!failed.contains(&"event-101".to_owned()));
    assert_eq!(failed.len(), 4);
}

#[tokio::test]
async fn a_poisoned_record_is_named_or_quarantined() {
    let mut records = records();
    records[1]["dynamodb"]["NewImage"] = json!({"id": {"S": "x"}});
    let response = event(&records).process(fails_for(&[])).await.expect("a response");
    assert_eq!(identifiers(response), ["event-102", "event-103", "event-104", "event-105"]);
    let keep = async |_: RecordError| Ok(());
    let response = event(&records).quarantine(keep).process(fails_for(&[5])).await;
    assert_eq!(identifiers(response.expect("a response")), ["event-105"]);
}

#[tokio::test]
async fn without_an_event_id_the_invocation_fails() {
    // The record has a sequence number, but a pipe identifies records by event id.
    for (index, failing) in [(2, &[3][..]), (4, &[3])] {
        for id in [Value::Null, json!("")] {
            let mut records = records();
            records[index]["eventID"] = id;
            let result = event(&records).process(fails_for(failing)).await;
            let error = result.expect_err("no event id");
            let failure = error.downcast_ref::<UnreportableFailure>().expect("the error");
            assert!(failure.to_string().contains("has no event id to report"), "{failure}");
            let source = std::error::Error::source(failure).expect("the handler's error");
            assert_eq!(source.to_string(), "refused");
        }
    }
    // A record that is done does not need an event id.
    let mut records = records();
    records[0]["eventID"].take();
    let response = event(&records).process(fails_for(&[2])).await.expect("a response");
    assert_eq!(identifiers(response).len(), 4);
}

#[tokio::test]
async fn kinesis_is_answered_with_the_outer_event_id() {
    let identifiers = |response: KinesisEventResponse| -> Vec<String> {
        let failures = response.batch_item_failures.into_iter();
        failures.map(|failure| failure.item_identifier.expect("never null")).collect()
    };
    let event = kinesis_event(&records());
    let meta = &event.records[0].as_ref().expect("fits").meta;
    assert_eq!(meta.event_id.as_deref(), Some("event-101"));
    assert_eq!(meta.kinesis_event_id.as_deref(), Some("shardId-000000000000:1"));
    let response = event.process(fails_for(&[4])).await.expect("a response");
    assert_eq!(identifiers(response), ["shardId-000000000000:4", "shardId-000000000000:5"]);
    let response = kinesis_event(&records()).concurrency(8).process(fails_for(&[5])).await;
    assert_eq!(identifiers(response.expect("a response")), ["shardId-000000000000:5"]);
}
