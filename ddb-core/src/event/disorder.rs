//! Duplicate and late records, which Kinesis can deliver.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::SystemTime;

use crate::event::batch::ItemKey;
use crate::event::kinesis::KinesisStreamEvent;
use crate::event::meta::RecordMeta;
use crate::event::sequence_number::SequenceNumber;

/// The duplicate and late records of a batch, which [`KinesisStreamEvent::drop_duplicates`]
/// returns.
///
/// Each record is represented by its sequence number, if it has one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Disorder {
    /// The records that were dropped.
    pub duplicates: Vec<Option<SequenceNumber>>,
    /// The records that come after a newer change of the same item. They are still in the event.
    pub late: Vec<Option<SequenceNumber>>,
}

/// The changes of one item that have arrived so far.
struct Arrivals {
    latest: SystemTime,
    seen: HashSet<(SystemTime, Arc<str>)>,
}

impl<T, O> KinesisStreamEvent<T, O> {
    /// Drops the duplicate records of the batch, and reports the late ones.
    ///
    /// DynamoDB documents that the creation time
    /// [detects both](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds.html):
    ///
    /// - A record is a duplicate if an earlier record of the batch has the same table, keys,
    ///   creation time and event id. A record without an event id is never a duplicate, because one
    ///   item can change twice in a millisecond.
    /// - A record is late if it is older than an earlier record of the batch with the same table
    ///   and keys.
    ///
    /// A record that has no keys or no creation time, or that could not be decoded, is neither.
    ///
    /// Only this batch is checked. Lambda delivers a batch again after a failure, so a check that
    /// remembered earlier batches would drop records that were never handled. To keep a late record
    /// from overwriting a newer change of an earlier batch, store the creation time with what you
    /// write, and write on the condition that the stored time is not newer.
    pub fn drop_duplicates(&mut self) -> Disorder {
        let mut items: HashMap<(Option<Arc<str>>, ItemKey), Arrivals> = HashMap::new();
        let mut disorder = Disorder::default();
        self.records.retain(|record| {
            let Ok(record) = record else { return true };
            let Some((key, time)) = ItemKey::of(&record.meta.keys).zip(record.meta.created_at)
            else {
                return true;
            };
            let arrivals = items
                .entry((record.meta.table_name.clone(), key))
                .or_insert_with(|| Arrivals { latest: time, seen: HashSet::new() });
            arrivals.add(time, &record.meta, &mut disorder)
        });
        disorder
    }
}

impl Arrivals {
    /// Adds a record, or returns `false` if it is a duplicate.
    fn add(&mut self, time: SystemTime, meta: &RecordMeta, disorder: &mut Disorder) -> bool {
        let mut is_seen = |event_id: &Arc<str>| !self.seen.insert((time, Arc::clone(event_id)));
        if meta.event_id.as_ref().is_some_and(&mut is_seen) {
            disorder.duplicates.push(meta.sequence_number.clone());
            return false;
        }
        if time < self.latest {
            disorder.late.push(meta.sequence_number.clone());
        }
        self.latest = self.latest.max(time);
        true
    }
}
