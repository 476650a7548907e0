//! How far the records of an object are handled.

use ddb_core::event::SequenceNumber;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Every record before the one with this sequence number is handled.
    Before(String),
    Whole,
}

impl Progress {
    pub fn before(number: &SequenceNumber) -> Self {
        Self::Before(number.to_string())
    }

    /// Whether the record with this number is handled.
    pub fn includes(&self, number: &SequenceNumber) -> bool {
        match self {
            Self::Before(failed) => failed.parse().is_ok_and(|failed| *number < failed),
            Self::Whole => true,
        }
    }
}
