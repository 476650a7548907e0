//! The time and the memory of an invocation.

use std::time::{Instant, SystemTime};

use ddb_core::export::LineError;

use super::bad_lines::BadLines;
use crate::backfill::Error;
use crate::backfill::lines::Observer;

/// An invocation that handles the lines of a data file.
pub struct Invocation {
    /// When to stop.
    end: Instant,
    pub bad_lines: BadLines,
}

impl Invocation {
    /// Begins an invocation, which stops when nine tenths of its time are over. The rest is for the
    /// last call of the handler, and to store the bad lines.
    pub fn new(deadline: SystemTime, bad_lines: BadLines) -> Self {
        let left = deadline.duration_since(SystemTime::now()).unwrap_or_default();
        Self { end: Instant::now() + left / 10 * 9, bad_lines }
    }
}

impl Observer for Invocation {
    fn is_stopped(&self) -> bool {
        self.bad_lines.is_full() || Instant::now() >= self.end
    }

    fn keep(&mut self, error: &LineError) -> Result<(), Error> {
        self.bad_lines.add(error);
        Ok(())
    }

    fn advance(&mut self, _: u64) -> Result<(), Error> {
        Ok(())
    }
}
