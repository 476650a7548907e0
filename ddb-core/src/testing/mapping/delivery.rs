//! Delivers a batch until its records are done or given up.

use std::iter;
use std::mem;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use serde_json::Value;
use tokio::time::{sleep, timeout};

use super::InvokeError;
use super::destination::GivenUp;
use super::payload::write_payload;
use super::poller::{Entry, Poller};
use super::report::{Fate, Invocation, InvocationOutcome};
use super::response::{Answer, read_response};
use super::window::OpenWindow;
use crate::event::{FailureCondition, SequenceNumber};

/// A stream keeps its records for this long, see
/// [Change data capture for DynamoDB Streams](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html).
const RETENTION: Duration = Duration::from_secs(24 * 60 * 60);

/// Records that are delivered together.
struct Attempt {
    records: Vec<Entry>,
    /// The number of deliveries that count against the limit of retries.
    failed: u32,
    is_function_error: bool,
}

/// The outcome of an invocation for the records of its batch.
enum Delivered {
    Done(Option<Value>),
    FailedFrom(usize, Option<Value>),
    Failed,
    Throttled,
}

impl Poller<'_> {
    /// Delivers a batch, again and again while it fails.
    ///
    /// The rules of retries, of splitting and of the age of records are those of
    /// [How Lambda processes records](https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html)
    /// and
    /// [Partial batch responses](https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
    pub async fn deliver(
        &self,
        shard_id: &Arc<str>,
        batch: Vec<Entry>,
        mut window: Option<&mut OpenWindow>,
    ) {
        let mapping = self.mapping;
        // The next part of the batch is the last element.
        let mut attempts = vec![Attempt { records: batch, failed: 0, is_function_error: false }];
        let mut delays = mapping.undocumented.retry_delays();
        while let Some(mut attempt) = attempts.pop() {
            self.drop_old_records(shard_id, &mut attempt);
            if attempt.records.is_empty() {
                continue;
            }
            let delivered = self.invoke(shard_id, &attempt.records, window.as_deref()).await;
            let retried = match delivered {
                Delivered::Done(state) => {
                    self.note(&attempt.records, Fate::Done);
                    take_state(window.as_deref_mut(), state);
                    delays = mapping.undocumented.retry_delays();
                    continue;
                }
                Delivered::FailedFrom(position, state) => {
                    take_state(window.as_deref_mut(), state);
                    let rest = attempt.records.split_off(position);
                    self.note(&mem::replace(&mut attempt.records, rest), Fate::Done);
                    attempt.is_function_error = false;
                    if position > 0 && mapping.undocumented.progress_resets_attempts {
                        attempt.failed = 0;
                    } else if position == 0 || !mapping.bisects {
                        attempt.failed += 1;
                    }
                    attempt
                }
                Delivered::Failed if mapping.bisects && attempt.records.len() > 1 => {
                    let second = attempt.records.split_off(attempt.records.len().div_ceil(2));
                    let failed = attempt.failed;
                    attempts.push(Attempt { records: second, failed, is_function_error: true });
                    Attempt { is_function_error: true, ..attempt }
                }
                Delivered::Failed => {
                    Attempt { failed: attempt.failed + 1, is_function_error: true, ..attempt }
                }
                Delivered::Throttled => attempt,
            };
            if mapping.maximum_retry_attempts.is_some_and(|most| retried.failed > most) {
                self.give_up(shard_id, &retried, FailureCondition::RetryAttemptsExhausted);
            } else {
                attempts.push(retried);
                sleep(delays.next().unwrap_or_default()).await;
            }
        }
    }

    /// Delivers the last invocation of a window, which has no records.
    pub async fn deliver_final(&self, shard_id: &Arc<str>, window: &mut OpenWindow) {
        let retries = self.mapping.maximum_retry_attempts;
        let mut failed = 0;
        for delay in self.mapping.undocumented.retry_delays() {
            let is_over = window.end + RETENTION < self.clock.now();
            match self.invoke(shard_id, &[], Some(window)).await {
                Delivered::Done(state) => return take_state(Some(window), state),
                Delivered::Throttled => {}
                Delivered::FailedFrom(..) | Delivered::Failed => failed += 1,
            }
            if is_over || retries.is_some_and(|most| failed > most) {
                return;
            }
            sleep(delay).await;
        }
    }

    /// Drops the records that the stream no longer has, and gives up those that are too old for the
    /// mapping: each of them alone, and not the batch that it is in.
    fn drop_old_records(&self, shard_id: &Arc<str>, attempt: &mut Attempt) {
        let is_older = |record: &Entry, age: Duration| record.created_at + age < self.clock.now();
        let (trimmed, rest): (Vec<_>, Vec<_>) = mem::take(&mut attempt.records)
            .into_iter()
            .partition(|record| is_older(record, RETENTION));
        self.note(&trimmed, Fate::Trimmed);
        for record in rest {
            match self.mapping.maximum_record_age {
                Some(age) if is_older(&record, age) => {
                    let failed = attempt.failed;
                    let alone = Attempt { records: vec![record], failed, is_function_error: true };
                    self.give_up(shard_id, &alone, FailureCondition::RecordAgeExceeded);
                }
                _ => attempt.records.push(record),
            }
        }
    }

    fn give_up(&self, shard_id: &str, attempt: &Attempt, condition: FailureCondition) {
        let Some(destination) = self.mapping.on_failure else {
            self.note(&attempt.records, Fate::GivenUp);
            return;
        };
        self.note(&attempt.records, Fate::InDestination);
        let given_up = GivenUp {
            shard_id,
            records: &attempt.records,
            condition,
            invoke_count: attempt.failed,
            is_function_error: attempt.is_function_error,
            now: self.clock.now(),
        };
        self.report.borrow_mut().failures.push(given_up.write(destination));
    }

    async fn invoke(
        &self,
        shard_id: &Arc<str>,
        records: &[Entry],
        window: Option<&OpenWindow>,
    ) -> Delivered {
        let numbers: Vec<_> = records.iter().map(|record| record.number.clone()).collect();
        let invocation = self.begin(shard_id, &numbers, window);
        let payload = write_payload(records, window);
        let call = AssertUnwindSafe(async { (self.invoke)(payload).await }).catch_unwind();
        let response = timeout(self.mapping.function_timeout, call).await;
        let (outcome, delivered) = match response {
            Err(_) => (InvocationOutcome::TimedOut, Delivered::Failed),
            Ok(Ok(Ok(response))) => self.read(&response, &numbers, window.is_some()),
            Ok(Ok(Err(InvokeError::Throttled))) => {
                (InvocationOutcome::Throttled, Delivered::Throttled)
            }
            Ok(Ok(Err(InvokeError::Function)) | Err(_)) => {
                (InvocationOutcome::Failed, Delivered::Failed)
            }
        };
        self.report.borrow_mut().invocations[invocation].outcome = outcome;
        delivered
    }

    /// Adds an invocation to the report, and returns its position.
    fn begin(
        &self,
        shard_id: &Arc<str>,
        numbers: &[SequenceNumber],
        window: Option<&OpenWindow>,
    ) -> usize {
        let invocations = &mut self.report.borrow_mut().invocations;
        invocations.push(Invocation {
            started_at: self.clock.elapsed(),
            shard_id: Arc::clone(shard_id),
            sequence_numbers: numbers.to_vec(),
            is_final_for_window: window.is_some_and(|window| window.is_final),
            outcome: InvocationOutcome::Running,
        });
        invocations.len() - 1
    }

    fn read(
        &self,
        response: &str,
        numbers: &[SequenceNumber],
        has_window: bool,
    ) -> (InvocationOutcome, Delivered) {
        const FAILED: (InvocationOutcome, Delivered) =
            (InvocationOutcome::Failed, Delivered::Failed);
        let text = if response.trim().is_empty() { "null" } else { response };
        let Ok(response) = serde_json::from_str::<Value>(text) else { return FAILED };
        let answer = if self.mapping.reports_batch_item_failures {
            read_response(&response, numbers)
        } else {
            Answer::Done
        };
        let state = response.get("state").cloned();
        if has_window && state.is_none() {
            return FAILED;
        }
        match answer {
            Answer::Done => (InvocationOutcome::Succeeded, Delivered::Done(state)),
            Answer::FailedFrom(position) => {
                let number = numbers[position].clone();
                (InvocationOutcome::FailedFrom(number), Delivered::FailedFrom(position, state))
            }
            Answer::Failed => FAILED,
        }
    }
}

fn take_state(window: Option<&mut OpenWindow>, state: Option<Value>) {
    if let (Some(window), Some(state)) = (window, state) {
        window.take_state(state);
    }
}

/// Settings for the behaviour that Lambda's documentation does not describe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undocumented {
    /// Whether the retries are counted anew when a partial response has named a later record than
    /// the first one of the batch. By default, they are not.
    pub progress_resets_attempts: bool,
    /// The time from a failed invocation to the first retry: half a second by default. It doubles
    /// with each retry.
    pub first_retry_delay: Duration,
    /// The longest time from a failed invocation to the next retry: a minute by default.
    pub longest_retry_delay: Duration,
}

impl Default for Undocumented {
    fn default() -> Self {
        Self {
            progress_resets_attempts: false,
            first_retry_delay: Duration::from_millis(500),
            longest_retry_delay: Duration::from_secs(60),
        }
    }
}

impl Undocumented {
    /// The times before the retries. None of them is zero: retries without a limit end when the
    /// records are too old.
    fn retry_delays(self) -> impl Iterator<Item = Duration> {
        let longest = self.longest_retry_delay.max(Duration::from_millis(1));
        let first = self.first_retry_delay.clamp(Duration::from_millis(1), longest);
        iter::successors(Some(first), move |delay| Some((*delay * 2).min(longest)))
    }
}
