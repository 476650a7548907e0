//! Payloads that are not events, and records that cannot be decoded.

use std::error::Error;
use std::fmt;

use crate::error::ImageError;
use crate::event::meta::{RecordMeta, ViewType, cut_name};

/// A payload that cannot be decoded as an event. It fails as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventError {
    /// It is not JSON.
    #[non_exhaustive]
    NotJson {
        /// Where, in bytes from its beginning.
        offset: usize,
    },
    /// It has no array of records.
    NoRecords,
    /// It has two arrays of records.
    RepeatedRecords,
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson { offset } => write!(f, "the payload is not JSON, from byte {offset} on"),
            Self::NoRecords => {
                f.write_str("the payload has no array of records: ")?;
                f.write_str("expected {\"Records\": […]}, or the array alone")
            }
            Self::RepeatedRecords => f.write_str("the payload has two arrays of records"),
        }
    }
}

impl Error for EventError {}

/// A record that could not be decoded, with what is known of it.
///
/// `Display` reads `event 4b25bd0d, sequence number 4421584500000000017450439091, MODIFY: new
/// image: lines[1].qty: expected N (u32), found S`. Neither it nor `Debug` contains an attribute's
/// value; [`raw_json`](Self::raw_json) does.
pub struct RecordError {
    /// What the record says of itself, as far as it could be read.
    pub meta: Box<RecordMeta>,
    kind: RecordErrorKind,
    raw_json: Box<str>,
}

impl RecordError {
    pub(super) fn new(meta: RecordMeta, kind: RecordErrorKind, raw_json: String) -> Self {
        Self { meta: Box::new(meta), kind, raw_json: raw_json.into() }
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &RecordErrorKind {
        &self.kind
    }

    /// The part of the record that does not fit: of several, the first in the order of
    /// [`RecordPart`].
    #[must_use]
    pub fn part(&self) -> Option<RecordPart> {
        self.parts().first().map(|&(part, _)| part)
    }

    /// Every problem of that part, if it is there to be read.
    #[must_use]
    pub fn image_error(&self) -> Option<&ImageError> {
        match self.parts().first()? {
            (_, ImageProblem::Mismatch(error)) => Some(error),
            _ => None,
        }
    }

    /// The record as it was in the payload, attribute values included: for storage that may hold
    /// item data, not for a log.
    ///
    /// Of a record that came out of an `aws_lambda_events` event, it is that record as JSON again.
    #[must_use]
    pub fn raw_json(&self) -> &str {
        &self.raw_json
    }

    fn parts(&self) -> &[(RecordPart, ImageProblem)] {
        match &self.kind {
            RecordErrorKind::Images(parts) => parts,
            _ => &[],
        }
    }
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.meta.event_id {
            Some(event_id) => write!(f, "event {event_id}")?,
            None => f.write_str("event without an id")?,
        }
        match &self.meta.sequence_number {
            Some(number) => write!(f, ", sequence number {number}")?,
            None => f.write_str(", no sequence number")?,
        }
        if let Some(name) = self.meta.event_name {
            write!(f, ", {name}")?;
        }
        write!(f, ": {}", self.kind)
    }
}

impl fmt::Debug for RecordError {
    /// Delegates to `Display`: a derived `Debug` would be in every binary.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecordError({self})")
    }
}

impl Error for RecordError {}

/// What is wrong with a record.
#[derive(Debug)]
#[non_exhaustive]
pub enum RecordErrorKind {
    /// The record is not a JSON object.
    NotARecord,
    /// It is a record of Kinesis, in a [`StreamEvent`](crate::StreamEvent).
    KinesisRecord,
    /// It is a record of DynamoDB Streams, in a [`KinesisStreamEvent`](crate::KinesisStreamEvent).
    DynamoDbRecord,
    /// It has no `dynamodb` object.
    NoChange,
    /// It has no `eventName`.
    NoEventName,
    /// Its `eventName`, of which this is the beginning, is none of `INSERT`, `MODIFY` and `REMOVE`.
    UnknownEventName(String),
    /// It has two members of this name, of which one would be lost. DynamoDB never sends that.
    RepeatedMember(&'static str),
    /// Its images or its keys do not fit. Never empty.
    Images(Vec<(RecordPart, ImageProblem)>),
    /// A record of Kinesis without `data`.
    NoData,
    /// A record of Kinesis whose `data` is not base64.
    NotBase64,
    /// A record of Kinesis whose `data` is not JSON: another producer writes to the same stream.
    NotJson,
}

impl RecordErrorKind {
    pub(super) fn unknown_event_name(name: &str) -> Self {
        Self::UnknownEventName(cut_name(name).to_owned())
    }
}

impl fmt::Display for RecordErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotARecord => f.write_str("not a record: expected a JSON object"),
            Self::KinesisRecord => {
                f.write_str("a record of Kinesis: read the event as `KinesisStreamEvent`")
            }
            Self::DynamoDbRecord => {
                f.write_str("a record of DynamoDB Streams: read the event as `StreamEvent`")
            }
            Self::NoChange => {
                f.write_str("not a DynamoDB record: expected a `dynamodb` object in it")
            }
            Self::NoEventName => f.write_str("no event name: expected INSERT, MODIFY or REMOVE"),
            Self::UnknownEventName(name) => {
                write!(f, "unknown event name {name:?}: expected INSERT, MODIFY or REMOVE")
            }
            Self::RepeatedMember(name) => write!(f, "not a record: `{name}` appears twice in it"),
            Self::Images(parts) => {
                for (index, (part, problem)) in parts.iter().enumerate() {
                    let separator = if index > 0 { "; " } else { "" };
                    write!(f, "{separator}{part}: {problem}")?;
                }
                Ok(())
            }
            Self::NoData => f.write_str("not a Kinesis record: expected `data` in it"),
            Self::NotBase64 => f.write_str("not a Kinesis record: expected base64 in its `data`"),
            Self::NotJson => f.write_str(
                "not a DynamoDB record: expected JSON in its `data`; keep other producers out of the \
                 stream, or quarantine it",
            ),
        }
    }
}

/// A part of a record that is made of attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RecordPart {
    /// `NewImage`: the item after the change.
    NewImage,
    /// `OldImage`: the item before the change.
    OldImage,
    /// `Keys`: the item's key attributes.
    Keys,
}

impl fmt::Display for RecordPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NewImage => "new image",
            Self::OldImage => "old image",
            Self::Keys => "keys",
        })
    }
}

/// What is wrong with an image, or with the keys.
#[derive(Debug)]
#[non_exhaustive]
pub enum ImageProblem {
    /// The image is missing or `null`, although the stream's view type includes it or is unknown.
    #[non_exhaustive]
    Missing {
        /// Whether it is `null`.
        is_null: bool,
        /// Which images the stream captures, as the record says.
        view_type: Option<ViewType>,
    },
    /// The stream does not capture it.
    #[non_exhaustive]
    NotCaptured {
        /// Whether it is `null`.
        is_null: bool,
        /// Which images the stream captures.
        view_type: ViewType,
        /// Which view types capture all that the event's types ask for.
        needed: &'static [ViewType],
    },
    /// It is something else than an object.
    NotAnObject,
    /// It is there and does not fit its type.
    Mismatch(ImageError),
}

impl fmt::Display for ImageProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const REMEDY: &str = "or map it to an `Option<_>` or to `Ignored`";
        match self {
            Self::NotCaptured { is_null, view_type, needed } => {
                let null = if *is_null { "null and " } else { "" };
                write!(f, "{null}not captured, the stream's view type is {view_type}; make it ")?;
                write_view_types(f, needed)?;
                write!(f, ", {REMEDY}")
            }
            Self::Missing { is_null, view_type } => {
                f.write_str(if *is_null { "null instead of an image" } else { "missing" })?;
                if let Some(view_type) = view_type {
                    write!(f, ", the stream's view type is {view_type}")?;
                }
                write!(f, "; repair the producer, {REMEDY}")
            }
            Self::NotAnObject => f.write_str("expected a JSON object of attributes"),
            Self::Mismatch(error) => write!(f, "{error}"),
        }
    }
}

fn write_view_types(f: &mut fmt::Formatter<'_>, view_types: &[ViewType]) -> fmt::Result {
    for (index, view_type) in view_types.iter().enumerate() {
        let separator = if index > 0 { " or " } else { "" };
        write!(f, "{separator}{view_type}")?;
    }
    Ok(())
}
