//! Tumbling windows, in which a Lambda carries a state from batch to batch.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use serde_core::de::DeserializeOwned;

/// The tumbling window of a batch, see
/// [Tumbling windows](https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html).
///
/// Lambda delivers the batches of a window one after the other, with the state that the last
/// response had, and finally a batch with [`is_final`](Self::is_final), which may have no records.
/// Read the state with [`read_state`](Self::read_state), process the batch, and answer with a
/// [`WindowResponse`](crate::WindowResponse), whose documentation has an example.
///
/// The default has an empty state. `Debug` does not show the state.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Window {
    /// The beginning of the window.
    pub start: Option<SystemTime>,
    /// The end of the window.
    pub end: Option<SystemTime>,
    /// The id of the shard that the records come from.
    pub shard_id: Option<Arc<str>>,
    /// The ARN of the stream that the records come from.
    pub event_source_arn: Option<Arc<str>>,
    /// `isFinalInvokeForWindow`: this is the last batch of the window, and the state is final.
    pub is_final: bool,
    /// `isWindowTerminatedEarly`: the window ends before its time, because the state has become too
    /// large.
    pub is_terminated_early: bool,
    /// The JSON text of the state. `None` if the payload has no state, or `null`.
    pub(super) state: Option<Box<str>>,
}

impl Window {
    /// Deserializes the state of the last response.
    ///
    /// The state of the first batch of a window is an empty object, `{}`. `S` must therefore be a
    /// type that `{}` deserializes to, such as a map or a struct whose fields have defaults.
    ///
    /// # Errors
    ///
    /// Returns an error if the state cannot be deserialized as an `S`. The error does not contain
    /// the state.
    pub fn read_state<S: DeserializeOwned>(&self) -> Result<S, StateError> {
        serde_json::from_str(self.raw_state())
            .map_err(|error| StateError { column: error.column() })
    }

    /// The JSON text of the state, `{}` if the payload has none.
    #[must_use]
    pub fn raw_state(&self) -> &str {
        self.state.as_deref().unwrap_or("{}")
    }
}

/// The error for a window's state that cannot be deserialized as the requested type.
///
/// Neither `Display` nor `Debug` contains the state.
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
