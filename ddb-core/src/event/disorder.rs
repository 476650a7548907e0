//! What Kinesis may do to the order of records.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::SystemTime;

use crate::event::batch::ItemKey;
use crate::event::kinesis::KinesisStreamEvent;
use crate::event::meta::RecordMeta;
use crate::event::sequence_number::SequenceNumber;

/// What was not in order in a batch, see [`KinesisStreamEvent::drop_duplicates`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Disorder {
    /// The records that were dropped.
    pub duplicates: Vec<Option<SequenceNumber>>,
    /// The records that come after a later change of the same item. They are still in the event.
    pub late: Vec<Option<SequenceNumber>>,
}

/// The changes of an item that have come so far.
struct Arrivals {
    latest: SystemTime,
    seen: HashSet<(SystemTime, Arc<str>)>,
}

impl<T, O> KinesisStreamEvent<T, O> {
    /// Drops duplicate records, and reports those that come too late.
    ///
    /// The creation time is how DynamoDB
    /// [says](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds.html) both can be found: a record with the table, the keys, the
    /// time and the event id of one before it is a duplicate, and one that is older than one before
    /// it with the same keys is late. Without an event id it is none, as one item can change
    /// twice in a millisecond; without keys or a time it is neither, nor is one that could not be
    /// decoded.
    ///
    /// Only this batch is checked. Lambda delivers a batch again after a failure: what remembers
    /// more than a batch would drop records that were never handled. To keep late records of
    /// earlier batches from undoing what is newer, write under the condition that the creation
    /// time is not older than the one that is stored.
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
    /// Returns `false` for a duplicate.
    fn add(&mut self, time: SystemTime, meta: &RecordMeta, disorder: &mut Disorder) -> bool {
        if let Some(event_id) = &meta.event_id
            && !self.seen.insert((time, event_id.clone()))
        {
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
