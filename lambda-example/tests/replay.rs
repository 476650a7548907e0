//! Runs the tool `replay` on messages without a payload, whose records it reads from the stream of
//! an embedded DynamoDB.

use std::path::PathBuf;
use std::process::Output;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::routing::{get, post};
use ddb_core::{IntoItem as _, StreamEvent};
use dynoxide::Database;
use lambda_example::model::SampleModel;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::process::Command;

const MAPPING: &str = "d6a4e8a0-6a4c-4a71-9d4f-6a2b1c3d4e5f";

/// A table with a stream, and a function that keeps the payloads.
struct Setting {
    database: Database,
    stream_arn: String,
    shard_id: String,
    payloads: Arc<Mutex<Vec<Bytes>>>,
    streams: String,
    lambda: String,
    folder: TempDir,
}

fn request<T: DeserializeOwned>(request: Value) -> T {
    serde_json::from_value(request).expect("a request")
}

impl Setting {
    async fn new() -> Self {
        let database = Database::memory().expect("a database");
        let created = database.create_table(request(json!({
            "TableName": "Samples",
            "KeySchema": [{"AttributeName": "Id", "KeyType": "HASH"}],
            "AttributeDefinitions": [{"AttributeName": "Id", "AttributeType": "N"}],
            "BillingMode": "PAY_PER_REQUEST",
            "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        })));
        let created = serde_json::to_value(created.expect("a table")).expect("JSON");
        let stream_arn = created["TableDescription"]["LatestStreamArn"].as_str().expect("an ARN");
        let described = database.describe_stream(request(json!({"StreamArn": stream_arn})));
        let described = serde_json::to_value(described.expect("a stream")).expect("JSON");
        let shard = &described["StreamDescription"]["Shards"][0]["ShardId"];
        let payloads = Arc::new(Mutex::new(Vec::new()));
        Self {
            stream_arn: stream_arn.to_owned(),
            shard_id: shard.as_str().expect("a shard").to_owned(),
            streams: serve_database(database.clone()).await,
            lambda: serve_lambda(Arc::clone(&payloads)).await,
            database,
            payloads,
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    fn put(&self, id: i32, entity_type: &str) {
        let sample =
            SampleModel { id, message: "hello".to_owned(), entity_type: entity_type.to_owned() };
        let item = sample.into_item().expect("an item");
        let put = self.database.put_item(request(json!({"TableName": "Samples", "Item": item})));
        put.expect("written");
    }

    /// The sequence numbers of the stream.
    fn numbers(&self) -> Vec<String> {
        let iterator = self.database.get_shard_iterator(request(json!({
            "StreamArn": self.stream_arn, "ShardId": self.shard_id, "ShardIteratorType": "TRIM_HORIZON",
        })));
        let iterator = iterator.expect("an iterator").shard_iterator;
        let records = self.database.get_records(request(json!({"ShardIterator": iterator})));
        let records = serde_json::to_value(records.expect("records").records).expect("JSON");
        let records = records.as_array().expect("records").iter();
        records
            .map(|record| {
                record["dynamodb"]["SequenceNumber"].as_str().expect("a number").to_owned()
            })
            .collect()
    }

    /// Writes the body of a message about the records from one to the other.
    fn write_message(&self, start: &str, end: &str) {
        let message = json!({
            "requestContext": {"condition": "RetryAttemptsExhausted"},
            "timestamp": "2026-01-02T03:04:05.678Z",
            "DDBStreamBatchInfo": {
                "shardId": self.shard_id,
                "startSequenceNumber": start,
                "endSequenceNumber": end,
                "streamArn": self.stream_arn,
            },
        });
        let file = self.messages().join("message.json");
        std::fs::create_dir_all(self.messages()).expect("a folder");
        std::fs::write(file, message.to_string()).expect("written");
    }

    fn messages(&self) -> PathBuf {
        self.folder.path().join("messages")
    }

    async fn replay(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_replay"));
        command.arg(self.messages()).args(["--function", "samples"]).args(arguments);
        command.arg("--journal").arg(self.folder.path().join("journal"));
        let output = command
            .env("AWS_ACCESS_KEY_ID", "key")
            .env("AWS_SECRET_ACCESS_KEY", "secret")
            .env("AWS_REGION", "eu-central-1")
            .env("AWS_ENDPOINT_URL_DYNAMODB_STREAMS", &self.streams)
            .env("AWS_ENDPOINT_URL_LAMBDA", &self.lambda)
            .kill_on_drop(true)
            .output();
        output.await.expect("the tool runs")
    }

    /// The ids of the items in each payload that the function got.
    fn ids(&self) -> Vec<Vec<i32>> {
        let payloads = self.payloads.lock().expect("no panic");
        let ids = payloads.iter().map(|payload| {
            let event = StreamEvent::<SampleModel>::from_slice(payload).expect("an event");
            let records = event.records.into_iter().map(|record| record.expect("fits"));
            records.map(|record| record.change.new().expect("an image").id).collect()
        });
        ids.collect()
    }
}

async fn serve_database(database: Database) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(dynoxide::server::serve_on(listener, database));
    format!("http://{address}")
}

/// A stream whose records are older than 24 hours.
async fn serve_trimmed() -> String {
    let error = json!({"__type": "com.amazonaws.dynamodb.v20120810#TrimmedDataAccessException"});
    serve(
        Router::new().route("/", post(async move || (StatusCode::BAD_REQUEST, error.to_string()))),
    )
    .await
}

async fn serve(app: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}")
}

/// A Lambda whose function is successful, and whose mapping passes greetings alone.
async fn serve_lambda(payloads: Arc<Mutex<Vec<Bytes>>>) -> String {
    let invoke = async move |payload: Bytes| {
        payloads.lock().expect("no panic").push(payload);
        r#"{"batchItemFailures":[]}"#
    };
    let pattern = r#"{"dynamodb": {"NewImage": {"EntityType": {"S": ["Greeting"]}}}}"#;
    let mapping = json!({"UUID": MAPPING, "FilterCriteria": {"Filters": [{"Pattern": pattern}]}});
    let app = Router::new().route("/2015-03-31/functions/samples/invocations", post(invoke)).route(
        &format!("/2015-03-31/event-source-mappings/{MAPPING}"),
        get(async move || mapping.to_string()),
    );
    serve(app).await
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_records_of_a_message_are_read_from_the_stream() {
    let setting = Setting::new().await;
    for id in 1..=5 {
        setting.put(id, "Greeting");
    }
    let numbers = setting.numbers();
    setting.write_message(&numbers[1], &numbers[3]);
    let output = setting.replay(&[]).await;
    assert_eq!(stderr(&output), "");
    assert!(output.status.success());
    assert_eq!(setting.ids(), [[2, 3, 4]]);
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(printed.starts_with("1 batch and 3 records\n"), "{printed}");
    assert!(setting.messages().join("message.json").exists());
}

/// The range has records that the mapping has dropped.
#[tokio::test(flavor = "multi_thread")]
async fn the_filters_of_the_mapping_apply_to_the_records_of_the_stream() {
    let setting = Setting::new().await;
    for (id, entity_type) in [(1, "Greeting"), (2, "Session"), (3, "Greeting")] {
        setting.put(id, entity_type);
    }
    let numbers = setting.numbers();
    setting.write_message(&numbers[0], &numbers[2]);
    let output = setting.replay(&["--mapping", MAPPING]).await;
    assert_eq!(stderr(&output), "");
    assert_eq!(setting.ids(), [[1, 3]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_is_gone_is_an_error() {
    let mut setting = Setting::new().await;
    setting.streams = serve_trimmed().await;
    setting.write_message("111", "112");
    let output = setting.replay(&[]).await;
    assert!(!output.status.success());
    assert_eq!(
        stderr(&output),
        "replay: message.json: it has no payload, and the stream, which keeps records for 24 hours, no \
         longer has them: write the items again to have their current state handled\n"
    );
    assert!(setting.ids().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_without_a_range_is_an_error() {
    let setting = Setting::new().await;
    std::fs::create_dir_all(setting.messages()).expect("a folder");
    let file = setting.messages().join("message.json");
    std::fs::write(file, r#"{"DDBStreamBatchInfo": {}}"#).expect("written");
    let output = setting.replay(&[]).await;
    assert_eq!(
        stderr(&output),
        "replay: message.json: it has neither a payload nor a range of the stream\n"
    );
}
