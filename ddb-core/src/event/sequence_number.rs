//! Sequence numbers, by which failures are reported.

use std::cmp::Ordering;
use std::error::Error;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

/// The sequence number of a record in its shard: a decimal number, of 21 to 40 digits in DynamoDB
/// Streams and of 56 in Kinesis.
///
/// Numbers compare by value, whatever their length, and leading zeros do not count, see
/// [`SequenceNumber`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html).
///
/// ```
/// use ddb_core::event::SequenceNumber;
///
/// let sooner: SequenceNumber = "999".parse()?;
/// let later: SequenceNumber = "4421584500000000017450439091".parse()?;
/// assert!(sooner < later);
/// assert_eq!(later.as_str(), "4421584500000000017450439091");
/// assert!("49-a".parse::<SequenceNumber>().is_err());
/// # Ok::<(), ddb_core::event::ParseSequenceNumberError>(())
/// ```
#[derive(Clone)]
pub struct SequenceNumber(Arc<str>);

/// The error for a text that is empty or contains anything other than the digits 0 to 9.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseSequenceNumberError;

impl SequenceNumber {
    /// The digits, exactly as in the record.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn digits(&self) -> &str {
        self.0.trim_start_matches('0')
    }
}

impl FromStr for SequenceNumber {
    type Err = ParseSequenceNumberError;

    fn from_str(text: &str) -> Result<Self, ParseSequenceNumberError> {
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ParseSequenceNumberError);
        }
        Ok(Self(text.into()))
    }
}

impl Ord for SequenceNumber {
    fn cmp(&self, other: &Self) -> Ordering {
        let (one, other) = (self.digits(), other.digits());
        one.len().cmp(&other.len()).then_with(|| one.cmp(other))
    }
}

impl PartialOrd for SequenceNumber {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for SequenceNumber {
    fn eq(&self, other: &Self) -> bool {
        self.digits() == other.digits()
    }
}

impl Eq for SequenceNumber {}

impl Hash for SequenceNumber {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digits().hash(state);
    }
}

impl fmt::Display for SequenceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SequenceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for ParseSequenceNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a sequence number: expected decimal digits")
    }
}

impl Error for ParseSequenceNumberError {}
