//! Runs the function as Lambda does: in a process that asks a Runtime API for its next payload.

use std::fs::File;
use std::io::Read as _;
use std::process::Stdio;
use std::time::Duration;

use lambda_simulator::{InvocationState, InvocationStatus, Simulator, SimulatorError};
use serde_json::Value;
use tempfile::NamedTempFile;
use tokio::process::{Child, Command};
use tokio::time::Instant;

type Error = Box<dyn std::error::Error + Send + Sync>;

/// The time within which an invocation has to complete, also on a busy machine.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The simulator looks at the state before it waits for a change, and misses a change in between.
/// So it is asked again.
const INTERVAL: Duration = Duration::from_millis(20);

pub struct Function {
    simulator: Simulator,
    process: Child,
    /// The position is behind the lines of the last invocation.
    log: File,
}

/// The outcome of one payload.
pub struct Invocation {
    /// The function's response, or its error.
    pub response: Result<Value, String>,
    /// The lines that the function logged.
    pub log: Vec<Value>,
}

impl Function {
    /// Starts the command with a Runtime API on the loopback interface. Dropping the returned value
    /// ends the process.
    pub async fn start(mut command: Command) -> Result<Self, Error> {
        let simulator =
            Simulator::builder().function_name("samples").handler("bootstrap").build().await?;
        // A file, not a pipe: everything that the function logged before its response can be read
        // without blocking.
        let log = NamedTempFile::new()?;
        let process = command
            .envs(simulator.lambda_env_vars())
            .stdin(Stdio::null())
            .stdout(log.reopen()?)
            .kill_on_drop(true)
            .spawn()?;
        Ok(Self { simulator, process, log: log.reopen()? })
    }

    /// Delivers a payload and waits for the response.
    pub async fn invoke(&mut self, payload: Value) -> Result<Invocation, Error> {
        let request = self.simulator.enqueue_payload(payload).await;
        let state = tokio::select! {
            state = wait_until_complete(&self.simulator, &request) => state?,
            status = self.process.wait() => {
                return Err(format!("the function ended: {}", status?).into());
            }
        };
        let response = match (state.status, state.response, state.error) {
            (InvocationStatus::Success, Some(response), _) => Ok(response.payload),
            (_, _, Some(error)) => Err(format!("{}: {}", error.error_type, error.error_message)),
            (status, ..) => Err(format!("{status:?}")),
        };
        Ok(Invocation { response, log: self.read_log()? })
    }

    fn read_log(&mut self) -> Result<Vec<Value>, Error> {
        let mut text = String::new();
        self.log.read_to_string(&mut text)?;
        text.lines().map(|line| serde_json::from_str(line).map_err(Error::from)).collect()
    }
}

async fn wait_until_complete(
    simulator: &Simulator,
    request: &str,
) -> Result<InvocationState, SimulatorError> {
    let deadline = Instant::now() + TIMEOUT;
    loop {
        match simulator.wait_for_invocation_complete(request, INTERVAL).await {
            Err(SimulatorError::Timeout(_)) if Instant::now() < deadline => {}
            outcome => return outcome,
        }
    }
}
