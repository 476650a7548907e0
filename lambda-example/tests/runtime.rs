//! Runs the deployed binary under a Runtime API that passes payloads on byte for byte, so that
//! their size and syntax are arbitrary.

use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::routing::{get, post};
use ddb_core::testing::{EventBuilder, modify};
use lambda_example::model::SampleModel;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;

/// The kind of outcome that the function posts, `response` or `error`, and the body.
type Outcome = (String, Bytes);

struct Queue {
    payloads: Mutex<UnboundedReceiver<Vec<u8>>>,
    outcomes: UnboundedSender<Outcome>,
}

struct Lambda {
    payloads: UnboundedSender<Vec<u8>>,
    outcomes: UnboundedReceiver<Outcome>,
    _process: Child,
}

impl Lambda {
    async fn start() -> Self {
        let (payloads, received) = unbounded_channel();
        let (posted, outcomes) = unbounded_channel();
        let queue = Arc::new(Queue { payloads: Mutex::new(received), outcomes: posted });
        let api = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/{outcome}", post(accept))
            .layer(DefaultBodyLimit::disable())
            .with_state(queue);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        tokio::spawn(async move { axum::serve(listener, api).await });
        let process = Command::new(env!("CARGO_BIN_EXE_lambda-example"))
            .env("AWS_LAMBDA_RUNTIME_API", address)
            .envs([("AWS_LAMBDA_FUNCTION_NAME", "samples"), ("AWS_LAMBDA_FUNCTION_VERSION", "1")])
            .envs([
                ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128"),
                ("AWS_LAMBDA_LOG_GROUP_NAME", "samples"),
            ])
            .envs([("AWS_LAMBDA_LOG_STREAM_NAME", "1"), ("RUST_LOG", "error")])
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("the function starts");
        Self { payloads, outcomes, _process: process }
    }

    /// Delivers a payload and waits for the outcome. Returns its kind and its text.
    async fn invoke(&mut self, payload: impl Into<Vec<u8>>) -> (String, String) {
        self.payloads.send(payload.into()).expect("a function that asks");
        let outcome = timeout(Duration::from_mins(1), self.outcomes.recv()).await.expect("in time");
        let (kind, body) = outcome.expect("an outcome");
        (kind, String::from_utf8(body.to_vec()).expect("text"))
    }
}

async fn next(State(queue): State<Arc<Queue>>) -> (HeaderMap, Vec<u8>) {
    let payload = queue.payloads.lock().await.recv().await.unwrap_or_default();
    let headers = [
        ("lambda-runtime-aws-request-id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd"),
        ("lambda-runtime-deadline-ms", "4102444800000"),
        (
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:eu-central-1:123456789012:function:samples",
        ),
    ];
    let headers = headers
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
    (headers.into_iter().collect(), payload)
}

async fn accept(
    State(queue): State<Arc<Queue>>,
    Path((_, outcome)): Path<(String, String)>,
    body: Bytes,
) -> StatusCode {
    queue.outcomes.send((outcome, body)).map_or(StatusCode::GONE, |()| StatusCode::ACCEPTED)
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
