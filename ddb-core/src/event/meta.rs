//! The metadata of a record.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use serde_dynamo::Item;

use crate::attribute_type::AttributeType;
use crate::event::sequence_number::SequenceNumber;

/// The metadata of a record. Fields that AWS omits from some records are optional.
///
/// `Debug` shows the names and attribute types of the keys, not their values.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct RecordMeta {
    /// `eventID`: unique to the change.
    pub event_id: Option<Arc<str>>,
    /// `eventID` of the Kinesis record around the record: `shardId-000000000000:4964…`.
    /// EventBridge Pipes takes it in a response.
    pub kinesis_event_id: Option<Arc<str>>,
    /// `eventName`; `None` in the error of a record that has an unknown one.
    pub event_name: Option<EventName>,
    /// `eventSourceARN`: the stream.
    pub event_source_arn: Option<Arc<str>>,
    /// `awsRegion`.
    pub region: Option<Arc<str>>,
    /// `tableName`, which records from Kinesis have.
    pub table_name: Option<Arc<str>>,
    /// `SequenceNumber`; that of the Kinesis record around it where there is one. `None` where it
    /// is no decimal number.
    pub sequence_number: Option<SequenceNumber>,
    /// `ApproximateCreationDateTime`, with its part below the second: to the nanosecond as far as
    /// it is there.
    pub created_at: Option<SystemTime>,
    /// `Keys`: the key attributes of the item, each an `S`, an `N` or a `B`.
    pub keys: Item,
    /// `SizeBytes`.
    pub size_bytes: Option<u64>,
    /// `StreamViewType`: which images the stream captures. Records from Kinesis have none.
    pub view_type: Option<ViewType>,
    /// `userIdentity`: who deleted an item that has expired.
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

/// The number of bytes that are kept of a name that this crate does not know.
const SHOWN_BYTES: usize = 64;

/// The beginning of a name that this crate does not know.
#[cold]
pub(super) fn cut_name(name: &str) -> &str {
    &name[..name.floor_char_boundary(SHOWN_BYTES)]
}

/// What happened to the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventName {
    /// The item was added.
    Insert,
    /// The item was changed or replaced.
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

    /// `INSERT`, `MODIFY` or `REMOVE`.
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

/// Which images a stream captures, see
/// [`StreamViewType`](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html).
///
/// An `INSERT` has no old image and a `REMOVE` no new one, whatever the stream captures.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ViewType {
    /// The keys only.
    KeysOnly,
    /// The item after the change.
    NewImage,
    /// The item before the change.
    OldImage,
    /// Both.
    NewAndOldImages,
    /// One that is not known yet, or the beginning of its name.
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

    /// The name that AWS has for it, such as `NEW_AND_OLD_IMAGES`.
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

/// Who made a change, as far as AWS says so: it names itself where an item has expired.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UserIdentity {
    /// `type`: `Service`.
    pub identity_type: Option<Arc<str>>,
    /// `principalId`: `dynamodb.amazonaws.com`.
    pub principal_id: Option<Arc<str>>,
}

impl UserIdentity {
    /// Whether it is the one that deletes what has expired, see
    /// [TTL and streams](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html). A deletion
    /// that a global table replicates from another region does not have it.
    #[must_use]
    pub fn is_time_to_live(&self) -> bool {
        self.identity_type.as_deref() == Some("Service")
            && self.principal_id.as_deref() == Some("dynamodb.amazonaws.com")
    }
}
