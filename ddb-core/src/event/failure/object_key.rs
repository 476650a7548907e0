//! The key of a failure record in S3.

use std::error::Error;
use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

use chrono::NaiveDateTime;

/// The key under which an event source mapping writes a failure record to S3:
/// `aws/lambda/<mapping>/<shard>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<id>`, see
/// [Retaining discarded batches](https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html).
///
/// ```
/// use ddb_core::event::FailureObjectKey;
///
/// let key: FailureObjectKey = "aws/lambda/d6a4e8a0-6a4c-4a71-9d4f-6a2b1c3d4e5f/\
///     shardId-00000001573689847184-864758bb/2026/01/02/\
///     2026-01-02T03.04.05-0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0"
///     .parse()?;
/// assert_eq!(key.mapping, "d6a4e8a0-6a4c-4a71-9d4f-6a2b1c3d4e5f");
/// assert_eq!(key.shard_id, "shardId-00000001573689847184-864758bb");
/// # Ok::<(), ddb_core::event::ParseFailureObjectKeyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FailureObjectKey {
    /// The UUID of the event source mapping.
    pub mapping: String,
    /// The shard of the batch.
    pub shard_id: String,
    /// The time at which the object was written, in whole seconds.
    pub time: SystemTime,
    /// The random UUID at the end, which tells objects of the same second apart.
    pub id: String,
}

/// The error for a key that is not the one of a failure record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseFailureObjectKeyError;

impl FromStr for FailureObjectKey {
    type Err = ParseFailureObjectKeyError;

    fn from_str(key: &str) -> Result<Self, ParseFailureObjectKeyError> {
        parse(key).ok_or(ParseFailureObjectKeyError)
    }
}

fn parse(key: &str) -> Option<FailureObjectKey> {
    let parts: Vec<&str> = key.split('/').collect();
    let ["aws", "lambda", mapping, shard_id, year, month, day, name] = parts[..] else {
        return None;
    };
    let (time, rest) = NaiveDateTime::parse_and_remainder(name, "%Y-%m-%dT%H.%M.%S").ok()?;
    let id = rest.strip_prefix('-')?;
    let is_consistent = name.get(..10) == Some(&*format!("{year}-{month}-{day}"));
    let is_complete = [mapping, shard_id, id].iter().all(|part| !part.is_empty());
    (is_consistent && is_complete).then(|| FailureObjectKey {
        mapping: mapping.to_owned(),
        shard_id: shard_id.to_owned(),
        time: time.and_utc().into(),
        id: id.to_owned(),
    })
}

impl fmt::Display for ParseFailureObjectKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the key of a failure record: expected ")?;
        f.write_str("aws/lambda/<mapping>/<shard>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<id>")
    }
}

impl Error for ParseFailureObjectKeyError {}
