//! Runs the deployed binary under a Runtime API that passes payloads on byte for byte, so that
//! their size and syntax are arbitrary.

#[path = "../examples/soak/runtime_api.rs"]
mod runtime_api;

use std::process::Stdio;
use std::time::Duration;

use axum::body::Bytes;
use ddb_core::testing::{EventBuilder, modify};
use lambda_example::model::SampleModel;
use serde_json::{Value, json};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::runtime_api::{Fault, RuntimeApi};

struct Lambda {
    api: RuntimeApi,
    _process: Child,
}

impl Lambda {
    async fn start() -> Self {
        let api = RuntimeApi::serve().await;
        let mut command = Command::new(env!("CARGO_BIN_EXE_lambda-example"));
        api.configure(&mut command);
        let process = command
            .env("RUST_LOG", "error")
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("the function starts");
        Self { api, _process: process }
    }

    /// Delivers a payload and waits for the outcome. Returns its kind and its text.
    async fn invoke(&mut self, payload: impl Into<Bytes>) -> (String, String) {
        let outcome = self.api.invoke(payload, Fault::Nothing);
        let outcome = timeout(Duration::from_mins(1), outcome).await.expect("in time");
        let (kind, body) = outcome.expect("an outcome");
        (kind, String::from_utf8(body.to_vec()).expect("text"))
    }
}

/// A record of the item `id`, with a message of `message` bytes.
fn record(id: i32, message: usize) -> Value {
    let entity_type = "Greeting".to_owned();
    let sample = SampleModel { id, message: "x".repeat(message), entity_type };
    let record = modify(&sample, &sample)
        .key(&["Id"])
        .event_id(format!("event-{id}"))
        .sequence_number(format!("1000000000000000000{id:06}"));
    EventBuilder::from(record).deserialize::<Value>()["Records"][0].take()
}

fn poison(mut record: Value) -> Value {
    record["dynamodb"]["NewImage"]["Id"] = json!({"N": "1.5"});
    record
}

fn payload(records: &[Value]) -> String {
    json!({ "Records": records }).to_string()
}

const DONE: &str = r#"{"batchItemFailures":[]}"#;

fn failed_at(id: i32) -> String {
    format!(r#"{{"batchItemFailures":[{{"itemIdentifier":"1000000000000000000{id:06}"}}]}}"#)
}

#[tokio::test]
async fn the_response_is_what_lambda_expects_byte_for_byte() {
    let mut lambda = Lambda::start().await;
    let response = |text: &str| ("response".to_owned(), text.to_owned());
    assert_eq!(lambda.invoke(payload(&[])).await, response(DONE));
    assert_eq!(lambda.invoke(payload(&[record(1, 5), record(2, 5)])).await, response(DONE));
    assert_eq!(lambda.invoke(Value::from(vec![record(1, 5)]).to_string()).await, response(DONE));
    for position in 0..3_usize {
        let mut records = [record(0, 5), record(1, 5), record(2, 5)];
        records[position] = poison(records[position].take());
        let failed = failed_at(position.try_into().expect("three"));
        assert_eq!(lambda.invoke(payload(&records)).await, response(&failed), "{position}");
    }
    let two = [record(0, 5), poison(record(1, 5)), poison(record(2, 5))];
    assert_eq!(lambda.invoke(payload(&two)).await, response(&failed_at(1)), "the first of two");
}

#[tokio::test]
async fn what_cannot_be_reported_fails_the_invocation() {
    let mut lambda = Lambda::start().await;
    let mut unnumbered = poison(record(1, 5));
    unnumbered["dynamodb"]["SequenceNumber"].take();
    let (kind, error) = lambda.invoke(payload(&[record(0, 5), unnumbered])).await;
    assert_eq!(kind, "error");
    assert!(
        error.contains(
            "the record of event event-1 is not done and has no sequence number to report"
        ),
        "{error}"
    );
    for (broken, expected) in [
        ("{}", "the payload has no array of records"),
        (r#"{"Records":{}}"#, "the payload has no array of records"),
        (r#"{"Records":["#, "EOF"),
        ("hello", "expected value"),
    ] {
        let (kind, error) = lambda.invoke(broken).await;
        assert!(kind == "error" && error.contains(expected), "{broken}: {error}");
    }
    assert_eq!(lambda.invoke(payload(&[record(1, 5)])).await.1, DONE, "the function keeps running");
}

#[tokio::test]
async fn the_largest_payload_and_the_largest_batch_arrive() {
    let mut lambda = Lambda::start().await;
    // Close to both limits: 6 MB for a payload and 400 KB for an item.
    let mut large: Vec<Value> = (0..8).map(|id| record(id, 390_000)).collect();
    let text = payload(&large);
    assert!((5_900_000..6_291_456).contains(&text.len()), "{}", text.len());
    assert_eq!(lambda.invoke(text).await.1, DONE);
    large[7] = poison(large[7].take());
    assert_eq!(lambda.invoke(payload(&large)).await.1, failed_at(7));

    // The limit of a batch is 10,000 records.
    let mut many: Vec<Value> = (0..10_000).map(|id| record(id, 5)).collect();
    assert_eq!(lambda.invoke(payload(&many)).await.1, DONE);
    many[9_999] = poison(many[9_999].take());
    assert_eq!(lambda.invoke(payload(&many)).await.1, failed_at(9_999));
}
