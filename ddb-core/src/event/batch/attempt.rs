//! The attempt to handle one record: it catches panics and logs the failure.

use std::fmt;
use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

use futures_util::FutureExt as _;

use crate::event::error::RecordError;
use crate::event::meta::{EventName, RecordMeta};
use crate::event::record::StreamRecord;
use crate::event::sequence_number::SequenceNumber;

/// A record of an event, or the error of decoding it.
pub(super) type Outcome<T, O> = Result<StreamRecord<T, O>, RecordError>;

/// The metadata of a record, decoded or not.
pub(super) fn meta_of<T, O>(record: &Outcome<T, O>) -> &RecordMeta {
    record.as_ref().map_or_else(|error| &*error.meta, |record| &record.meta)
}

/// The error of a handler and of an invocation, identical to `lambda_runtime::Error`.
pub(in crate::event) type Error = Box<dyn std::error::Error + Send + Sync>;

/// A record that has failed. Its failure is already logged.
pub struct Failure {
    pub(super) record: RecordName,
    pub(super) cause: Error,
}

/// The identifiers of a record for the log and the response, kept because the handler takes the
/// record.
pub struct RecordName {
    pub(super) event_id: Option<Arc<str>>,
    pub(super) kinesis_event_id: Option<Arc<str>>,
    pub(super) sequence_number: Option<SequenceNumber>,
    event_name: Option<EventName>,
    event_source_arn: Option<Arc<str>>,
}

/// The outcome of a handler. A bare `Result` would leave a lifetime in the boxed error, and the
/// compiler could no longer prove that the future of `process` is `Send`.
pub struct Handled(pub(super) Result<(), Error>);

/// Runs a handler. The future must include the call of the handler, so that a panic in the call
/// itself is caught as well.
pub(super) async fn handle(
    name: RecordName,
    handler: impl Future<Output = Handled>,
) -> Result<(), Failure> {
    catch_panic(Panicked::Handler, handler).await.map_err(|cause| name.fail(cause))
}

/// Fails a record that could not be decoded, where there is no quarantine.
pub(super) async fn fail_poison(error: RecordError) -> Result<(), Failure> {
    let name = RecordName::of(&error.meta);
    name.log_failed(&error.kind().to_string(), None);
    Err(Failure { record: name, cause: error.into() })
}

/// Passes a record that could not be decoded to the quarantine.
pub(super) async fn quarantine_poison<Q>(error: RecordError, quarantine: &Q) -> Result<(), Failure>
where
    Q: AsyncFn(RecordError) -> Result<(), Error>,
{
    let name = RecordName::of(&error.meta);
    let reason = error.kind().to_string();
    match catch_panic(Panicked::Quarantine, async { Handled(quarantine(error).await) }).await {
        Ok(()) => {
            name.log_quarantined(&reason);
            Ok(())
        }
        Err(cause) => {
            name.log_failed(&reason, Some(&describe(&*cause)));
            Err(Failure { record: name, cause })
        }
    }
}

/// Turns a panic into an error, so that the panic fails only its own record.
///
/// `AssertUnwindSafe`: a handler has to keep its shared state consistent itself, as it has to
/// between invocations.
async fn catch_panic(
    panicked: Panicked,
    future: impl Future<Output = Handled>,
) -> Result<(), Error> {
    match AssertUnwindSafe(future).catch_unwind().await {
        Ok(Handled(outcome)) => outcome,
        Err(payload) => {
            // Dropping the payload could panic again, outside `catch_unwind`.
            mem::forget(payload);
            Err(panicked.into())
        }
    }
}

impl RecordName {
    pub(super) fn of_outcome<T, O>(record: &Outcome<T, O>) -> Self {
        Self::of(meta_of(record))
    }

    pub(super) fn of(meta: &RecordMeta) -> Self {
        Self {
            event_id: meta.event_id.clone(),
            kinesis_event_id: meta.kinesis_event_id.clone(),
            sequence_number: meta.sequence_number.clone(),
            event_name: meta.event_name,
            event_source_arn: meta.event_source_arn.clone(),
        }
    }

    /// Opens the span of the record, inside the current one.
    pub(super) fn open_span(&self) -> tracing::Span {
        tracing::info_span!(
            target: "ddb_core",
            "record",
            event_id = self.event_id.as_deref(),
            event_name = self.event_name.map(EventName::as_str),
            sequence_number = self.sequence_number.as_ref().map(SequenceNumber::as_str),
        )
    }

    fn fail(self, cause: Error) -> Failure {
        self.log_failed(&describe(&*cause), None);
        Failure { record: self, cause }
    }

    fn log_failed(&self, error: &str, quarantine: Option<&str>) {
        tracing::error!(
            target: "ddb_core",
            event_id = self.event_id.as_deref(),
            event_name = self.event_name.map(EventName::as_str),
            sequence_number = self.sequence_number.as_ref().map(SequenceNumber::as_str),
            event_source_arn = self.event_source_arn.as_deref(),
            error,
            quarantine,
            "record failed"
        );
    }

    fn log_quarantined(&self, error: &str) {
        tracing::warn!(
            target: "ddb_core",
            event_id = self.event_id.as_deref(),
            event_name = self.event_name.map(EventName::as_str),
            sequence_number = self.sequence_number.as_ref().map(SequenceNumber::as_str),
            event_source_arn = self.event_source_arn.as_deref(),
            error,
            "record quarantined"
        );
    }
}

/// The error for a panic. It omits the panic message, which the panic hook has written to stderr.
#[derive(Debug)]
enum Panicked {
    Handler,
    Quarantine,
}

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Handler => "the handler panicked",
            Self::Quarantine => "the quarantine panicked",
        })
    }
}

impl std::error::Error for Panicked {}

/// The largest number of errors in one chain of sources that is logged.
const LOGGED_CAUSES: usize = 16;

/// Formats the error with its chain of sources, even if the `Display` of one of them panics.
fn describe(error: &(dyn std::error::Error + 'static)) -> String {
    let describe = || {
        let chain = std::iter::successors(Some(error), |error| error.source()).take(LOGGED_CAUSES);
        chain.map(ToString::to_string).collect::<Vec<_>>().join(": ")
    };
    panic::catch_unwind(AssertUnwindSafe(describe)).unwrap_or_else(|payload| {
        mem::forget(payload);
        "an error whose message panicked".to_owned()
    })
}
