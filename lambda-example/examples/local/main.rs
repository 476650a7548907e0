//! Runs a function on this machine, with the stream of an embedded DynamoDB or a payload from a
//! file. Between the stream and the function is a simulated event source mapping.
//!
//! ```text
//! cargo run -p lambda-example --example local
//! cargo run -p lambda-example --example local -- --event lambda-example/events/poisoned.json
//! cargo run -p lambda-example --example local -- --drop-in
//! cargo run -p lambda-example --example local -- --single-table
//! ```
//!
//! `--drop-in` runs the handler for the event types of `aws_lambda_events` instead, and
//! `--single-table` the function for a table with several entities. `--by-key` runs the handler for
//! such a table without an `EntityType`.

mod function;
mod print;
mod scenario;
mod table;

use std::cell::Cell;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use ddb_core::testing::EventSourceMapping;
use ddb_core::testing::filter::Filters;
use ddb_core::testing::mapping::{InvokeError, OnFailure, Shard, Undocumented};
use ddb_core::{Item, StreamEvent, filter_criteria};
use lambda_example::logging::init_logging;
use lambda_example::single_table::by_key::{self, KeyedEntity};
use lambda_example::single_table::handler::publish;
use lambda_example::single_table::model::Entity;
use lambda_example::{drop_in, handler, single_table};
use lambda_runtime::{run, service_fn};
use serde_json::Value;
use tokio::process::Command;
use tokio::sync::Mutex;

use crate::function::Function;
use crate::print::{print_failure, print_invocation};
use crate::scenario::Scenario;
use crate::scenario::samples::SAMPLES;
use crate::scenario::single_table::SINGLE_TABLE;

type Error = Box<dyn std::error::Error + Send + Sync>;

const USAGE: &str = "usage: local [--drop-in | --single-table | --by-key] [--event FILE]";

/// The default log filter. The handlers log the items at `DEBUG`.
const LOG: (&str, &str) = ("RUST_LOG", "info,lambda_example=debug");

/// The variable that tells a process that it is the function. Lambda sets it, and so does this
/// program for the copy of itself that it starts.
const RUNTIME_API: &str = "AWS_LAMBDA_RUNTIME_API";

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match parse_arguments(env::args_os()) {
        Ok(arguments) if env::var_os(RUNTIME_API).is_some() => serve(arguments.mode).await,
        Ok(Arguments { event: Some(file), mode }) => run_event(&file, mode).await,
        Ok(Arguments { event: None, mode }) => run_scenario(mode).await,
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

/// The function that runs.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Mode {
    #[default]
    Samples,
    DropIn,
    SingleTable,
    ByKey,
}

impl Mode {
    /// The modes that an argument selects, by its name.
    const NAMED: [(&'static str, Self); 3] =
        [("drop-in", Self::DropIn), ("single-table", Self::SingleTable), ("by-key", Self::ByKey)];

    /// The argument that selects the mode.
    fn argument(self) -> Option<String> {
        let found = Self::NAMED.iter().find(|(_, mode)| *mode == self);
        found.map(|(name, _)| format!("--{name}"))
    }

    fn scenario(self) -> &'static Scenario {
        match self {
            Self::Samples | Self::DropIn => &SAMPLES,
            Self::SingleTable | Self::ByKey => &SINGLE_TABLE,
        }
    }

    /// The filters of the event source mapping.
    fn filters(self) -> Result<Filters, Error> {
        let criteria = match self {
            Self::Samples | Self::DropIn => return Ok(Filters::parse([])?),
            Self::SingleTable => filter_criteria::<Entity>()?,
            Self::ByKey => filter_criteria::<KeyedEntity>()?,
        };
        Ok(Filters::parse(criteria.patterns())?)
    }
}

#[derive(Default)]
struct Arguments {
    event: Option<PathBuf>,
    mode: Mode,
}

fn parse_arguments(
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<Arguments, lexopt::Error> {
    let mut parser = lexopt::Parser::from_iter(arguments);
    let mut parsed = Arguments::default();
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("event") => parsed.event = Some(parser.value()?.into()),
            lexopt::Arg::Long(name)
                if let Some((_, mode)) = Mode::NAMED.iter().find(|(known, _)| *known == name) =>
            {
                parsed.mode = *mode;
            }
            unexpected => return Err(unexpected.unexpected()),
        }
    }
    Ok(parsed)
}

/// Runs the function, in the process that [`start_function`] started.
async fn serve(mode: Mode) -> Result<(), Error> {
    init_logging();
    match mode {
        Mode::Samples => run(service_fn(handler::handle_batch)).await,
        Mode::DropIn => run(service_fn(drop_in::handle_batch)).await,
        Mode::SingleTable => {
            run(service_fn(|event| single_table::handler::handle_batch(event, publish))).await
        }
        Mode::ByKey => run(service_fn(|event| by_key::handle_batch(event, publish))).await,
    }
}

/// Runs the scenario. The event source mapping delivers the records of each step.
async fn run_scenario(mode: Mode) -> Result<(), Error> {
    let scenario = mode.scenario();
    let filters = mode.filters()?;
    let mapping = mapping().filters(filters.clone());
    let mut table = scenario.create_table()?;
    let function = Mutex::new(start_function(mode).await?);
    for (name, step) in scenario.steps {
        println!("\n{name}");
        step(&table)?;
        let records = table.take_records()?;
        let dropped = records.iter().filter(|record| !filters.matches(record)).count();
        if dropped > 0 {
            println!("  records dropped by the filter: {dropped}");
        }
        let shard = Shard::new("shardId").json_records(records);
        let broken = Cell::new(None);
        let report = mapping
            .run_function(shard, async |payload| {
                let outcome = deliver(&mut *function.lock().await, &payload).await;
                outcome.map_err(|error| {
                    broken.set(Some(error));
                    InvokeError::Function
                })
            })
            .await;
        if let Some(error) = broken.take() {
            return Err(error);
        }
        report.failures.iter().try_for_each(|failure| print_failure(failure))?;
    }
    Ok(())
}

/// The mapping of the template, which gives up after fewer retries, and soon.
fn mapping() -> EventSourceMapping {
    let soon = Duration::from_millis(1);
    EventSourceMapping::new()
        .report_batch_item_failures()
        .bisect_batch_on_function_error()
        .maximum_retry_attempts(1)
        .on_failure(OnFailure::S3)
        .undocumented(Undocumented { longest_retry_delay: soon, ..Undocumented::default() })
}

/// Invokes the function, prints what it did, and returns its response.
async fn deliver(function: &mut Function, payload: &str) -> Result<String, Error> {
    let invocation = function.invoke(serde_json::from_str(payload)?).await?;
    print_invocation(&invocation);
    Ok(invocation.response?.to_string())
}

async fn run_event(file: &Path, mode: Mode) -> Result<(), Error> {
    let payload = read_event(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let invocation = start_function(mode).await?.invoke(payload).await?;
    print_invocation(&invocation);
    let response = invocation.response?;
    if let Some(number) = response["batchItemFailures"][0]["itemIdentifier"].as_str() {
        println!("  Lambda would deliver the batch again from {number} on");
    }
    Ok(())
}

fn read_event(file: &Path) -> Result<Value, Error> {
    let text = fs::read(file)?;
    let payload: Value =
        serde_json::from_slice(&text).map_err(|error| format!("not JSON: {error}"))?;
    StreamEvent::<Item>::from_slice(&text)?;
    Ok(payload)
}

async fn start_function(mode: Mode) -> Result<Function, Error> {
    let mut command = Command::new(env::current_exe()?);
    command.env(LOG.0, env::var_os(LOG.0).unwrap_or_else(|| LOG.1.into()));
    command.args(mode.argument());
    Function::start(command).await
}
