//! The shards of a stream, with their records.

use std::sync::Arc;
use std::time::SystemTime;

use serde_json::Value;

use crate::event::{Ignored, ItemKey, SequenceNumber, StreamRecord};
use crate::testing::record::RecordBuilder;

/// A shard of a stream, with its records in the order of their sequence numbers.
///
/// ```
/// use ddb_core::Item;
/// use ddb_core::testing::insert;
/// use ddb_core::testing::mapping::Shard;
///
/// // The shard was split, and the changes of its items go on in the two others.
/// let item = Item::default();
/// let shards = [
///     Shard::new("shardId-1").records([insert(&item)]),
///     Shard::new("shardId-2").parent("shardId-1").records([insert(&item)]),
///     Shard::new("shardId-3").parent("shardId-1"),
/// ];
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Shard {
    id: Arc<str>,
    parent: Option<Arc<str>>,
    records: Vec<Source>,
}

#[derive(Clone, Debug)]
enum Source {
    Built(Box<RecordBuilder>),
    Json(Value),
}

impl Shard {
    /// Creates a shard without records.
    pub fn new(id: impl Into<Arc<str>>) -> Self {
        Self { id: id.into(), parent: None, records: Vec::new() }
    }

    /// Sets the shard that this one continues. Its records are delivered first.
    pub fn parent(mut self, id: impl Into<Arc<str>>) -> Self {
        self.parent = Some(id.into());
        self
    }

    /// Adds records.
    ///
    /// A record's sequence number and its time follow from its position among the records of all
    /// shards, unless it sets them.
    pub fn records(mut self, records: impl IntoIterator<Item = RecordBuilder>) -> Self {
        let records = records.into_iter().map(|record| Source::Built(Box::new(record)));
        self.records.extend(records);
        self
    }

    /// Adds records as they are in the `Records` of a payload, for example those of an emulator.
    ///
    /// Each needs a `SequenceNumber`, as every record of a stream has one.
    pub fn json_records(mut self, records: impl IntoIterator<Item = Value>) -> Self {
        self.records.extend(records.into_iter().map(Source::Json));
        self
    }
}

/// The shards of a stream. One or several [`Shard`]s convert into it, and so do records, which then
/// are those of a single shard.
#[derive(Clone, Debug)]
#[must_use]
pub struct Shards(Vec<Shard>);

impl From<Shard> for Shards {
    fn from(shard: Shard) -> Self {
        Self(vec![shard])
    }
}

impl<const N: usize> From<[Shard; N]> for Shards {
    fn from(shards: [Shard; N]) -> Self {
        Self(shards.into())
    }
}

impl From<Vec<Shard>> for Shards {
    fn from(shards: Vec<Shard>) -> Self {
        Self(shards)
    }
}

impl From<Vec<RecordBuilder>> for Shards {
    fn from(records: Vec<RecordBuilder>) -> Self {
        Shard::new("shardId-00000001700000000000-00000001").records(records).into()
    }
}

impl<const N: usize> From<[RecordBuilder; N]> for Shards {
    fn from(records: [RecordBuilder; N]) -> Self {
        Vec::from(records).into()
    }
}

impl From<RecordBuilder> for Shards {
    fn from(record: RecordBuilder) -> Self {
        vec![record].into()
    }
}

/// A shard whose records are written.
pub(super) struct WrittenShard {
    pub(super) id: Arc<str>,
    pub(super) parent: Option<Arc<str>>,
    pub(super) records: Vec<WrittenRecord>,
}

/// A record with the metadata that a mapping needs.
pub(super) struct WrittenRecord {
    pub(super) json: Value,
    pub(super) number: SequenceNumber,
    /// `None` if the record has no keys.
    pub(super) key: Option<ItemKey>,
    pub(super) created_at: SystemTime,
    pub(super) stream_arn: Option<Arc<str>>,
}

impl Shards {
    #[track_caller]
    pub(super) fn write(&self) -> Vec<WrittenShard> {
        let mut position = 0;
        let mut shards = Vec::new();
        for Shard { id, parent, records } in &self.0 {
            let mut written = Vec::new();
            for record in records {
                let json = match record {
                    Source::Built(record) => record.to_json(position),
                    Source::Json(json) => json.clone(),
                };
                written.push(WrittenRecord::new(json));
                position += 1;
            }
            let (id, parent) = (Arc::clone(id), parent.clone());
            shards.push(WrittenShard { id, parent, records: written });
        }
        shards
    }
}

impl WrittenRecord {
    #[track_caller]
    fn new(json: Value) -> Self {
        let decoded = StreamRecord::<Ignored, Ignored>::from_slice(json.to_string().as_bytes());
        let meta = match decoded {
            Ok(record) => record.meta,
            Err(error) => *error.meta,
        };
        let Some(number) = meta.sequence_number else {
            panic!(
                "a record has no `SequenceNumber`, as every record of a stream has: write it in \
                 its `dynamodb`"
            );
        };
        Self {
            json,
            number,
            key: ItemKey::of(&meta.keys),
            created_at: meta.created_at.unwrap_or(SystemTime::UNIX_EPOCH),
            stream_arn: meta.event_source_arn,
        }
    }
}
