//! The payload of an invocation.

use chrono::SecondsFormat;
use serde_json::{Value, json};

use super::clock::to_rfc3339;
use super::poller::Entry;
use super::window::OpenWindow;

/// The largest payload of an invocation, see
/// [Lambda quotas](https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
pub const MOST_BYTES: usize = 6 * 1024 * 1024;

const HEAD: &str = r#"{"Records":["#;
const TAIL: &str = "]}";

/// The bytes that the payload has beside its records and the commas behind them.
pub const FRAME_BYTES: usize = HEAD.len() + TAIL.len();

pub fn write_payload(records: &[Entry], window: Option<&OpenWindow>) -> String {
    let texts: Vec<&str> = records.iter().map(|record| &*record.text).collect();
    let mut payload = format!("{HEAD}{}{TAIL}", texts.join(","));
    if let Some(window) = window {
        payload.pop();
        let members = write_window(window).to_string();
        payload.push(',');
        payload.push_str(&members[1..]);
    }
    payload
}

/// The members of a payload about its tumbling window, see
/// [Tumbling windows](https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html).
fn write_window(window: &OpenWindow) -> Value {
    let time = |date| to_rfc3339(date, SecondsFormat::Secs);
    json!({
        "window": {"start": time(window.start), "end": time(window.end)},
        "state": window.state,
        "shardId": &*window.shard_id,
        "eventSourceARN": window.stream_arn.as_deref(),
        "isFinalInvokeForWindow": window.is_final,
        "isWindowTerminatedEarly": window.is_terminated_early,
    })
}
