//! Delivers millions of records to a function in another process, through a Runtime API on the
//! loopback interface, and watches the memory of the function.
//!
//! ```text
//! cargo run --release -p lambda-example --example soak
//! cargo run --release -p lambda-example --example soak -- --records 100000
//! ```
//!
//! The records are changes of four entities, with both images. One in a hundred does not fit, and
//! is quarantined; one in five thousand fails the first time. The batches have 1,000 and 10,000
//! records, by turns. The run fails if a record is lost or handled twice, or if the memory of the
//! function grows after its first part.

mod entity;
mod payload;
mod runtime_api;

use std::env;
use std::error::Error;
use std::fs;
use std::process::{ExitCode, Stdio};
use std::time::{Duration, Instant};

use lambda_runtime::{run, service_fn};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::entity::{Failed, Totals, handle_batch};
use crate::payload::{Payloads, expected};
use crate::runtime_api::{Fault, RuntimeApi};

/// The variable that tells a process that it is the function. Lambda sets it, and so does this
/// program for the copy of itself that it starts.
const RUNTIME_API: &str = "AWS_LAMBDA_RUNTIME_API";

const RECORDS: u64 = 2_000_000;

/// The sizes of the batches, by turns. The largest payload of Lambda has fewer bytes than 10,000
/// records; the decoder has no such limit.
const BATCHES: [u64; 2] = [1_000, 10_000];

/// The time after which the memory has to stay as it is. In a shorter run, it is a third of it.
const WARM_UP: Duration = Duration::from_mins(1);

/// The memory may be this much larger than during the warm-up, since the allocator keeps freed
/// memory in varying amounts.
const GROWTH: f64 = 1.1;

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = if env::var_os(RUNTIME_API).is_some() {
        let failed = Failed::default();
        run(service_fn(async |event| handle_batch(event, &failed).await)).await
    } else {
        soak().await
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn parse_records() -> Result<u64, lexopt::Error> {
    let mut parser = lexopt::Parser::from_env();
    let mut records = RECORDS;
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("records") => {
                records = lexopt::ValueExt::parse(&parser.value()?)?;
            }
            unexpected => return Err(unexpected.unexpected()),
        }
    }
    Ok(records)
}

struct Function {
    api: RuntimeApi,
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Function {
    async fn start() -> Result<Self, Box<dyn Error + Send + Sync>> {
        let api = RuntimeApi::serve().await;
        let mut command = Command::new(env::current_exe()?);
        api.configure(&mut command);
        let mut process = command.stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let stdout = process.stdout.take().ok_or("the function has no stdout")?;
        Ok(Self { api, process, lines: BufReader::new(stdout).lines() })
    }

    /// Delivers a payload. Returns what the function has done, and the position from which it has
    /// to be delivered again.
    async fn invoke(
        &mut self,
        payload: Vec<u8>,
    ) -> Result<(Totals, Option<u64>), Box<dyn Error + Send + Sync>> {
        let outcome = self.api.invoke(payload, Fault::Nothing).await;
        let (kind, response) = outcome.ok_or("the outcome is lost")?;
        if kind != "response" {
            return Err(format!("{kind}: {}", String::from_utf8_lossy(&response)).into());
        }
        let line = self.lines.next_line().await?.ok_or("the function ended")?;
        let response: Value = serde_json::from_slice(&response)?;
        let failed = response["batchItemFailures"][0]["itemIdentifier"].as_str();
        let failed = failed.map(|number| number[1..].parse()).transpose()?;
        Ok((serde_json::from_str(&line)?, failed))
    }

    /// The resident memory of the process, in bytes.
    fn memory(&self) -> Result<u64, Box<dyn Error + Send + Sync>> {
        let id = self.process.id().ok_or("the function ended")?;
        let status = fs::read_to_string(format!("/proc/{id}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next());
        Ok(kilobytes.ok_or("no VmRSS")?.parse::<u64>()? * 1024)
    }
}

async fn soak() -> Result<(), Box<dyn Error + Send + Sync>> {
    let records = parse_records()?;
    let payloads = Payloads::new();
    let mut function = Function::start().await?;
    let mut totals = Totals::default();
    let (mut bytes, mut invocations) = (0, 0);
    // The most memory until the end of the warm-up, and behind it.
    let (mut warm, mut most) = (0, 0);
    let start = Instant::now();
    let mut shown = start;
    let mut first = 0;
    for size in BATCHES.into_iter().cycle() {
        if first == records {
            break;
        }
        let end = records.min(first + size);
        while first < end {
            let payload = payloads.write(first..end);
            bytes += payload.len();
            invocations += 1;
            let (done, failed) = function.invoke(payload).await?;
            totals.handled += done.handled;
            totals.quarantined += done.quarantined;
            totals.positions += done.positions;
            first = failed.unwrap_or(end);
        }
        let memory = function.memory()?;
        if start.elapsed() > WARM_UP || first > records / 3 {
            most = most.max(memory);
        } else {
            warm = warm.max(memory);
        }
        if shown.elapsed() > Duration::from_secs(10) {
            shown = Instant::now();
            println!("{first} records, {} MB resident", memory / 1_000_000);
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    #[allow(clippy::cast_precision_loss, reason = "a figure for a person")]
    let (per_second, megabytes) = (records as f64 / seconds, bytes as f64 / seconds / 1_000_000.0);
    println!(
        "{records} records in {invocations} invocations and {seconds:.0} s: {per_second:.0} \
         records/s, {megabytes:.0} MB/s"
    );
    let expected = expected(records);
    if totals != expected {
        return Err(format!("expected {expected:?}, found {totals:?}").into());
    }
    println!("{} handled, {} quarantined, none lost", totals.handled, totals.quarantined);
    println!("memory: up to {} MB, then up to {} MB", warm / 1_000_000, most / 1_000_000);
    #[allow(clippy::cast_precision_loss, reason = "a ratio")]
    if most as f64 > warm as f64 * GROWTH {
        return Err("the memory grows".into());
    }
    Ok(())
}
