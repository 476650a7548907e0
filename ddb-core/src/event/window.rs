//! Tumbling windows: functions that carry a state from batch to batch.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use serde_core::de::DeserializeOwned;

/// What a payload of a function with a tumbling window says of it, see
/// [Tumbling windows](https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html).
///
/// `Debug` does not show the state.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Window {
    /// When the window begins.
    pub start: Option<SystemTime>,
    /// When the window ends.
    pub end: Option<SystemTime>,
    /// The shard of the records.
    pub shard_id: Option<Arc<str>>,
    /// The stream of the records.
    pub event_source_arn: Option<Arc<str>>,
    /// `isFinalInvokeForWindow`: no further batch of this window comes, and its state is final.
    pub is_final: bool,
    /// `isWindowTerminatedEarly`: the state has become too large, and the window goes on with a
    /// fresh one.
    pub is_terminated_early: bool,
    /// JSON text.
    pub(super) state: Option<Box<str>>,
}

impl Window {
    /// The state that the last response had; for the first batch of a window it is an empty object.
    ///
    /// # Errors
    ///
    /// It is not what `S` is deserialized from. The error does not repeat what it is.
    pub fn read_state<S: DeserializeOwned>(&self) -> Result<S, StateError> {
        serde_json::from_str(self.raw_state())
            .map_err(|error| StateError { column: error.column() })
    }

    /// The state as JSON.
    #[must_use]
    pub fn raw_state(&self) -> &str {
        self.state.as_deref().unwrap_or("{}")
    }
}

/// The state of a window that is not what it is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateError {
    column: usize,
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the window's state is not of the type that it is read as, from column {} on",
            self.column
        )
    }
}

impl std::error::Error for StateError {}

impl fmt::Debug for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Window")
            .field("start", &self.start)
            .field("end", &self.end)
            .field("shard_id", &self.shard_id)
            .field("event_source_arn", &self.event_source_arn)
            .field("is_final", &self.is_final)
            .field("is_terminated_early", &self.is_terminated_early)
            .finish_non_exhaustive()
    }
}
