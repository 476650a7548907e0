//! Runs the function on this machine, on the stream of an embedded DynamoDB or on a payload from a file.
//!
//! ```text
//! cargo run -p lambda-example --example local
//! cargo run -p lambda-example --example local -- --event lambda-example/events/modify.json
//! ```

mod function;
mod scenario;
mod table;

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use aws_lambda_events::dynamodb::Event;
use lambda_example::handler::handle_batch;
use lambda_example::logging::init_logging;
use lambda_runtime::{run, service_fn};
use serde_json::Value;
use tokio::process::Command;

use crate::function::{Function, Invocation};
use crate::table::Table;

type Error = Box<dyn std::error::Error + Send + Sync>;

const USAGE: &str = "usage: local [--event FILE]";

/// Lambda sets it for the function's process, and so does this program for the one that it starts: itself.
const RUNTIME_API: &str = "AWS_LAMBDA_RUNTIME_API";

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = if env::var_os(RUNTIME_API).is_some() {
        init_logging();
        run(service_fn(handle_batch)).await
    } else {
        match parse_arguments(env::args_os()) {
            Ok(None) => run_scenario().await,
            Ok(Some(file)) => run_event(&file).await,
            Err(error) => Err(format!("{error}; {USAGE}").into()),
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The file of `--event FILE`.
fn parse_arguments(arguments: impl IntoIterator<Item = OsString>) -> Result<Option<PathBuf>, lexopt::Error> {
    let mut parser = lexopt::Parser::from_iter(arguments);
    let mut file = None;
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("event") => file = Some(parser.value()?.into()),
            unexpected => return Err(unexpected.unexpected()),
        }
    }
    Ok(file)
}

/// Each step of the scenario is a batch.
async fn run_scenario() -> Result<(), Error> {
    let mut table = Table::create()?;
    let mut function = start_function().await?;
    for (name, step) in scenario::STEPS {
        println!("\n{name}");
        step(&table)?;
        print_invocation(function.invoke(table.take_payload()?).await?)?;
    }
    Ok(())
}

async fn run_event(file: &Path) -> Result<(), Error> {
    let payload = read_event(file).map_err(|error| format!("{}: {error}", file.display()))?;
    print_invocation(start_function().await?.invoke(payload).await?)
}

fn read_event(file: &Path) -> Result<Value, Error> {
    let text = fs::read(file)?;
    let payload: Value = serde_json::from_slice(&text).map_err(|error| format!("not JSON: {error}"))?;
    serde_json::from_slice::<Event>(&text).map_err(|error| format!("not a DynamoDB stream event: {error}"))?;
    Ok(payload)
}

async fn start_function() -> Result<Function, Error> {
    Function::start(Command::new(env::current_exe()?)).await
}

/// An invocation that failed is an error of this program.
fn print_invocation(invocation: Invocation) -> Result<(), Error> {
    for line in &invocation.log {
        print_line(line);
    }
    println!("  response {}", invocation.response?);
    Ok(())
}

/// One line of the function's log, for a person.
fn print_line(line: &Value) {
    let fields = &line["fields"];
    let text = |name: &str| fields[name].as_str().unwrap_or_default();
    match text("message") {
        "batch" => println!("  batch    of {}", fields["records"]),
        "sample" => {
            let expired = if fields["expired"] == true { " expired" } else { "" };
            println!("  {:8} {}{expired}", text("event"), text("sample"));
        }
        "attribute does not fit" => {
            println!("  replaced {} by its default: {}: {}", text("replaced"), text("path"), text("reason"));
        }
        _ => println!("  {:8} {fields}", line["level"].as_str().unwrap_or_default()),
    }
}
