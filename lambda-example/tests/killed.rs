//! Kills the deployed binary at random moments, and lets the Runtime API fail. The simulated event
//! source mapping delivers the records again, until each is handled or given up.

#[path = "../examples/soak/runtime_api.rs"]
mod runtime_api;

use std::fs;
use std::fs::OpenOptions;
use std::process::Stdio;
use std::time::Duration;

use ddb_core::IntoItem as _;
use ddb_core::event::RecordMeta;
use ddb_core::testing::mapping::{Handled, InvokeError, OnFailure, Undocumented};
use ddb_core::testing::{EventSourceMapping, RecordBuilder, insert, modify};
use lambda_example::model::SampleModel;
use serde_json::Value;
use tempfile::NamedTempFile;
use tokio::process::{Child, Command};
use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};

use crate::runtime_api::{Fault, RuntimeApi};

const RECORDS: usize = 600;
const BATCH: usize = 20;
const ITEMS: usize = 50;

/// The function in a process, which is started again whenever it has ended.
struct Function {
    api: RuntimeApi,
    /// What all processes have logged.
    log: NamedTempFile,
    state: Mutex<State>,
}

struct State {
    process: Option<Child>,
    random: fastrand::Rng,
    faults: usize,
}

impl Function {
    async fn new(seed: u64) -> Self {
        Self {
            api: RuntimeApi::serve().await,
            log: NamedTempFile::new().expect("a file"),
            state: Mutex::new(State {
                process: None,
                random: fastrand::Rng::with_seed(seed),
                faults: 0,
            }),
        }
    }

    fn start(&self) -> Child {
        let log = OpenOptions::new().append(true).open(&self.log).expect("a file");
        let mut command = Command::new(env!("CARGO_BIN_EXE_lambda-example"));
        self.api.configure(&mut command);
        command.env("RUST_LOG", "info,ddb_core=off").stdout(log).stderr(Stdio::null());
        command.kill_on_drop(true).spawn().expect("the function starts")
    }

    /// Delivers a payload. More than half of the invocations have a fault.
    async fn invoke(&self, payload: String) -> Result<String, InvokeError> {
        let state = &mut *self.state.lock().await;
        let lateness = Duration::from_micros(state.random.u64(..20_000));
        let mut lifetime = None;
        let fault = match state.random.u8(..12) {
            0..=2 => {
                lifetime = Some(lateness);
                Fault::Nothing
            }
            3 => Fault::Late(lateness),
            4 => Fault::ServerError,
            5 => Fault::HalfPayload,
            6 => Fault::OutcomeIsLost,
            _ => Fault::Nothing,
        };
        state.faults += usize::from(lifetime.is_some() || fault != Fault::Nothing);
        let mut process = state.process.take().unwrap_or_else(|| self.start());
        let outcome = tokio::select! {
            outcome = self.api.invoke(payload, fault) => outcome,
            _ = process.wait() => None,
            () = sleep(lifetime.unwrap_or(Duration::MAX)) => None,
        };
        let Some((kind, body)) = outcome else {
            process.kill().await.expect("the process ends");
            self.api.cancel().await;
            return Err(InvokeError::Function);
        };
        state.process = Some(process);
        let text = String::from_utf8(body.to_vec()).expect("text");
        if kind == "response" { Ok(text) } else { Err(InvokeError::Function) }
    }

    /// The ids of the events that the handler has handled, in order.
    fn event_ids(&self) -> Vec<String> {
        let log = fs::read_to_string(&self.log).expect("a log");
        // A process that is killed can leave a part of a line.
        let lines = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let handled = lines.filter_map(|line| {
            let fields = &line["fields"];
            let is_handled = fields["message"] == "inserted" || fields["message"] == "modified";
            is_handled.then(|| fields["event_id"].as_str().expect("an id").to_owned())
        });
        handled.collect()
    }
}

/// Changes of the items. One in 50 does not fit.
fn records() -> Vec<RecordBuilder> {
    let record = |position: usize| {
        let id = i32::try_from(position % ITEMS).expect("a few");
        let sample =
            SampleModel { id, message: "x".repeat(2000), entity_type: "Greeting".to_owned() };
        let record = if position < ITEMS {
            insert(&sample)
        } else if position % 50 == 7 {
            let mut misfit = sample.to_item().expect("an item");
            misfit.inner_mut().remove("Message");
            modify(&sample, &misfit)
        } else {
            modify(&sample, &sample)
        };
        let number = number(position);
        record.key(&["Id"]).event_id(&number).sequence_number(number)
    };
    (0..RECORDS).map(record).collect()
}

fn number(position: usize) -> String {
    format!("10000000000000000{position:05}")
}

#[tokio::test]
async fn whatever_fails_each_record_is_handled_or_given_up() {
    let soon = Duration::from_millis(1);
    for seed in 0..3 {
        let function = Function::new(seed).await;
        let handled = Handled::new();
        let run = EventSourceMapping::new()
            .batch_size(BATCH)
            .report_batch_item_failures()
            .bisect_batch_on_function_error()
            .maximum_retry_attempts(2)
            .on_failure(OnFailure::S3)
            .handled(&handled)
            .undocumented(Undocumented { longest_retry_delay: soon, ..Undocumented::default() });
        let run = run.run_function(records(), async |payload| function.invoke(payload).await);
        let report = timeout(Duration::from_mins(2), run).await.expect("in time");
        for event_id in function.event_ids() {
            let mut meta = RecordMeta::default();
            meta.sequence_number = Some(event_id.parse().expect("a number"));
            handled.add(&meta);
        }
        report.assert_nothing_lost();
        report.assert_order_per_key();
        let last = number(RECORDS - 1).parse().expect("a number");
        assert_eq!(report.checkpoints().into_values().next(), Some(Some(last)));
        let faults = function.state.lock().await.faults;
        let repeated = handled.sequence_numbers().len();
        println!(
            "{} invocations, {faults} faults, {repeated} records handled",
            report.invocations.len()
        );
        assert!(faults > 10, "{faults}");
    }
}
