//! Runs the function on this machine, with the stream of an embedded DynamoDB or a payload from a
//! file.
//!
//! ```text
//! cargo run -p lambda-example --example local
//! cargo run -p lambda-example --example local -- --event lambda-example/events/poisoned.json
//! cargo run -p lambda-example --example local -- --drop-in
//! ```
//!
//! `--drop-in` runs the handler for the event types of `aws_lambda_events` instead.

mod function;
mod scenario;
mod table;

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use ddb_core::{Item, StreamEvent};
use lambda_example::logging::init_logging;
use lambda_example::{drop_in, handler};
use lambda_runtime::{run, service_fn};
use serde_json::Value;
use tokio::process::Command;

use crate::function::{Function, Invocation};
use crate::table::Table;

type Error = Box<dyn std::error::Error + Send + Sync>;

const USAGE: &str = "usage: local [--drop-in] [--event FILE]";

/// The default log filter. The handlers log the samples at `DEBUG`.
const LOG: (&str, &str) = ("RUST_LOG", "info,lambda_example=debug");

/// The variable that tells a process that it is the function. Lambda sets it, and so does this
/// program for the copy of itself that it starts.
const RUNTIME_API: &str = "AWS_LAMBDA_RUNTIME_API";

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match parse_arguments(env::args_os()) {
        Ok(arguments) if env::var_os(RUNTIME_API).is_some() => serve(&arguments).await,
        Ok(Arguments { event: Some(file), is_drop_in }) => run_event(&file, is_drop_in).await,
        Ok(Arguments { event: None, is_drop_in }) => run_scenario(is_drop_in).await,
        Err(error) => Err(format!("{error}; {USAGE}").into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

#[derive(Default)]
struct Arguments {
    event: Option<PathBuf>,
    is_drop_in: bool,
}

fn parse_arguments(
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<Arguments, lexopt::Error> {
    let mut parser = lexopt::Parser::from_iter(arguments);
    let mut parsed = Arguments::default();
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("event") => parsed.event = Some(parser.value()?.into()),
            lexopt::Arg::Long("drop-in") => parsed.is_drop_in = true,
            unexpected => return Err(unexpected.unexpected()),
        }
    }
    Ok(parsed)
}

/// Runs the function, in the process that [`start_function`] started.
async fn serve(arguments: &Arguments) -> Result<(), Error> {
    init_logging();
    if arguments.is_drop_in {
        run(service_fn(drop_in::handle_batch)).await
    } else {
        run(service_fn(handler::handle_batch)).await
    }
}

/// Runs the scenario, and delivers the records of each step as one batch.
async fn run_scenario(is_drop_in: bool) -> Result<(), Error> {
    let mut table = Table::create()?;
    let mut function = start_function(is_drop_in).await?;
    for (name, step) in scenario::STEPS {
        println!("\n{name}");
        step(&table)?;
        print_invocation(function.invoke(table.take_payload()?).await?)?;
    }
    Ok(())
}

async fn run_event(file: &Path, is_drop_in: bool) -> Result<(), Error> {
    let payload = read_event(file).map_err(|error| format!("{}: {error}", file.display()))?;
    print_invocation(start_function(is_drop_in).await?.invoke(payload).await?)
}

fn read_event(file: &Path) -> Result<Value, Error> {
    let text = fs::read(file)?;
    let payload: Value =
        serde_json::from_slice(&text).map_err(|error| format!("not JSON: {error}"))?;
    StreamEvent::<Item>::from_slice(&text)?;
    Ok(payload)
}

async fn start_function(is_drop_in: bool) -> Result<Function, Error> {
    let mut command = Command::new(env::current_exe()?);
    command.env(LOG.0, env::var_os(LOG.0).unwrap_or_else(|| LOG.1.into()));
    if is_drop_in {
        command.arg("--drop-in");
    }
    Function::start(command).await
}

/// Prints the log and the response. A failed invocation is an error of this program.
fn print_invocation(invocation: Invocation) -> Result<(), Error> {
    for line in &invocation.log {
        print_line(line);
    }
    let response = invocation.response?;
    println!("  response {response}");
    if let Some(number) = response["batchItemFailures"][0]["itemIdentifier"].as_str() {
        println!("  Lambda would deliver the batch again from {number} on");
    }
    Ok(())
}

/// Prints a line of the function's log in readable form.
fn print_line(line: &Value) {
    let fields = &line["fields"];
    let text = |name: &str| fields[name].as_str().unwrap_or_default();
    match text("message") {
        "batch" => println!("  batch of {}", fields["records"]),
        message @ ("inserted" | "modified" | "removed") => {
            let expired = if fields["expired"] == true { ", expired" } else { "" };
            println!("  {message}{expired}");
        }
        "sample" => ["old", "new"]
            .iter()
            .filter(|name| !text(name).is_empty())
            .for_each(|name| println!("    {name} {}", text(name))),
        "record failed" => println!("  failed at {}: {}", text("sequence_number"), text("error")),
        "attribute does not fit" => {
            println!(
                "  replaced {} by its default: {}: {}",
                text("replaced"),
                text("path"),
                text("reason")
            );
        }
        _ => println!("  {:8} {fields}", line["level"].as_str().unwrap_or_default()),
    }
}
