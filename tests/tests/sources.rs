//! The places from which a record can come, and the shape that it has there.

use std::time::{Duration, SystemTime};

use aws_lambda_events::kinesis::KinesisEvent;
use ddb_core::event::{EventError, RecordErrorKind};
use ddb_core::{Change, FromStreamImage, Ignored, KinesisStreamEvent, StreamEvent, StreamRecord};
use ddb_tests::{kinesis_record, payload, record};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq, FromStreamImage)]
struct Order {
    id: u32,
}

fn decode(record: &Value) -> StreamRecord<Order> {
    StreamRecord::from_slice(record.to_string().as_bytes()).expect("a record")
}

/// The data of a record that DynamoDB writes to Kinesis.
fn kinesis_data(time: u64) -> Value {
    json!({
        "awsRegion": "eu-central-1",
        "eventID": "0d3a6c9f",
        "eventName": "INSERT",
        "userIdentity": null,
        "recordFormat": "application/json",
        "tableName": "Orders",
        "dynamodb": {
            "ApproximateCreationDateTime": time,
            "Keys": {"id": {"N": "7"}},
            "NewImage": {"id": {"N": "7"}},
            "SizeBytes": 8,
        },
        "eventSource": "aws:dynamodb",
    })
}

#[test]
fn a_record_alone_reads_as_it_does_in_an_event() {
    for event_name in ["INSERT", "MODIFY", "REMOVE"] {
        let record = record("111", event_name, 7);
        let text = payload(std::slice::from_ref(&record));
        let mut event = StreamEvent::<Order>::from_slice(text.as_bytes()).expect("an event");
        assert_eq!(decode(&record), event.records.remove(0).expect("fits"));
    }
}

#[test]
fn the_error_of_a_record_alone_is_that_of_the_event() {
    let mut poisoned = record("111", "MODIFY", 7);
    poisoned["dynamodb"]["NewImage"]["id"] = json!({"S": "seven"});
    for record in [poisoned, json!(17), json!({}), json!([]), json!({"Records": []})] {
        let text = payload(std::slice::from_ref(&record));
        let mut event = StreamEvent::<Order>::from_slice(text.as_bytes()).expect("an event");
        let expected = event.records.remove(0).expect_err("does not fit");
        let error = StreamRecord::<Order>::from_slice(record.to_string().as_bytes());
        let error = error.expect_err("does not fit");
        assert_eq!(error.to_string(), expected.to_string());
        assert_eq!(error.raw_json(), record.to_string());
    }
}

#[test]
fn text_that_is_not_json_is_the_error_of_the_record() {
    let table: [(&[u8], usize, &str); 4] = [
        (br#"{"eventName": "INSERT", "#, 24, r#"{"eventName": "INSERT", "#),
        (b"{} {}", 3, "{} {}"),
        (b"", 0, ""),
        (b"{\"a\":\"\xff\"}", 6, "{\"a\":\"\u{fffd}\"}"),
    ];
    for (text, expected, raw) in table {
        let error = StreamRecord::<Order>::from_slice(text).expect_err("not JSON");
        let RecordErrorKind::NotJson { offset, .. } = error.kind() else { panic!("{error}") };
        assert_eq!((*offset, error.raw_json()), (expected, raw));
        assert_eq!(error.kind().to_string(), format!("not JSON, from byte {expected} on"));
    }
}

/// An EventBridge bus delivers the record as its `detail`, and Step Functions as a part of a state.
#[test]
fn a_record_is_read_inside_another_type() {
    #[derive(Deserialize)]
    struct BusEvent {
        detail: StreamRecord<Order, Ignored>,
    }

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum State {
        Changed { order: Box<StreamRecord<Order, Ignored>> },
        Idle {},
    }

    let record = record("111", "MODIFY", 7);
    let expected = Change::Modify { old: Ignored, new: Order { id: 7 } };
    let event = json!({"detail-type": "Order", "source": "pipe", "detail": record});
    let event: BusEvent = serde_json::from_value(event).expect("an event");
    assert_eq!(event.detail.change, expected);
    let state = json!({"order": record}).to_string();
    let state: State = serde_json::from_str(&state).expect("a state");
    assert!(matches!(state, State::Changed { order } if order.change == expected));
    assert!(matches!(serde_json::from_str("{}"), Ok(State::Idle {})));

    let text = json!({"detail": {"eventName": "INSERT"}}).to_string();
    let error = serde_json::from_str::<BusEvent>(&text).err().expect("no record").to_string();
    assert_eq!(
        error.split(" at line").next(),
        Some(
            "event without an id, no sequence number, INSERT: not a DynamoDB record: expected a \
             `dynamodb` object in it"
        )
    );
}

/// A transformation of Kinesis Data Firehose gets what DynamoDB has written to Kinesis. The unit of
/// the time follows from the record.
#[test]
fn the_data_of_a_kinesis_record_is_a_record_alone() {
    let milliseconds = kinesis_data(1_700_000_000_250);
    let mut microseconds = kinesis_data(1_700_000_000_250_000);
    microseconds["dynamodb"]["ApproximateCreationDateTimePrecision"] = json!("MICROSECOND");
    let expected = SystemTime::UNIX_EPOCH + Duration::from_millis(1_700_000_000_250);
    for data in [milliseconds, microseconds] {
        let record = decode(&data);
        assert_eq!(record.change, Change::Insert { new: Order { id: 7 } });
        assert_eq!(record.meta.created_at, Some(expected));
        assert_eq!(record.meta.table_name.as_deref(), Some("Orders"));
        assert_eq!(record.meta.sequence_number, None);
    }
}

#[test]
fn the_arn_of_the_stream_names_the_table() {
    let table = [
        (
            "arn:aws:dynamodb:eu-central-1:123456789012:table/Orders/stream/2026-01-02T03:04:05.678",
            Some("Orders"),
        ),
        ("arn:aws-cn:dynamodb:cn-north-1:123456789012:table/a.b-c_d/stream/x", Some("a.b-c_d")),
        ("arn:aws:kinesis:eu-central-1:123456789012:stream/orders", None),
        ("arn:aws:dynamodb:eu-central-1:123456789012:table/Orders", None),
        ("Orders", None),
    ];
    for (arn, expected) in table {
        let mut record = record("111", "INSERT", 7);
        record["eventSourceARN"] = json!(arn);
        assert_eq!(decode(&record).meta.table_name.as_deref(), expected, "{arn}");
        let event = serde_json::from_value::<aws_lambda_events::dynamodb::Event>(
            json!({ "Records": [record] }),
        );
        let mut event = StreamEvent::<Order>::from(event.expect("an event"));
        let meta = event.records.remove(0).expect("fits").meta;
        assert_eq!(meta.table_name.as_deref(), expected, "{arn}");
    }
}

/// `aws dynamodbstreams get-records` writes times in RFC 3339, and the names of the identity in
/// upper camel case.
#[test]
fn the_output_of_the_command_line_is_an_event() {
    let output = json!({
        "Records": [{
            "eventID": "c81e728d9d4c2f636f067f89cc14862c",
            "eventName": "REMOVE",
            "eventVersion": "1.1",
            "eventSource": "aws:dynamodb",
            "awsRegion": "eu-central-1",
            "dynamodb": {
                "ApproximateCreationDateTime": "2023-11-14T23:13:20+01:00",
                "Keys": {"id": {"N": "7"}},
                "OldImage": {"id": {"N": "7"}},
                "SequenceNumber": "4421584500000000017450439091",
                "SizeBytes": 26,
                "StreamViewType": "NEW_AND_OLD_IMAGES",
            },
            "userIdentity": {"PrincipalId": "dynamodb.amazonaws.com", "Type": "Service"},
        }],
        "NextShardIterator": "arn:aws:dynamodb:…",
    });
    let mut event =
        StreamEvent::<Order>::from_slice(output.to_string().as_bytes()).expect("an event");
    let record = event.records.remove(0).expect("fits");
    assert_eq!(record.change, Change::Remove { old: Order { id: 7 }, expired: true });
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    assert_eq!(record.meta.created_at, Some(time));
    let number = record.meta.sequence_number.expect("a number");
    assert_eq!(number.as_str(), "4421584500000000017450439091");
}

#[test]
fn a_kinesis_event_of_aws_lambda_events_converts() {
    let mut poisoned = kinesis_data(1_700_000_000_250);
    poisoned["dynamodb"]["NewImage"]["id"] = json!({"S": "seven"});
    let mut records = vec![
        kinesis_record("111", &kinesis_data(1_700_000_000_250)),
        kinesis_record("112", &poisoned),
        kinesis_record("113", &json!("of another producer")),
    ];
    records[2]["kinesis"]["data"] = json!("AAEC/w==");
    let text = payload(&records);
    let event: KinesisEvent = serde_json::from_str(&text).expect("an event");
    let converted = KinesisStreamEvent::<Order>::from(event);
    let decoded = KinesisStreamEvent::<Order>::from_slice(text.as_bytes()).expect("an event");
    assert_eq!(converted.records.len(), 3);
    for (converted, decoded) in converted.records.into_iter().zip(decoded.records) {
        match (converted, decoded) {
            (Ok(converted), Ok(decoded)) => assert_eq!(converted, decoded),
            (Err(converted), Err(decoded)) => {
                assert_eq!(converted.to_string(), decoded.to_string());
                assert_eq!(converted.meta, decoded.meta);
                let again = format!("[{}]", converted.raw_json());
                let again = KinesisStreamEvent::<Order>::from_slice(again.as_bytes());
                let again = again.expect("an event").records.remove(0).expect_err("poisoned");
                assert_eq!(again.to_string(), decoded.to_string());
            }
            _ => panic!("one of them decoded the record, and the other did not"),
        }
    }
}

/// An SQS message, and a record of SNS, whose names are in upper camel case.
fn sqs() -> Value {
    json!({"messageId": "a", "body": "{}", "eventSource": "aws:sqs", "awsRegion": "eu-central-1"})
}

fn sns() -> Value {
    json!({"EventSource": "aws:sns", "EventVersion": "1.0", "Sns": {"Message": "{}"}})
}

#[test]
fn an_event_of_another_service_is_refused_as_a_whole() {
    let s3 = json!({"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "s3": {}});
    let long = json!({"eventSource": "é".repeat(60)});
    let table = [
        (vec![sqs()], "aws:sqs".to_owned()),
        (vec![sqs(), sqs()], "aws:sqs".to_owned()),
        (vec![sns()], "aws:sns".to_owned()),
        (vec![sqs(), s3], "aws:s3".to_owned()),
        (vec![long], "é".repeat(60)),
    ];
    for (records, expected) in table {
        let shown = &expected[..expected.floor_char_boundary(64)];
        for text in [payload(&records), json!(records).to_string()] {
            let of_stream = StreamEvent::<Order>::from_slice(text.as_bytes()).err();
            let of_kinesis = KinesisStreamEvent::<Order>::from_slice(text.as_bytes()).err();
            assert_eq!(of_stream, of_kinesis);
            let error = of_stream.expect("another event");
            let EventError::OtherSource { source, .. } = &error else { panic!("{error}") };
            assert_eq!(**source, *expected);
            assert_eq!(
                error.to_string(),
                format!(
                    "the payload is an event of {shown:?}, not of a stream: decode it as the event of \
                     that service"
                )
            );
        }
    }
}

/// An event that may be one of a table is decoded, and its records are the errors.
#[test]
fn a_record_of_another_service_among_others_is_one_error() {
    let own = record("111", "INSERT", 7);
    let nameless = json!({"eventID": "a"});
    let unlike = json!({"eventSource": "aws:dynamodb"});
    let mut renamed = record("112", "INSERT", 8);
    renamed["eventSource"] = json!("aws:another");
    let kinesis = kinesis_record("113", &own);
    let piped = json!({"eventSource": "aws:kinesis", "data": "e30="});
    let table = [
        vec![],
        vec![sqs(), own.clone()],
        vec![sqs(), nameless],
        vec![sqs(), unlike],
        vec![sqs(), renamed.clone()],
        vec![renamed],
        vec![json!(null), sqs()],
        vec![sqs(), kinesis],
        vec![json!({"eventSource": "aws:another", "kinesis": null})],
        vec![json!({"eventSource": "aws:another", "data": null})],
        vec![json!({"eventSource": "aws:another", "dynamodb": null})],
        vec![piped],
    ];
    for records in table {
        let text = payload(&records);
        let event = StreamEvent::<Order>::from_slice(text.as_bytes()).expect(&text);
        assert_eq!(event.records.len(), records.len());
        let event = KinesisStreamEvent::<Order>::from_slice(text.as_bytes()).expect(&text);
        assert_eq!(event.records.len(), records.len());
    }
}

/// A pipe puts the members of `kinesis` into the record itself.
#[test]
fn a_kinesis_record_says_which_event_reads_it() {
    let of_mapping = kinesis_record("111", &record("1", "INSERT", 7));
    let of_pipe = json!({"eventSource": "aws:kinesis", "data": "e30=", "sequenceNumber": "111"});
    for record in [of_mapping, of_pipe] {
        let error = StreamRecord::<Order>::from_slice(record.to_string().as_bytes());
        let error = error.expect_err("of Kinesis");
        assert!(matches!(error.kind(), RecordErrorKind::KinesisRecord), "{error}");
    }
}
