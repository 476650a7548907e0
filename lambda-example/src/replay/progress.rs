//! How far an object is handled.

use ddb_core::event::SequenceNumber;
use serde::{Deserialize, Serialize};

/// The sequence numbers of the records of an object that are not handled: one that failed and those
/// behind it, and those that were left out. Every other record of the object is handled.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    unhandled: Vec<String>,
}

impl Progress {
    /// Every record is handled but these.
    pub fn without(unhandled: &[&SequenceNumber]) -> Self {
        Self { unhandled: unhandled.iter().map(ToString::to_string).collect() }
    }

    /// Whether the record with this number is handled.
    pub fn includes(&self, number: &SequenceNumber) -> bool {
        self.unhandled.iter().all(|unhandled| unhandled != number.as_str())
    }
}
