//! A function that gets the events of several services.

use aws_lambda_events::sns::SnsEvent;
use aws_lambda_events::sqs::SqsEvent;
use ddb_core::{Ignored, KinesisStreamEvent, StreamEvent};
use ddb_tests::{kinesis_record, payload, record};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(untagged)]
enum AnyEvent {
    Stream(StreamEvent<Ignored>),
    Sns(SnsEvent),
    // Accepts any records, and so has to be the last one.
    Sqs(SqsEvent),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum AnyKinesisEvent {
    Kinesis(KinesisStreamEvent<Ignored>),
    Sns(SnsEvent),
    Other(Value),
}

fn sqs() -> Value {
    json!({
        "messageId": "059f36b4-87a3-44ab-83d2-661975830a7d",
        "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a",
        "body": "{}",
        "attributes": {"ApproximateReceiveCount": "1"},
        "messageAttributes": {},
        "md5OfBody": "99914b932bd37a50b983c5e7c90ae93b",
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:eu-central-1:123456789012:orders",
        "awsRegion": "eu-central-1",
    })
}

fn sns() -> Value {
    json!({
        "EventSource": "aws:sns",
        "EventVersion": "1.0",
        "EventSubscriptionArn": "arn:aws:sns:eu-central-1:123456789012:orders:1",
        "Sns": {
            "Type": "Notification",
            "MessageId": "95df01b4-ee98-5cb9-9903-4c221d41eb5e",
            "TopicArn": "arn:aws:sns:eu-central-1:123456789012:orders",
            "Message": "{}",
            "Timestamp": "2026-01-02T03:04:05.678Z",
            "SignatureVersion": "1",
            "Signature": "",
            "SigningCertURL": "",
            "UnsubscribeURL": "",
            "MessageAttributes": {},
        },
    })
}

fn s3() -> Value {
    json!({"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "s3": {}})
}

#[test]
fn each_event_is_decoded_as_its_own() {
    let misfit = json!({"eventSource": "aws:dynamodb"});
    let table = [
        (vec![record("111", "INSERT", 7)], "stream, 1"),
        (vec![misfit], "stream, 1"),
        (vec![], "stream, 0"),
        (vec![sns()], "SNS, 1"),
        (vec![sqs()], "SQS, 1"),
        (vec![sqs(), sqs()], "SQS, 2"),
    ];
    for (records, expected) in table {
        let text = payload(&records);
        let event = match serde_json::from_str(&text).expect("an event") {
            AnyEvent::Stream(event) => format!("stream, {}", event.records.len()),
            AnyEvent::Sns(event) => format!("SNS, {}", event.records.len()),
            AnyEvent::Sqs(event) => format!("SQS, {}", event.records.len()),
        };
        assert_eq!(event, expected, "{text}");
    }
}

#[test]
fn each_event_beside_one_of_kinesis_is_decoded_as_its_own() {
    let table = [
        (vec![kinesis_record("111", &record("1", "INSERT", 7))], "Kinesis, 1"),
        (vec![sns()], "SNS, 1"),
        (vec![s3()], "other, 1"),
    ];
    for (records, expected) in table {
        let text = payload(&records);
        let event = match serde_json::from_str(&text).expect("an event") {
            AnyKinesisEvent::Kinesis(event) => format!("Kinesis, {}", event.records.len()),
            AnyKinesisEvent::Sns(event) => format!("SNS, {}", event.records.len()),
            AnyKinesisEvent::Other(event) => {
                format!("other, {}", event["Records"].as_array().map_or(0, Vec::len))
            }
        };
        assert_eq!(event, expected, "{text}");
    }
}
