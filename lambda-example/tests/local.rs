//! The local run's scenario, with the binary that is deployed.

#[path = "../examples/local/function.rs"]
mod function;
#[path = "../examples/local/scenario.rs"]
mod scenario;
#[path = "../examples/local/table.rs"]
mod table;

use std::path::PathBuf;
use std::process::{Command, Output};

use lambda_example::model::SampleModel;
use serde_json::{Value, json};

use crate::function::{Function, Invocation};
use crate::table::Table;

async fn start() -> Function {
    let command = tokio::process::Command::new(env!("CARGO_BIN_EXE_lambda-example"));
    Function::start(command).await.expect("the function starts")
}

/// The fields of the log lines with the message.
fn logged<'a>(invocation: &'a Invocation, message: &str) -> Vec<&'a Value> {
    let fields = invocation.log.iter().map(|line| &line["fields"]);
    fields.filter(|fields| fields["message"] == message).collect()
}

fn sample(id: i32, message: &str, entity_type: &str) -> Value {
    let sample = SampleModel { id, message: message.to_owned(), entity_type: entity_type.to_owned() };
    Value::String(format!("{sample:?}"))
}

#[tokio::test]
async fn each_change_of_the_table_reaches_the_function_as_a_struct() {
    let mut table = Table::create().expect("a table");
    let mut function = start().await;
    let mut seen = Vec::new();
    let mut replaced = Vec::new();
    for (name, step) in scenario::STEPS {
        step(&table).expect(name);
        let invocation = function.invoke(table.take_payload().expect(name)).await.expect(name);
        assert_eq!(invocation.response, Ok(Value::Null), "{name}");
        assert_eq!(logged(&invocation, "batch").first().map(|fields| &fields["records"]), Some(&json!(1)), "{name}");
        let samples = logged(&invocation, "sample").into_iter();
        seen.extend(samples.map(|fields| json!([fields["event"], fields["expired"], fields["sample"]])));
        let warnings = logged(&invocation, "attribute does not fit").into_iter();
        replaced.extend(warnings.map(|fields| format!("{}: {}", fields["path"], fields["reason"])));
    }
    assert_eq!(
        seen,
        [
            json!(["INSERT", null, sample(1, "hello", "Greeting")]),
            json!(["MODIFY", null, sample(1, "hello again", "Greeting")]),
            json!(["INSERT", null, sample(2, "gone soon", "Reminder")]),
            json!(["INSERT", null, sample(0, "", "")]),
            json!(["REMOVE", false, sample(1, "hello again", "Greeting")]),
            json!(["REMOVE", true, sample(2, "gone soon", "Reminder")]),
        ]
    );
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
async fn a_batch_is_one_invocation() {
    let mut table = Table::create().expect("a table");
    for (name, step) in scenario::STEPS {
        step(&table).expect(name);
    }
    let invocation = start().await.invoke(table.take_payload().expect("records")).await.expect("a response");
    assert_eq!(invocation.response, Ok(Value::Null));
    assert_eq!(logged(&invocation, "batch")[0]["records"], json!(scenario::STEPS.len()));
    assert_eq!(logged(&invocation, "sample").len(), scenario::STEPS.len());
    let line = &invocation.log[0];
    assert_eq!(line["level"], "INFO");
    assert!(line.get("target").is_none() && line.get("timestamp").is_none(), "{line}");
}

#[tokio::test]
async fn what_is_no_event_fails_the_invocation_and_not_the_function() {
    let mut function = start().await;
    let invocation = function.invoke(json!({"hello": "world"})).await.expect("a response");
    assert!(invocation.response.is_err_and(|error| error.contains("Records")));
    let invocation = function.invoke(json!({"Records": []})).await.expect("a response");
    assert_eq!(invocation.response, Ok(Value::Null));
}

/// The example program, which cargo builds before it runs this test.
fn run_example(arguments: &[&str]) -> Output {
    let test = std::env::current_exe().expect("this test");
    let target = test.ancestors().nth(2).expect("deps and the profile above it");
    let example = target.join("examples").join(format!("local{}", std::env::consts::EXE_SUFFIX));
    Command::new(example).args(arguments).output().expect("the example runs")
}

fn event_file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("events").join(name)
}

#[test]
fn an_event_file_is_delivered() {
    for (name, expected) in [
        ("modify.json", r#"MODIFY   SampleModel { id: 7, message: "sent", entity_type: "Letter" }"#),
        ("expired.json", r#"REMOVE   SampleModel { id: 8, message: "gone soon", entity_type: "Reminder" } expired"#),
        ("misfit.json", "replaced Id by its default: Id: expected N (i32), found N with a fraction"),
    ] {
        let output = run_example(&["--event", event_file(name).to_str().expect("a path")]);
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
        ("other.json", r#"{"detail": {}}"#, "not a DynamoDB stream event: missing field `Records`"),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, text).expect("a file");
        let output = run_example(&["--event", file.to_str().expect("a path")]);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(error.contains(expected), "{name}: {error}");
        assert_eq!(error.lines().count(), 1, "{name}: {error}");
        assert!(output.stdout.is_empty(), "{name}");
    }
    for arguments in [&["--event", "missing.json"][..], &["--event"], &["--evnt"], &["file"]] {
        let output = run_example(arguments);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), error.lines().count()), (Some(1), 1), "{error}");
    }
}
