//! The report of a mapping, and its assertions.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::Handled;
use crate::event::{ItemKey, SequenceNumber};

/// The number of mistakes that the message of an assertion shows.
const SHOWN: usize = 10;

/// The invocations of a mapping, its failure records and its checkpoints.
///
/// The assertions panic with the numbers of the records that are concerned. Neither their messages
/// nor `Debug` contain an attribute value.
#[derive(Clone)]
#[non_exhaustive]
pub struct MappingReport {
    /// The invocations of the function, in the order in which they began.
    pub invocations: Vec<Invocation>,
    /// The texts that the on-failure destination has got. A
    /// [`FailureRecord`](crate::FailureRecord) reads each.
    pub failures: Vec<String>,
    pub(super) records: Vec<RecordState>,
    pub(super) handled: Option<Handled>,
}

/// An invocation of the function.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Invocation {
    /// The time since the start of the mapping.
    pub started_at: Duration,
    /// The shard that the records are from.
    pub shard_id: Arc<str>,
    /// The records of the batch.
    pub sequence_numbers: Vec<SequenceNumber>,
    /// Whether it ends a tumbling window.
    pub is_final_for_window: bool,
    /// How the invocation ended.
    pub outcome: InvocationOutcome,
}

/// The outcome of an invocation, as the mapping takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvocationOutcome {
    /// The whole batch is done.
    Succeeded,
    /// The records before this one are done.
    FailedFrom(SequenceNumber),
    /// The function failed or panicked, or its response is not valid.
    Failed,
    /// The function took longer than it may.
    TimedOut,
    /// Lambda did not run the function.
    Throttled,
    /// The mapping was stopped before the function ended.
    Running,
}

#[derive(Clone)]
pub(super) struct RecordState {
    pub shard_id: Arc<str>,
    pub number: SequenceNumber,
    pub key: Option<ItemKey>,
    pub fate: Fate,
}

/// The state of a record when the mapping ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is in the stream.
    Unread,
    /// The filters dropped it.
    Filtered,
    /// The function reported success for it.
    Done,
    /// It is in the on-failure destination.
    InDestination,
    /// The mapping gave it up, and has no on-failure destination.
    GivenUp,
    /// The stream dropped it because of its age.
    Trimmed,
}

impl MappingReport {
    /// How often the record was delivered.
    #[must_use]
    pub fn deliveries(&self, number: &SequenceNumber) -> usize {
        let numbers = self.invocations.iter().flat_map(|invocation| &invocation.sequence_numbers);
        numbers.filter(|it| *it == number).count()
    }

    /// For each shard, the last record before which, and with which, no record is left in the
    /// stream. `None` if the first one is left.
    #[must_use]
    pub fn checkpoints(&self) -> BTreeMap<Arc<str>, Option<SequenceNumber>> {
        let mut checkpoints = BTreeMap::new();
        let mut blocked = Vec::new();
        for record in &self.records {
            let checkpoint = checkpoints.entry(Arc::clone(&record.shard_id)).or_insert(None);
            if record.fate == Fate::Unread {
                blocked.push(&record.shard_id);
            } else if !blocked.contains(&&record.shard_id) {
                *checkpoint = Some(record.number.clone());
            }
        }
        checkpoints
    }

    /// Asserts that each record was handled, is in the on-failure destination, or is still in the
    /// stream.
    ///
    /// Without [`Handled`], a record counts as handled if the function has reported success for it.
    ///
    /// # Panics
    ///
    /// Panics with the records that are lost.
    #[track_caller]
    pub fn assert_nothing_lost(&self) {
        let handled: Option<HashSet<_>> =
            self.handled.as_ref().map(|handled| handled.sequence_numbers().into_iter().collect());
        let lost = self.records.iter().filter_map(|record| {
            let reason = match record.fate {
                Fate::Unread | Fate::Filtered | Fate::InDestination => return None,
                Fate::Done => {
                    if handled.as_ref().is_none_or(|handled| handled.contains(&record.number)) {
                        return None;
                    }
                    "the function reported success for it, and did not handle it"
                }
                Fate::GivenUp => "the mapping gave it up, and has no on-failure destination",
                Fate::Trimmed => "it was retried until the stream dropped it after 24 hours",
            };
            Some(format!("record {} of {}: {reason}", record.number, record.shard_id))
        });
        refuse("lost", &lost.collect::<Vec<_>>());
    }

    /// Asserts that the records of each item were handled in the order of their sequence numbers.
    /// Only the first time counts: a retry repeats old records after newer ones.
    ///
    /// Without [`Handled`], the order is that in which the records were delivered.
    ///
    /// # Panics
    ///
    /// Panics with the records that are out of order.
    #[track_caller]
    pub fn assert_order_per_key(&self) {
        let numbers: Vec<SequenceNumber> = match &self.handled {
            Some(handled) => handled.sequence_numbers(),
            None => self.invocations.iter().flat_map(|it| it.sequence_numbers.clone()).collect(),
        };
        let keys: HashMap<_, _> =
            self.records.iter().map(|record| (&record.number, &record.key)).collect();
        let mut seen = HashSet::new();
        let mut newest: HashMap<_, &SequenceNumber> = HashMap::new();
        let mut disorder = Vec::new();
        for number in &numbers {
            let Some(key) = keys.get(number) else { continue };
            if !seen.insert(number) {
                continue;
            }
            let newest = newest.entry(key).or_insert(number);
            if *newest > number {
                disorder.push(format!("record {number} of an item after {newest}"));
            }
            *newest = number.max(newest);
        }
        refuse("out of order", &disorder);
    }
}

#[track_caller]
fn refuse(what: &str, mistakes: &[String]) {
    if mistakes.is_empty() {
        return;
    }
    let records = match mistakes.len() {
        1 => "1 record is".to_owned(),
        count => format!("{count} records are"),
    };
    let shown = mistakes.iter().take(SHOWN).fold(String::new(), |shown, it| shown + "\n  " + it);
    let more = if mistakes.len() > SHOWN { "\n  …" } else { "" };
    panic!("{records} {what}:{shown}{more}");
}

impl fmt::Debug for MappingReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MappingReport")
            .field("invocations", &self.invocations)
            .field("failures", &self.failures.len())
            .field("checkpoints", &self.checkpoints())
            .finish_non_exhaustive()
    }
}

impl fmt::Display for InvocationOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Succeeded => f.write_str("succeeded"),
            Self::FailedFrom(number) => write!(f, "failed from {number} on"),
            Self::Failed => f.write_str("failed"),
            Self::TimedOut => f.write_str("timed out"),
            Self::Throttled => f.write_str("was throttled"),
            Self::Running => f.write_str("has not ended"),
        }
    }
}
