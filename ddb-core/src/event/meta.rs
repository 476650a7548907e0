//! The metadata of a record.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use serde_dynamo::Item;

use crate::attribute_type::AttributeType;
use crate::event::sequence_number::SequenceNumber;
use crate::message::beginning;

/// The metadata of a record.
///
/// Every field except `keys` is optional, and is `None` if the record does not have it or if its
/// value cannot be read. `keys` is an empty [`Item`] if the record has no keys.
///
/// Of the metadata, only the event name and the keys can make a record a
/// [`RecordError`](crate::RecordError): the event name if it is missing or unknown, and the keys if
/// they are not a JSON object, or if one of them is not an `S`, an `N` or a `B`.
///
/// `Debug` shows the names and attribute types of the keys, not their values.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct RecordMeta {
    /// `eventID`: the id of the change, which is unique.
    pub event_id: Option<Arc<str>>,
    /// `eventID` of the Kinesis record that contains the record: `shardId-000000000000:4964…`. The
    /// response to EventBridge Pipes names it.
    pub kinesis_event_id: Option<Arc<str>>,
    /// `eventName`. A record without a known one is not decoded.
    pub event_name: Option<EventName>,
    /// `eventSourceARN`: the ARN of the stream.
    pub event_source_arn: Option<Arc<str>>,
    /// `awsRegion`: the region of the stream.
    pub region: Option<Arc<str>>,
    /// `tableName`, which only records from Kinesis have, or else the table that the ARN of the
    /// stream names.
    pub table_name: Option<Arc<str>>,
    /// `SequenceNumber`, by which the response reports a failure. In a
    /// [`KinesisStreamEvent`](crate::KinesisStreamEvent), the number of the Kinesis record.
    pub sequence_number: Option<SequenceNumber>,
    /// `ApproximateCreationDateTime`, with any fraction of a second that the record has, rounded
    /// down to the nanosecond.
    pub created_at: Option<SystemTime>,
    /// `Keys`: the key attributes of the item, each an `S`, an `N` or a `B`. Empty if the record
    /// has no keys, or if they are invalid.
    pub keys: Item,
    /// `SizeBytes`: the size of the stream record in bytes.
    pub size_bytes: Option<u64>,
    /// `StreamViewType`: the images that the stream captures. Records from Kinesis do not have it.
    pub view_type: Option<ViewType>,
    /// `userIdentity`: present if DynamoDB deleted the item because it has expired.
    pub user_identity: Option<UserIdentity>,
}

impl fmt::Debug for RecordMeta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut keys: Vec<(&str, AttributeType)> = self
            .keys
            .iter()
            .map(|(name, value)| (name.as_str(), AttributeType::of(value)))
            .collect();
        keys.sort_unstable_by_key(|(name, _)| *name);
        f.debug_struct("RecordMeta")
            .field("event_id", &self.event_id)
            .field("kinesis_event_id", &self.kinesis_event_id)
            .field("event_name", &self.event_name)
            .field("event_source_arn", &self.event_source_arn)
            .field("region", &self.region)
            .field("table_name", &self.table_name)
            .field("sequence_number", &self.sequence_number)
            .field("created_at", &self.created_at)
            .field("keys", &keys)
            .field("size_bytes", &self.size_bytes)
            .field("view_type", &self.view_type)
            .field("user_identity", &self.user_identity)
            .finish()
    }
}

/// The table in the ARN of its stream:
/// `arn:aws:dynamodb:eu-central-1:123456789012:table/Orders/stream/2026-01-02T03:04:05.678`, see
/// [Resource types of DynamoDB](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html#amazondynamodb-resources-for-iam-policies).
pub(super) fn table_of_stream(arn: &str) -> Option<&str> {
    // Unlike `split`, this adds no searcher to the binary.
    let mut slashes = arn.bytes().enumerate().filter(|&(_, byte)| byte == b'/');
    let ((start, _), (end, _)) = (slashes.next()?, slashes.next()?);
    let is_stream = arn.get(end..)?.starts_with("/stream/");
    let (before, table) = arn.get(..end)?.split_at_checked(start)?;
    (is_stream && before.ends_with(":table")).then(|| table.get(1..))?
}

/// The number of bytes that are kept of an unknown name.
const SHOWN_BYTES: usize = 64;

/// The beginning of an unknown name.
#[cold]
pub(super) fn cut_name(name: &str) -> &str {
    beginning(name, SHOWN_BYTES)
}

/// The kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventName {
    /// The item was added.
    Insert,
    /// The item was updated or replaced.
    Modify,
    /// The item was deleted.
    Remove,
}

impl EventName {
    pub(super) fn parse(name: &str) -> Option<Self> {
        match name {
            "INSERT" => Some(Self::Insert),
            "MODIFY" => Some(Self::Modify),
            "REMOVE" => Some(Self::Remove),
            _ => None,
        }
    }

    /// The name in the record: `INSERT`, `MODIFY` or `REMOVE`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Insert => "INSERT",
            Self::Modify => "MODIFY",
            Self::Remove => "REMOVE",
        }
    }
}

impl fmt::Display for EventName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The images that a stream captures, see
/// [`StreamViewType`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html).
///
/// An `INSERT` never has an old image and a `REMOVE` never a new one, whatever the stream captures.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ViewType {
    /// No image, only the keys.
    KeysOnly,
    /// The item after the change.
    NewImage,
    /// The item before the change.
    OldImage,
    /// Both images.
    NewAndOldImages,
    /// A view type that this crate does not know, by at most the first 64 bytes of its name.
    Other(Arc<str>),
}

impl ViewType {
    pub(super) fn parse(name: &str) -> Self {
        match name {
            "KEYS_ONLY" => Self::KeysOnly,
            "NEW_IMAGE" => Self::NewImage,
            "OLD_IMAGE" => Self::OldImage,
            "NEW_AND_OLD_IMAGES" => Self::NewAndOldImages,
            _ => Self::Other(cut_name(name).into()),
        }
    }

    /// The name in the record, such as `NEW_AND_OLD_IMAGES`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::KeysOnly => "KEYS_ONLY",
            Self::NewImage => "NEW_IMAGE",
            Self::OldImage => "OLD_IMAGE",
            Self::NewAndOldImages => "NEW_AND_OLD_IMAGES",
            Self::Other(name) => name,
        }
    }
}

impl fmt::Display for ViewType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The identity that made a change, which AWS states if DynamoDB itself deleted an expired item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UserIdentity {
    /// `type`, such as `Service`.
    pub identity_type: Option<Arc<str>>,
    /// `principalId`, such as `dynamodb.amazonaws.com`.
    pub principal_id: Option<Arc<str>>,
}

impl UserIdentity {
    /// Returns `true` if this is the identity with which DynamoDB deletes expired items, see
    /// [TTL and streams](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html).
    ///
    /// A deletion that a global table replicates from another region does not have this identity.
    #[must_use]
    pub fn is_time_to_live(&self) -> bool {
        self.identity_type.as_deref() == Some("Service")
            && self.principal_id.as_deref() == Some("dynamodb.amazonaws.com")
    }
}
