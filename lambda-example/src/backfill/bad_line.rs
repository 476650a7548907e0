//! A line that does not fit.

use ddb_core::export::LineError;
use serde_json::json;

/// A JSON line about a line of a data file that does not fit, with the reason and the values of its
/// item.
pub fn to_json_line(file: &str, error: &LineError) -> String {
    let line = json!({
        "file": file,
        "line": error.number(),
        "error": error.kind().to_string(),
        "text": error.raw_json(),
    });
    format!("{line}\n")
}
