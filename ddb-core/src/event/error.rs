//! The errors for a payload that is not an event, and for a record that cannot be decoded.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use crate::error::ImageError;
use crate::event::meta::{RecordMeta, ViewType, cut_name};

/// The error for a payload that cannot be decoded as an event.
///
/// None of the payload's records reaches a handler. A record that cannot be decoded is a
/// [`RecordError`] instead.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventError {
    /// The payload is not JSON.
    #[non_exhaustive]
    NotJson {
        /// The position of the syntax error, in bytes from the beginning of the payload.
        offset: usize,
    },
    /// The payload does not contain an array of records.
    NoRecords,
    /// The payload has more than one array of records.
    RepeatedRecords,
    /// Every record names another service as its source, and none has data of DynamoDB or Kinesis:
    /// the payload is an event of that service.
    #[non_exhaustive]
    OtherSource {
        /// The source of the last record, such as `aws:sqs`.
        source: Arc<str>,
    },
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotJson { offset } => {
                return write!(f, "the payload is not JSON, from byte {offset} on");
            }
            Self::OtherSource { source } => {
                let source = cut_name(source);
                return write!(
                    f,
                    "the payload is an event of {source:?}, not of a stream: decode it as the event of \
                     that service"
                );
            }
            Self::NoRecords => {
                "the payload has no array of records: expected {\"Records\": […]}, or the array alone"
            }
            Self::RepeatedRecords => "the payload has more than one array of records",
        })
    }
}

impl Error for EventError {}

/// The error for a record that could not be decoded, with the metadata and the raw text of the
/// record.
///
/// [`StreamEvent::process`](crate::StreamEvent::process) fails at such a record or passes its error
/// to the [`quarantine`](crate::StreamEvent::quarantine).
///
/// `Display` writes `event 4b25bd0d, sequence number 4421584500000000017450439091, MODIFY: new
/// image: lines[1].qty: expected N (u32), found S`.
///
/// Neither `Display` nor `Debug` contains an attribute's value; [`raw_json`](Self::raw_json) does.
pub struct RecordError {
    /// The metadata of the record, as far as it could be read.
    pub meta: Box<RecordMeta>,
    kind: RecordErrorKind,
    raw_json: Box<str>,
}

impl RecordError {
    pub(super) fn new(meta: RecordMeta, kind: RecordErrorKind, raw_json: String) -> Self {
        Self { meta: Box::new(meta), kind, raw_json: raw_json.into() }
    }

    /// The reason why the record could not be decoded.
    #[must_use]
    pub fn kind(&self) -> &RecordErrorKind {
        &self.kind
    }

    /// The part of the record that does not fit.
    ///
    /// Of several parts, this is the first in the order of [`RecordPart`];
    /// [`RecordErrorKind::Images`] lists all of them. `None` if the record as a whole cannot be
    /// decoded.
    #[must_use]
    pub fn part(&self) -> Option<RecordPart> {
        self.parts().first().map(|&(part, _)| part)
    }

    /// The error with every problem of the [`part`](Self::part), or `None` if the part is missing
    /// or is not a JSON object.
    #[must_use]
    pub fn image_error(&self) -> Option<&ImageError> {
        match self.parts().first()? {
            (_, ImageProblem::Mismatch(error)) => Some(error),
            _ => None,
        }
    }

    /// The JSON text of the record as it was in the payload, attribute values included.
    ///
    /// Store the text only where item data may be kept, and do not log it. A record of
    /// `aws_lambda_events` or of the AWS SDK is written as such text again, without an image that
    /// the SDK could not read as a whole.
    #[must_use]
    pub fn raw_json(&self) -> &str {
        &self.raw_json
    }

    /// The number of problems that the errors of the images keep.
    pub(super) fn kept_problems(&self) -> usize {
        let kept = |(_, problem): &(RecordPart, ImageProblem)| match problem {
            ImageProblem::Mismatch(error) => error.problems().len(),
            _ => 0,
        };
        self.parts().iter().map(kept).sum()
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
    /// Delegates to `Display`, because a derived `Debug` would add code to every binary.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecordError({self})")
    }
}

impl Error for RecordError {}

/// The reason why a record could not be decoded.
#[derive(Debug)]
#[non_exhaustive]
pub enum RecordErrorKind {
    /// The text of a record that was decoded alone is not JSON.
    #[non_exhaustive]
    NotJson {
        /// The position of the syntax error, in bytes from the beginning of the text.
        offset: usize,
    },
    /// The record is not a JSON object.
    NotARecord,
    /// The text is not a line of an export.
    NotAnExportLine,
    /// The record is a Kinesis record in a [`StreamEvent`](crate::StreamEvent).
    KinesisRecord,
    /// The record is a DynamoDB Streams record in a
    /// [`KinesisStreamEvent`](crate::KinesisStreamEvent).
    DynamoDbRecord,
    /// The record has no `dynamodb` object.
    NoChange,
    /// The record has no `eventName`, or one that is not a string.
    NoEventName,
    /// The record's `eventName` is not `INSERT`, `MODIFY` or `REMOVE`. Contains at most the first
    /// 64 bytes of the name.
    UnknownEventName(String),
    /// The record has two members of this name, one of which would be lost. DynamoDB never sends
    /// such a record.
    RepeatedMember(&'static str),
    /// Images or keys of the record are missing or do not fit: each such part with its problem, in
    /// the order of [`RecordPart`]. Never empty.
    Images(Vec<(RecordPart, ImageProblem)>),
    /// The record is a Kinesis record without `data`.
    NoData,
    /// The record is a Kinesis record whose `data` is not base64.
    NotBase64,
    /// The record is a Kinesis record whose `data` is not JSON: another producer writes to the same
    /// stream.
    DataNotJson,
}

impl RecordErrorKind {
    pub(super) fn unknown_event_name(name: &str) -> Self {
        Self::UnknownEventName(cut_name(name).to_owned())
    }
}

impl fmt::Display for RecordErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotJson { offset } => return write!(f, "not JSON, from byte {offset} on"),
            Self::UnknownEventName(name) => {
                return write!(
                    f,
                    "unknown event name {name:?}: expected INSERT, MODIFY or REMOVE"
                );
            }
            Self::RepeatedMember(name) => {
                return write!(f, "not a record: `{name}` appears twice in it");
            }
            Self::Images(parts) => {
                for (index, (part, problem)) in parts.iter().enumerate() {
                    let separator = if index > 0 { "; " } else { "" };
                    write!(f, "{separator}{part}: {problem}")?;
                }
                return Ok(());
            }
            Self::NotARecord => "not a record: expected a JSON object",
            Self::NotAnExportLine => {
                "not a line of an export: expected `Item`, or `Keys` with `NewImage` and `OldImage`"
            }
            Self::KinesisRecord => "a record of Kinesis: read the event as `KinesisStreamEvent`",
            Self::DynamoDbRecord => "a record of DynamoDB Streams: read the event as `StreamEvent`",
            Self::NoChange => "not a DynamoDB record: expected a `dynamodb` object in it",
            Self::NoEventName => "no event name: expected INSERT, MODIFY or REMOVE",
            Self::NoData => "not a Kinesis record: expected `data` in it",
            Self::NotBase64 => "not a Kinesis record: expected base64 in its `data`",
            Self::DataNotJson => {
                "not a DynamoDB record: expected JSON in its `data`; keep other producers out of the \
                 stream, or quarantine it"
            }
        })
    }
}

/// A part of a record that consists of attributes.
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

/// The problem of an image, or of the keys.
#[derive(Debug)]
#[non_exhaustive]
pub enum ImageProblem {
    /// The image is absent, although the stream's view type includes it or is not known.
    #[non_exhaustive]
    Missing {
        /// Whether the image is `null` instead of missing.
        is_null: bool,
        /// The images that the stream captures, if the record states them.
        view_type: Option<ViewType>,
    },
    /// The image is absent because the stream does not capture it.
    #[non_exhaustive]
    NotCaptured {
        /// Whether the image is `null` instead of missing.
        is_null: bool,
        /// The images that the stream captures.
        view_type: ViewType,
        /// The view types that capture every image that the event's types require.
        needed: &'static [ViewType],
    },
    /// The image or the keys are not a JSON object.
    NotAnObject,
    /// The image does not fit its type, or a key is not an `S`, an `N` or a `B`.
    Mismatch(ImageError),
}

impl fmt::Display for ImageProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const REMEDY: &str = "or map it to an `Option<_>` or to `Ignored`";
        match self {
            Self::NotCaptured { is_null, view_type, needed } => {
                let null = if *is_null { "null and " } else { "" };
                write!(f, "{null}not captured, the view type is {view_type}; make it ")?;
                write_view_types(f, needed)?;
                write!(f, ", {REMEDY}")
            }
            Self::Missing { is_null, view_type } => {
                f.write_str(if *is_null { "null instead of an image" } else { "missing" })?;
                if let Some(view_type) = view_type {
                    write!(f, ", the view type is {view_type}")?;
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
