//! The records that a handler has handled.

use std::sync::{Arc, Mutex, PoisonError};

use crate::event::{RecordMeta, SequenceNumber};

/// A list of the records that a handler has handled, in order, for the assertions of a
/// [`MappingReport`](super::MappingReport).
///
/// Without it, an assertion believes the answers of the function: it cannot know that a function
/// has reported success for a record that it has never seen. Clones share the list.
#[derive(Clone, Debug, Default)]
pub struct Handled(Arc<Mutex<Vec<SequenceNumber>>>);

impl Handled {
    /// Creates an empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a record, once everything about it is done. A quarantine adds the records that it
    /// stores.
    ///
    /// A record without a sequence number is not added.
    pub fn add(&self, meta: &RecordMeta) {
        if let Some(number) = &meta.sequence_number {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(number.clone());
        }
    }

    /// The numbers of the records, in the order in which they were added.
    #[must_use]
    pub fn sequence_numbers(&self) -> Vec<SequenceNumber> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
