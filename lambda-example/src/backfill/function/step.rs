//! What the state machine and the function pass to each other.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The part of a data file that an invocation begins with.
#[derive(Debug, Deserialize)]
pub struct Step {
    /// The bucket of the export.
    pub bucket: String,
    /// The content of `manifest-summary.json`.
    pub summary: Box<RawValue>,
    /// The line of `manifest-files.json` with the data file.
    pub file: Box<RawValue>,
    /// The answer of the invocation before.
    pub progress: Progress,
}

/// How far a data file is handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// The number of lines that are handled, including those that do not fit.
    pub handled_lines: u64,
    /// The number of lines that do not fit.
    pub bad_lines: u64,
    /// Whether every line is handled, and the file is as the manifest describes it.
    pub is_done: bool,
}
