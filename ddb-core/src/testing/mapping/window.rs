//! A tumbling window that is open.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

/// The largest state of a window. A larger one ends the window early, see
/// [Tumbling windows](https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html).
const MOST_STATE_BYTES: usize = 1024 * 1024;

#[derive(Debug)]
pub struct OpenWindow {
    pub start: SystemTime,
    pub end: SystemTime,
    pub state: Value,
    pub shard_id: Arc<str>,
    pub stream_arn: Option<Arc<str>>,
    pub is_final: bool,
    pub is_terminated_early: bool,
}

impl OpenWindow {
    /// The window that contains this time. Windows follow each other without a gap, from 1970 on.
    pub fn containing(
        time: SystemTime,
        length: Duration,
        shard_id: &Arc<str>,
        stream_arn: Option<&Arc<str>>,
    ) -> Self {
        let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let start = since.as_secs() / length.as_secs() * length.as_secs();
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(start);
        Self {
            start,
            end: start + length,
            state: json!({}),
            shard_id: Arc::clone(shard_id),
            stream_arn: stream_arn.cloned(),
            is_final: false,
            is_terminated_early: false,
        }
    }

    /// Takes the state of a response.
    pub fn take_state(&mut self, state: Value) {
        self.is_terminated_early = state.to_string().len() > MOST_STATE_BYTES;
        self.state = state;
    }
}
