//! The error for a text that is not a failure record.

use std::error::Error;
use std::fmt;

use crate::event::error::EventError;

/// The error for a text that is not the record of a failed batch.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailureError {
    /// The text is not JSON.
    #[non_exhaustive]
    NotJson {
        /// The position of the syntax error, in bytes from the beginning of the text.
        offset: usize,
    },
    /// The text is JSON, and not a failure record.
    #[non_exhaustive]
    NotAFailureRecord {
        /// The kind of text that it looks like, and how to decode that.
        looks_like: &'static str,
    },
    /// The payload of the failure record is not an event of a stream.
    Payload(EventError),
}

impl fmt::Display for FailureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson { offset } => write!(f, "not JSON, from byte {offset} on"),
            Self::NotAFailureRecord { looks_like } => {
                write!(f, "not a failure record, but {looks_like}")
            }
            Self::Payload(error) => write!(f, "payload of the failure record: {error}"),
        }
    }
}

impl Error for FailureError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Payload(error) => Some(error),
            Self::NotJson { .. } | Self::NotAFailureRecord { .. } => None,
        }
    }
}
