//! The errors of reading an export.

use std::error::Error;
use std::fmt;
use std::io;

use crate::RecordError;
use crate::event::RecordErrorKind;

/// The error of reading a data file of an export.
///
/// After a [`Line`](Self::Line), reading continues with the next line. Any other error ends it, and
/// the lines so far are not the whole file.
#[derive(Debug)]
#[non_exhaustive]
pub enum ExportError {
    /// A line cannot be decoded.
    Line(LineError),
    /// The file cannot be read, or is not gzip to its end.
    Read(io::Error),
    /// A line is longer than any item can be.
    #[non_exhaustive]
    LineTooLong {
        /// The number of the line, from 1 on.
        number: u64,
    },
    /// The format of the file is Amazon Ion.
    Ion,
    /// The file does not have the number of items that the manifest states.
    #[non_exhaustive]
    ItemCount {
        /// The number of items in the manifest.
        expected: u64,
        /// The number of lines in the file.
        found: u64,
    },
    /// The file does not have the MD5 checksum that the manifest states.
    Checksum,
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(error) => write!(f, "{error}"),
            Self::Read(error) => write!(f, "the file cannot be read to its end: {error}"),
            Self::LineTooLong { number } => write!(
                f,
                "line {number} is too long for an item: expected a data file of an export"
            ),
            Self::Ion => f.write_str("the file is Amazon Ion: export again as DYNAMODB_JSON"),
            Self::ItemCount { expected, found } => write!(
                f,
                "the manifest states {expected} items, and the file has {found}: download it again"
            ),
            Self::Checksum => f.write_str(
                "the file does not have the MD5 checksum that the manifest states: download it \
                 again",
            ),
        }
    }
}

impl Error for ExportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Line(error) => Some(error),
            Self::Read(error) => Some(error),
            _ => None,
        }
    }
}

/// The error for a line of an export that could not be decoded, with its number and its text.
///
/// `Display` writes `line 17: new image: lines[1].qty: expected N (u32), found S`. Neither
/// `Display` nor `Debug` contains an attribute's value; [`raw_json`](Self::raw_json) does.
pub struct LineError {
    number: u64,
    error: RecordError,
}

impl LineError {
    pub(super) fn new(number: u64, error: RecordError) -> Self {
        Self { number, error }
    }

    /// The number of the line in its file, from 1 on.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The reason why the line could not be decoded.
    #[must_use]
    pub fn kind(&self) -> &RecordErrorKind {
        self.error.kind()
    }

    /// The text of the line, attribute values included. Store it only where item data may be kept.
    #[must_use]
    pub fn raw_json(&self) -> &str {
        self.error.raw_json()
    }

    /// The error of a record, for the quarantine that a function has for its stream.
    #[must_use]
    pub fn into_record_error(self) -> RecordError {
        self.error
    }
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.number, self.kind())
    }
}

impl fmt::Debug for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LineError({self})")
    }
}

impl Error for LineError {}
