//! What an on-failure destination gets.

use std::time::{Duration, SystemTime};

use ddb_core::event::{
    EventError, FailedBatch, FailureCondition, FailureError, FailureMeta, FailureObjectKey,
    FailureRecord, KinesisFailureRecord,
};
use ddb_core::{Change, FromStreamImage};
use ddb_tests::{kinesis_record, payload, record};
use serde_json::{Value, json};

#[derive(Debug, PartialEq, FromStreamImage)]
struct Order {
    id: u32,
}

fn failure_record(batch: &str) -> Value {
    json!({
        "requestContext": {
            "requestId": "316aa6d0-8154-xmpl-9af7-85d5f4a6bc81",
            "functionArn": "arn:aws:lambda:eu-central-1:123456789012:function:orders",
            "condition": "RetryAttemptsExhausted",
            "approximateInvokeCount": 4,
        },
        "responseContext": {
            "statusCode": 200,
            "executedVersion": "$LATEST",
            "functionError": "Unhandled",
        },
        "version": "1.0",
        "timestamp": "2023-11-14T22:13:21.250Z",
        batch: {
            "shardId": "shardId-00000001573689847184-864758bb",
            "startSequenceNumber": "800000000003126276362",
            "endSequenceNumber": "800000000003126276370",
            "approximateArrivalOfFirstRecord": "2023-11-14T22:13:20Z",
            "approximateArrivalOfLastRecord": "2023-11-14T22:13:21Z",
            "batchSize": 2,
            "streamArn": "arn:aws:dynamodb:eu-central-1:123456789012:table/Orders/stream/x",
        },
    })
}

fn decode(record: &Value) -> FailureRecord<Order> {
    FailureRecord::from_slice(record.to_string().as_bytes()).expect("a failure record")
}

fn fails(text: &str) -> (FailureError, FailureError) {
    (
        FailureRecord::<Order>::from_slice(text.as_bytes()).expect_err("no failure record"),
        KinesisFailureRecord::<Order>::from_slice(text.as_bytes()).expect_err("no failure record"),
    )
}

fn at(milliseconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(milliseconds)
}

/// SQS gets the record as a body, and SNS as a `Message`.
#[test]
fn a_record_without_a_payload_has_the_range_of_the_batch() {
    let failure = decode(&failure_record("DDBStreamBatchInfo"));
    let FailureMeta {
        request_id,
        function_arn,
        condition,
        invoke_count,
        status_code,
        executed_version,
        function_error,
        timestamp,
        batch,
        ..
    } = failure.meta;
    assert_eq!(request_id.as_deref(), Some("316aa6d0-8154-xmpl-9af7-85d5f4a6bc81"));
    assert!(function_arn.expect("an ARN").ends_with(":function:orders"));
    assert_eq!(condition, Some(FailureCondition::RetryAttemptsExhausted));
    assert_eq!((invoke_count, status_code), (Some(4), Some(200)));
    assert_eq!(executed_version.as_deref(), Some("$LATEST"));
    assert_eq!(function_error.as_deref(), Some("Unhandled"));
    assert_eq!(timestamp, Some(at(1_700_000_001_250)));

    let FailedBatch { stream_arn, shard_id, first_arrival, last_arrival, size, .. } = &batch;
    assert!(stream_arn.as_ref().expect("an ARN").contains(":table/Orders/"));
    assert_eq!(shard_id.as_deref(), Some("shardId-00000001573689847184-864758bb"));
    assert_eq!(
        (*first_arrival, *last_arrival),
        (Some(at(1_700_000_000_000)), Some(at(1_700_000_001_000)))
    );
    assert_eq!(*size, Some(2));
    let range = [batch.start_sequence_number, batch.end_sequence_number];
    let range = range.map(|number| number.expect("a number").to_string());
    assert_eq!(range, ["800000000003126276362", "800000000003126276370"]);
    assert!(failure.event.is_none());
}

/// The response is absent if the records were too old for an invocation, and the error is `null`
/// after a response that named failed records.
#[test]
fn what_aws_leaves_out_is_none() {
    let mut aged = failure_record("DDBStreamBatchInfo");
    aged.as_object_mut().expect("an object").remove("responseContext");
    aged["requestContext"]["condition"] = json!("RecordAgeExceeded");
    let meta = decode(&aged).meta;
    assert_eq!(meta.condition, Some(FailureCondition::RecordAgeExceeded));
    assert_eq!((meta.status_code, meta.executed_version, meta.function_error), (None, None, None));

    let mut partial = failure_record("DDBStreamBatchInfo");
    partial["responseContext"]["functionError"] = json!(null);
    let meta = decode(&partial).meta;
    assert_eq!((meta.status_code, meta.function_error), (Some(200), None));

    let mut unknown = failure_record("DDBStreamBatchInfo");
    unknown["requestContext"]["condition"] = json!("Tired");
    let condition = decode(&unknown).meta.condition.expect("a condition");
    assert_eq!(condition, FailureCondition::Other("Tired".into()));
    assert_eq!(condition.to_string(), "Tired");

    assert_eq!(decode(&json!({"DDBStreamBatchInfo": {}})).meta, FailureMeta::default());
    let odd = json!({"DDBStreamBatchInfo": null, "requestContext": [1], "responseContext": "a", "timestamp": 7, "payload": null});
    let failure = decode(&odd);
    assert_eq!((failure.meta, failure.event.is_none()), (FailureMeta::default(), true));
}

#[test]
fn an_object_in_s3_contains_the_event() {
    let event = payload(&[record("111", "INSERT", 7), json!({"eventID": "poisoned"})]);
    let as_text = json!(event);
    let as_json: Value = serde_json::from_str(&event).expect("JSON");
    for payload in [as_text, as_json] {
        let mut object = failure_record("DDBStreamBatchInfo");
        object["payload"] = payload;
        let failure = decode(&object);
        assert_eq!(failure.payload(), Some(&*event));
        let records = failure.event.expect("an event").records;
        let change = &records[0].as_ref().expect("fits").change;
        assert_eq!(*change, Change::Insert { new: Order { id: 7 } });
        assert_eq!(
            records[1].as_ref().expect_err("poisoned").meta.event_id.as_deref(),
            Some("poisoned")
        );
    }
}

#[test]
fn a_record_of_kinesis_contains_its_event() {
    let event = payload(&[kinesis_record("111", &record("1", "INSERT", 7))]);
    let mut object = failure_record("KinesisBatchInfo");
    object["payload"] = json!(event);
    let failure = KinesisFailureRecord::<Order>::from_slice(object.to_string().as_bytes());
    let failure = failure.expect("a failure record");
    assert_eq!(failure.payload(), Some(&*event));
    assert_eq!(failure.meta.batch.size, Some(2));
    let records = failure.event.expect("an event").records;
    let change = &records[0].as_ref().expect("fits").change;
    assert_eq!(*change, Change::Insert { new: Order { id: 7 } });
}

/// `Debug` of the record shows the size of the payload, and no value in it.
#[test]
fn debug_does_not_show_the_payload() {
    let mut poisoned = record("111", "INSERT", 7);
    poisoned["dynamodb"]["NewImage"]["id"] = json!({"S": "secret"});
    poisoned["dynamodb"]["Keys"]["id"] = json!({"S": "secret"});
    let mut object = failure_record("DDBStreamBatchInfo");
    object["payload"] = json!(payload(&[poisoned]));
    let failure = decode(&object);
    assert!(failure.payload().expect("a payload").contains("secret"));
    let shown = format!("{failure:?}");
    assert!(!shown.contains("secret"), "{shown}");
    assert!(shown.contains(&format!("{} bytes", failure.payload().expect("a payload").len())));
}

#[test]
fn another_text_is_refused_and_described() {
    let asynchronous = json!({
        "version": "1.0",
        "timestamp": "2023-11-14T22:13:21.250Z",
        "requestContext": {"condition": "RetriesExhausted"},
        "requestPayload": {},
        "responsePayload": {},
    });
    let sqs = json!({"Records": [{"eventSource": "aws:sqs", "body": "{}"}]});
    let table = [
        (json!({}), "an object without `DDBStreamBatchInfo` and `KinesisBatchInfo`"),
        (
            json!([record("111", "INSERT", 7)]),
            "an array: decode the records of a pipe as `StreamEvent`",
        ),
        (json!("a"), "neither an object nor an array"),
        (json!(null), "neither an object nor an array"),
        (
            sqs,
            "an event: decode the records of a stream as `StreamEvent`, and of an event of SQS or SNS \
             each `body` or `Message`",
        ),
        (
            json!({"Type": "Notification", "Message": "{}"}),
            "a notification of SNS: decode its `Message`",
        ),
        (asynchronous, "the record of an asynchronous invocation"),
    ];
    for (text, expected) in table {
        let (of_dynamodb, of_kinesis) = fails(&text.to_string());
        assert_eq!(of_dynamodb, of_kinesis);
        assert_eq!(of_dynamodb.to_string(), format!("not a failure record, but {expected}"));
    }

    let text = failure_record("KinesisBatchInfo").to_string();
    let error = FailureRecord::<Order>::from_slice(text.as_bytes()).expect_err("of Kinesis");
    assert_eq!(
        error.to_string(),
        "not a failure record, but one of a Kinesis stream: decode it as `KinesisFailureRecord`"
    );
    let text = failure_record("DDBStreamBatchInfo").to_string();
    let error =
        KinesisFailureRecord::<Order>::from_slice(text.as_bytes()).expect_err("of DynamoDB");
    assert_eq!(
        error.to_string(),
        "not a failure record, but one of a DynamoDB stream: decode it as `FailureRecord`"
    );
}

#[test]
fn text_that_is_not_json_is_an_error_with_its_position() {
    let whole = failure_record("DDBStreamBatchInfo").to_string();
    for (text, expected) in [("", 0), ("{} x", 3), (&whole[..whole.len() - 1], whole.len() - 1)] {
        let (error, _) = fails(text);
        assert_eq!(error.to_string(), format!("not JSON, from byte {expected} on"));
    }
    let error = FailureRecord::<Order>::from_slice(b"{\"a\":\"\xff\"}").expect_err("not UTF-8");
    assert!(matches!(error, FailureError::NotJson { offset: 6, .. }), "{error}");
}

#[test]
fn a_payload_that_is_no_event_is_an_error() {
    for payload in [json!("{}"), json!({}), json!(r#"{"Records": 7}"#)] {
        let mut object = failure_record("DDBStreamBatchInfo");
        object["payload"] = payload;
        let error = FailureRecord::<Order>::from_slice(object.to_string().as_bytes());
        assert_eq!(error.expect_err("no event"), FailureError::Payload(EventError::NoRecords));
    }
    // An unpaired surrogate is JSON, and no text.
    let text = r#"{"DDBStreamBatchInfo": {}, "payload": "\ud800"}"#;
    let error = FailureRecord::<Order>::from_slice(text.as_bytes()).expect_err("no text");
    assert_eq!(
        error.to_string(),
        "payload of the failure record: the payload is not JSON, from byte 0 on"
    );
}

#[test]
fn the_key_of_an_object_is_taken_apart() {
    let key = "aws/lambda/d6a4e8a0/shardId-000001-a/2023/11/14/2023-11-14T22.13.20-0b1c-2d3e";
    let parsed: FailureObjectKey = key.parse().expect("a key");
    assert_eq!(parsed.mapping, "d6a4e8a0");
    assert_eq!(parsed.shard_id, "shardId-000001-a");
    assert_eq!(parsed.time, at(1_700_000_000_000));
    assert_eq!(parsed.id, "0b1c-2d3e");

    for wrong in [
        "",
        "aws/lambda",
        "aws/lambda/m/s/2023/11/14",
        "aws/lambda/m/s/2023/11/14/2023-11-14T22:13:20-a",
        "aws/lambda/m/s/2023/11/14/2023-11-14T22.13.20-",
        "aws/lambda/m/s/2023/11/14/2023-11-14T22.13.20",
        "aws/lambda/m/s/2023/11/14/2023-11-14T25.13.20-a",
        "aws/lambda/m/s/2023/11/15/2023-11-14T22.13.20-a",
        "aws/lambda/m/s/2023/11/14/2023-11-14T22.13.20-a/b",
        "aws/lambda//s/2023/11/14/2023-11-14T22.13.20-a",
        "prefix/aws/lambda/m/s/2023/11/14/2023-11-14T22.13.20-a",
    ] {
        let error = wrong.parse::<FailureObjectKey>().expect_err(wrong);
        assert!(error.to_string().starts_with("not the key of a failure record: expected aws/"));
    }
}
