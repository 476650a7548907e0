//! Runs the scenario of the local run with the deployed binary, and the example program itself.

mod examples;
#[path = "../examples/local/function.rs"]
mod function;
#[allow(dead_code, reason = "another test uses the rest")]
#[path = "../examples/local/scenario/mod.rs"]
mod scenario;
#[path = "../examples/local/table.rs"]
mod table;

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use lambda_example::model::SampleModel;
use serde_json::{Value, json};

use crate::function::{Function, Invocation};
use crate::scenario::samples::SAMPLES;
use crate::table::Table;

async fn start() -> Function {
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_lambda-example"));
    command.env("RUST_LOG", "info,lambda_example=debug");
    Function::start(command).await.expect("the function starts")
}

/// Starts the example program with the handler for the event types of `aws_lambda_events`.
async fn start_drop_in() -> Function {
    let mut command = tokio::process::Command::new(examples::path("local"));
    command.arg("--drop-in").env("RUST_LOG", "info,lambda_example=debug");
    Function::start(command).await.expect("the function starts")
}

/// Returns the fields of all log lines with this message.
fn logged<'a>(invocation: &'a Invocation, message: &str) -> Vec<&'a Value> {
    let fields = invocation.log.iter().map(|line| &line["fields"]);
    fields.filter(|fields| fields["message"] == message).collect()
}

fn sample(id: i32, message: &str, entity_type: &str) -> Value {
    let sample =
        SampleModel { id, message: message.to_owned(), entity_type: entity_type.to_owned() };
    Value::String(format!("{sample:?}"))
}

fn take_payload(table: &mut Table) -> Value {
    json!({"Records": table.take_records().expect("records")})
}

/// Runs every step of the scenario. Returns the invocations and their responses.
async fn run_scenario(mut function: Function) -> (Vec<Invocation>, Vec<Value>) {
    let mut table = SAMPLES.create_table().expect("a table");
    let mut invocations = Vec::new();
    for (name, step) in SAMPLES.steps {
        step(&table).expect(name);
        invocations.push(function.invoke(take_payload(&mut table)).await.expect(name));
    }
    let responses = invocations
        .iter()
        .map(|invocation| invocation.response.clone().expect("a response"))
        .collect();
    (invocations, responses)
}

fn samples(invocations: &[Invocation]) -> Vec<[&Value; 2]> {
    let samples = invocations.iter().flat_map(|invocation| logged(invocation, "sample"));
    samples.map(|fields| [&fields["old"], &fields["new"]]).collect()
}

#[tokio::test]
async fn each_change_of_the_table_reaches_the_function_as_a_struct() {
    let (invocations, responses) = run_scenario(start().await).await;
    let none = Value::Null;
    let hello = sample(1, "hello", "Greeting");
    let again = sample(1, "hello again", "Greeting");
    let gone = sample(2, "gone soon", "Reminder");
    assert_eq!(
        samples(&invocations),
        [
            [&none, &hello],
            [&hello, &again],
            [&none, &gone],
            [&none, &sample(3, "before", "Greeting")],
            [&again, &none],
            [&gone, &none],
        ]
    );
    let expired = invocations.iter().flat_map(|invocation| logged(invocation, "removed"));
    assert_eq!(expired.map(|fields| &fields["expired"]).collect::<Vec<_>>(), [false, true]);

    // The second of three records does not fit. It is reported, and the record behind it waits for
    // the next delivery.
    let poisoned = &invocations[3];
    assert_eq!(logged(poisoned, "batch")[0]["records"], 3);
    let [failed] = logged(poisoned, "record failed")[..] else { panic!("{:?}", poisoned.log) };
    assert_eq!(
        failed["error"],
        "new image: 3 problems: EntityType: missing, expected S (String); Id: expected N (i32), found N out of range; \
         Message: expected S (String), found L"
    );
    assert!(failed["event_id"].as_str().is_some_and(|id| !id.is_empty()));
    assert_eq!(failed["event_name"], "INSERT");
    assert!(
        failed["event_source_arn"]
            .as_str()
            .is_some_and(|arn| arn.contains(":table/Samples/stream/"))
    );
    let line = poisoned
        .log
        .iter()
        .find(|line| line["fields"]["message"] == "record failed")
        .expect("the line");
    assert_eq!((&line["level"], &line["target"]), (&json!("ERROR"), &json!("ddb_core")));
    assert_eq!(
        responses[3],
        json!({"batchItemFailures": [{"itemIdentifier": failed["sequence_number"]}]})
    );
    for (position, response) in responses.iter().enumerate().filter(|(position, _)| *position != 3)
    {
        assert_eq!(*response, json!({"batchItemFailures": []}), "{position}");
    }
}

#[tokio::test]
async fn the_drop_in_puts_defaults_where_something_does_not_fit() {
    let (invocations, responses) = run_scenario(start_drop_in().await).await;
    assert!(responses.iter().all(Value::is_null));
    let new: Vec<&Value> = samples(&invocations[3..4]).into_iter().map(|[_, new]| new).collect();
    assert_eq!(
        new,
        [&sample(3, "before", "Greeting"), &sample(0, "", ""), &sample(4, "behind", "Greeting")]
    );
    let warnings = logged(&invocations[3], "attribute does not fit").into_iter();
    let mut replaced: Vec<_> =
        warnings.map(|fields| format!("{}: {}", fields["path"], fields["reason"])).collect();
    replaced.sort();
    assert_eq!(
        replaced,
        [
            r#""EntityType": "missing, expected S (String)""#,
            r#""Id": "expected N (i32), found N out of range""#,
            r#""Message": "expected S (String), found L""#,
        ]
    );
}

#[tokio::test]
async fn without_debug_no_value_is_logged() {
    let mut table = SAMPLES.create_table().expect("a table");
    for (name, step) in SAMPLES.steps {
        step(&table).expect(name);
    }
    let command = tokio::process::Command::new(env!("CARGO_BIN_EXE_lambda-example"));
    let mut function = Function::start(command).await.expect("the function starts");
    let invocation = function.invoke(take_payload(&mut table)).await.expect("a response");
    let log = format!("{:?}", invocation.log);
    assert!(log.contains("record failed") && log.contains("inserted"), "{log}");
    assert!(log.contains("PoisonedRecords"), "{log}");
    for value in ["hello", "Greeting", "gone", "3000000000"] {
        assert!(!log.contains(value), "{log}");
    }
    let line = &invocation.log[0];
    assert_eq!(line["level"], "INFO");
    assert!(line.get("timestamp").is_none(), "{line}");
}

/// The line with the metrics of a batch.
fn metrics(invocation: &Invocation) -> &Value {
    let mut lines = invocation.log.iter().filter(|line| line.get("_aws").is_some());
    let line = lines.next().expect("a line with metrics");
    assert!(lines.next().is_none(), "one line a batch");
    line
}

/// Asserts that the template has an alarm on this metric of the line.
fn assert_alarm(template: &str, line: &Value, metric: &str) {
    let (_, rest) = template.split_once(&format!("  {metric}Alarm:\n")).expect("an alarm");
    let alarm: Vec<&str> =
        rest.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
    let directive = &line["_aws"]["CloudWatchMetrics"][0];
    let [dimension] = &directive["Dimensions"][0].as_array().expect("dimensions")[..] else {
        panic!("{line}")
    };
    for expected in [
        format!("Namespace: {}", directive["Namespace"].as_str().expect("text")),
        format!("MetricName: {metric}"),
        format!("- Name: {}", dimension.as_str().expect("text")),
        // The line has the name of the function.
        "Value: !Ref Function".to_owned(),
    ] {
        assert!(alarm.contains(&expected.as_str()), "{expected} in {alarm:?}");
    }
    assert!(line[metric].is_u64(), "{line}");
}

#[tokio::test]
async fn the_counts_of_a_batch_are_one_line_of_metrics() {
    let [kinesis, modify, poisoned] = ["kinesis.json", "modify.json", "poisoned.json"]
        .map(|name| std::fs::read(event_file(name)).expect("a file"))
        .map(|text| serde_json::from_slice::<Value>(&text).expect("JSON"));
    let single: Value =
        serde_json::from_slice(&std::fs::read(event_file("single-table.json")).expect("a file"))
            .expect("JSON");
    for (binary, template, payload, expected) in [
        (env!("CARGO_BIN_EXE_lambda-example"), STREAM, modify, [1, 0, 0, 0]),
        (env!("CARGO_BIN_EXE_lambda-example"), STREAM, poisoned, [1, 1, 1, 0]),
        (env!("CARGO_BIN_EXE_kinesis"), KINESIS, kinesis, [2, 1, 1, 0]),
        (env!("CARGO_BIN_EXE_single_table"), SINGLE_TABLE, single, [1, 1, 1, 0]),
    ] {
        let command = tokio::process::Command::new(binary);
        let mut function = Function::start(command).await.expect("it starts");
        let before = since_epoch();
        let invocation = function.invoke(payload).await.expect("a response");
        let line = metrics(&invocation);

        let counts = ["HandledRecords", "FailedRecords", "PoisonedRecords", "QuarantinedRecords"];
        assert_eq!(counts.map(|name| line[name].clone()), expected.map(Value::from), "{binary}");
        let age = line["OldestRecordAge"].as_u64().expect("an age");
        assert!(u128::from(age) < before.as_millis(), "{line}");
        let directive = json!([{
            "Namespace": "StreamRecords",
            "Dimensions": [["FunctionName"]],
            "Metrics": [
                {"Name": "HandledRecords", "Unit": "Count"},
                {"Name": "FailedRecords", "Unit": "Count"},
                {"Name": "PoisonedRecords", "Unit": "Count"},
                {"Name": "QuarantinedRecords", "Unit": "Count"},
                {"Name": "OldestRecordAge", "Unit": "Milliseconds"},
            ],
        }]);
        assert_eq!(line["_aws"]["CloudWatchMetrics"], directive);
        let time = line["_aws"]["Timestamp"].as_u64().expect("milliseconds");
        assert!((before.as_millis()..=since_epoch().as_millis()).contains(&time.into()), "{line}");
        assert_eq!(line["FunctionName"], "samples");
        assert_eq!(&line["requestId"], request_id(&invocation.log[0]));
        // Nothing else is in it, and so no attribute value.
        assert_eq!(line.as_object().expect("an object").len(), 8, "{line}");
        assert_alarm(template, line, "PoisonedRecords");
    }
}

const STREAM: &str = include_str!("../template.yaml");
const KINESIS: &str = include_str!("../template-kinesis.yaml");
const SINGLE_TABLE: &str = include_str!("../template-single-table.yaml");

fn since_epoch() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("a clock")
}

/// The id of the invocation in a line of the log, whose first span is that of the invocation.
fn request_id(line: &Value) -> &Value {
    &line["spans"][0]["requestId"]
}

/// Also those of `ddb-core` and of the handler, and whatever `RUST_LOG` is.
#[tokio::test]
async fn each_line_has_the_request_id_and_those_of_a_record_its_ids() {
    let text = std::fs::read(event_file("poisoned.json")).expect("a file");
    let payload: Value = serde_json::from_slice(&text).expect("JSON");
    for (level, messages) in [
        ("info", &["batch", "inserted", "record failed"][..]),
        ("info,lambda_example=debug", &["batch", "inserted", "sample", "record failed"]),
        ("error", &["record failed"]),
    ] {
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_lambda-example"));
        command.env("RUST_LOG", level);
        let mut function = Function::start(command).await.expect("it starts");
        let mut ids = Vec::new();
        for _ in 0..2 {
            let invocation = function.invoke(payload.clone()).await.expect("a response");
            let id = metrics(&invocation)["requestId"].clone();
            let lines = invocation.log.iter().filter(|line| line.get("_aws").is_none());
            let lines: Vec<&Value> = lines.collect();
            let found: Vec<_> = lines.iter().map(|line| &line["fields"]["message"]).collect();
            assert_eq!(found, messages, "{level}");
            for line in lines {
                assert_eq!(*request_id(line), id, "{line}");
                if line["fields"]["message"] == "batch" {
                    continue;
                }
                let [_, batch, record] = &line["spans"].as_array().expect("spans")[..] else {
                    panic!("{line}")
                };
                assert_eq!((&batch["name"], &batch["records"]), (&json!("batch"), &json!(3)));
                assert_eq!(
                    (&record["name"], &record["event_name"]),
                    (&json!("record"), &json!("INSERT"))
                );
                let known = &line["fields"]["event_id"];
                assert!(known.is_null() || record["event_id"] == *known, "{line}");
                assert!(record["sequence_number"].is_string(), "{line}");
                assert_eq!(record.as_object().expect("fields").len(), 4, "{line}");
            }
            ids.push(id);
        }
        assert!(ids[0].is_string() && ids[0] != ids[1], "{ids:?}");
    }
}

#[tokio::test]
async fn a_payload_that_cannot_be_decoded_is_logged_with_the_request_id() {
    let command = tokio::process::Command::new(env!("CARGO_BIN_EXE_lambda-example"));
    let mut function = Function::start(command).await.expect("it starts");
    let invocation = function.invoke(json!({"detail": {}})).await.expect("an answer");
    assert!(invocation.response.is_err());
    assert!(!invocation.log.is_empty());
    assert!(invocation.log.iter().all(|line| request_id(line).is_string()), "{:?}", invocation.log);
}

#[tokio::test]
async fn behind_kinesis_what_comes_twice_is_dropped_and_what_does_not_fit_is_reported() {
    let text = std::fs::read(event_file("kinesis.json")).expect("a file");
    let mut payload: Value = serde_json::from_slice(&text).expect("JSON");
    let records = payload["Records"].as_array_mut().expect("records");
    let mut again = records[0].clone();
    again["kinesis"]["sequenceNumber"] =
        json!("49645115243490985018280067714973144582180062593244200002");
    records.insert(2, again);
    let mut function = Function::start(tokio::process::Command::new(env!("CARGO_BIN_EXE_kinesis")))
        .await
        .expect("it starts");
    let invocation = function.invoke(payload).await.expect("a response");

    let count = |message| logged(&invocation, message).len();
    assert_eq!(
        (count("inserted"), count("modified"), count("record failed")),
        (1, 1, 1),
        "{:?}",
        invocation.log
    );
    let [disorder] = logged(&invocation, "disorder")[..] else { panic!("{:?}", invocation.log) };
    assert_eq!((&disorder["duplicates"], &disorder["late"]), (&json!(1), &json!(0)));
    let failed = "49645115243490985018280067714973144582180062593244200003";
    assert_eq!(
        logged(&invocation, "record failed")[0]["error"],
        "not a DynamoDB record: expected JSON in its `data`; keep other producers out of the stream, or quarantine it"
    );
    assert_eq!(
        invocation.response.expect("one"),
        json!({"batchItemFailures": [{"itemIdentifier": failed}]})
    );
}

#[test]
fn the_local_run_retries_and_gives_up_as_lambda_does() {
    let output = examples::run("local", &[]);
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{printed}");
    let [before, retried @ .., after] = &printed.split("  batch of 2\n").collect::<Vec<_>>()[..]
    else {
        panic!("{printed}")
    };
    assert!(before.contains("  batch of 3\n  inserted\n"), "{printed}");
    assert_eq!(retried.len(), 1, "{printed}");
    assert!(after.contains("  given up, and sent to the on-failure destination: 2 records from "));
    assert!(after.contains("removed, expired"), "{printed}");
}

/// The path of the example program. `cargo test` builds it; `cargo test --test local` does not.
fn event_file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("events").join(name)
}

#[test]
fn an_event_file_is_delivered() {
    for (name, mode, expected) in [
        (
            "modify.json",
            None,
            r#"new SampleModel { id: 7, message: "sent", entity_type: "Letter" }"#,
        ),
        (
            "expired.json",
            None,
            r#"old SampleModel { id: 8, message: "gone soon", entity_type: "Reminder" }"#,
        ),
        ("expired.json", Some("--drop-in"), "removed, expired"),
        (
            "poisoned.json",
            None,
            "Lambda would deliver the batch again from 100000000000000000000000000000000004 on",
        ),
        (
            "poisoned.json",
            Some("--drop-in"),
            "replaced Id by its default: Id: expected N (i32), found N with a fraction",
        ),
    ] {
        let file = event_file(name);
        let arguments = ["--event", file.to_str().expect("a path")].into_iter().chain(mode);
        let output = examples::run("local", &arguments.collect::<Vec<_>>());
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && printed.contains(expected), "{name}: {printed}");
    }
}

#[test]
fn a_bad_event_file_is_one_line_and_a_failure() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text, expected) in [
        ("text.json", "hello", "not JSON: expected value at line 1 column 1"),
        ("half.json", r#"{"Records": ["#, "not JSON: EOF while parsing a list at line 1 column 13"),
        ("other.json", r#"{"detail": {}}"#, "the payload has no array of records"),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, text).expect("a file");
        let output = examples::run("local", &["--event", file.to_str().expect("a path")]);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(error.contains(expected), "{name}: {error}");
        assert_eq!(error.lines().count(), 1, "{name}: {error}");
        assert!(output.stdout.is_empty(), "{name}");
    }
    for arguments in [&["--event", "missing.json"][..], &["--event"], &["--evnt"], &["file"]] {
        let output = examples::run("local", arguments);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), error.lines().count()), (Some(1), 1), "{error}");
    }
}
