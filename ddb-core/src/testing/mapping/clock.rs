//! The time of a simulation.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, SecondsFormat, Utc};
use tokio::time::{Instant, sleep_until};

/// Lambda reads each shard four times a second, see
/// [Polling and batching streams](https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html#dynamodb-polling-and-batching).
const POLL_INTERVAL: Duration = Duration::from_millis(250);

/// The clock of `tokio`, which is paused in most tests, with the date that it began at.
pub struct Clock {
    start: Instant,
    date: SystemTime,
}

impl Clock {
    pub fn start_at(date: SystemTime) -> Self {
        Self { start: Instant::now(), date }
    }

    /// The time since the start.
    pub fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    pub fn now(&self) -> SystemTime {
        self.date + self.elapsed()
    }

    pub async fn wait_until(&self, date: SystemTime) {
        if let Ok(time) = date.duration_since(self.date) {
            sleep_until(self.start + time).await;
        }
    }

    /// Waits until the first poll at or after this date. The first poll is at the start.
    pub async fn wait_for_poll(&self, date: SystemTime) {
        if date <= self.now() {
            return;
        }
        let time = date.duration_since(self.date).unwrap_or_default();
        let polls = time.as_nanos().div_ceil(POLL_INTERVAL.as_nanos());
        let polls = u32::try_from(polls).unwrap_or(u32::MAX);
        sleep_until(self.start + POLL_INTERVAL * polls).await;
    }
}

/// Writes a date as payloads and failure records have it.
pub fn to_rfc3339(date: SystemTime, format: SecondsFormat) -> String {
    DateTime::<Utc>::from(date).to_rfc3339_opts(format, true)
}
