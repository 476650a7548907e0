//! Random changes of a table, the faults that happen while they are handled, and the mapping that
//! delivers them.

use std::time::Duration;

use ddb_core::testing::EventSourceMapping;
use ddb_core::testing::mapping::{OnFailure, Shard, Undocumented};
use ddb_tests::record;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;

/// The behaviour of a handler with a record.
#[derive(Clone, Debug)]
pub enum Behaviour {
    /// These attempts fail one after the other. The next one succeeds.
    Attempts(Vec<Attempt>),
    /// Each attempt fails.
    AlwaysFails,
    /// The record cannot be decoded.
    Poison,
}

#[derive(Clone, Copy, Debug)]
pub enum Attempt {
    Fails,
    Panics,
    /// It never ends, so that the invocation times out.
    Hangs,
}

/// The fault of an invocation.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    Nothing,
    Throttled,
    /// The process ends when this number of records has had its effect, before the response.
    EndsAfter(usize),
    /// The function ends well, and its response is lost.
    ResponseIsLost,
}

#[derive(Clone, Debug)]
pub struct PlannedRecord {
    pub item: u32,
    pub behaviour: Behaviour,
    /// The milliseconds that the handler takes.
    pub takes: u64,
}

/// A shard, whose parent is before it.
#[derive(Clone, Debug)]
pub struct PlannedShard {
    parent: Option<usize>,
    records: Vec<PlannedRecord>,
}

#[derive(Clone, Debug)]
pub struct Plan {
    pub shards: Vec<PlannedShard>,
    /// The faults of the invocations, in their order.
    pub faults: Vec<Fault>,
    pub settings: Settings,
}

#[derive(Clone, Debug)]
pub struct Settings {
    pub concurrency: usize,
    pub has_quarantine: bool,
    batch_size: usize,
    parallelization_factor: usize,
    retries: u32,
    record_age: Option<u64>,
    bisects: bool,
    progress_resets_attempts: bool,
}

/// The number of items of a shard without a parent.
const ITEMS: u32 = 6;

fn attempt() -> impl Strategy<Value = Attempt> {
    prop_oneof![4 => Just(Attempt::Fails), 2 => Just(Attempt::Panics), 1 => Just(Attempt::Hangs)]
}

fn behaviour() -> impl Strategy<Value = Behaviour> {
    prop_oneof![
        5 => Just(Behaviour::Attempts(Vec::new())),
        4 => vec(attempt(), 1..4).prop_map(Behaviour::Attempts),
        1 => Just(Behaviour::AlwaysFails),
        1 => Just(Behaviour::Poison),
    ]
}

fn planned_record() -> impl Strategy<Value = PlannedRecord> {
    (0..ITEMS, behaviour(), 0..50_u64).prop_map(|(item, behaviour, takes)| PlannedRecord {
        item,
        behaviour,
        takes,
    })
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        3 => Just(Fault::Nothing),
        1 => Just(Fault::Throttled),
        2 => (1..6_usize).prop_map(Fault::EndsAfter),
        1 => Just(Fault::ResponseIsLost),
    ]
}

fn settings() -> impl Strategy<Value = Settings> {
    (
        (1..6_usize, any::<bool>(), 1..20_usize, 1..5_usize),
        (0..5_u32, prop_oneof![Just(None), (60..300_u64).prop_map(Some)]),
        (any::<bool>(), any::<bool>()),
    )
        .prop_map(|((concurrency, has_quarantine, batch_size, factor), limits, flags)| {
            Settings {
                concurrency,
                has_quarantine,
                batch_size,
                parallelization_factor: factor,
                retries: limits.0,
                record_age: limits.1,
                bisects: flags.0,
                progress_resets_attempts: flags.1,
            }
        })
}

pub fn plan() -> impl Strategy<Value = Plan> {
    let shard = (any::<prop::sample::Index>(), vec(planned_record(), 0..30));
    (vec(shard, 1..5), vec(fault(), 0..40), settings()).prop_map(|(shards, faults, settings)| {
        Plan { shards: plan_shards(shards), faults, settings }
    })
}

/// Splits some of the shards. Each half of the items goes on in another child.
fn plan_shards(shards: Vec<(prop::sample::Index, Vec<PlannedRecord>)>) -> Vec<PlannedShard> {
    let mut planned = Vec::new();
    // The items of each shard, and the halves that have no child yet.
    let mut halves: Vec<Vec<Vec<u32>>> = Vec::new();
    for (position, (parent, mut records)) in (0..).zip(shards) {
        let parent = (!halves.is_empty()).then(|| parent.index(halves.len()));
        let half = parent.and_then(|parent| halves[parent].pop());
        let parent = parent.filter(|_| half.is_some());
        let items = half.unwrap_or_else(|| (position * ITEMS..(position + 1) * ITEMS).collect());
        for record in &mut records {
            record.item = items[record.item as usize % items.len()];
        }
        let (one, other) = items.split_at(items.len() / 2);
        halves.push(
            [one, other].into_iter().filter(|it| !it.is_empty()).map(<[_]>::to_vec).collect(),
        );
        planned.push(PlannedShard { parent, records });
    }
    planned
}

/// The sequence number of the first record.
const FIRST_NUMBER: usize = 1000;

impl Plan {
    pub fn records(&self) -> impl Iterator<Item = &PlannedRecord> {
        self.shards.iter().flat_map(|shard| &shard.records)
    }

    /// The record with this sequence number.
    pub fn position(number: &str) -> usize {
        number.parse::<usize>().expect("a number") - FIRST_NUMBER
    }

    pub fn shards(&self) -> Vec<Shard> {
        let mut number = FIRST_NUMBER;
        let mut shards = Vec::new();
        for (position, PlannedShard { parent, records }) in self.shards.iter().enumerate() {
            let mut written = Vec::new();
            for planned in records {
                let mut record = record(&number.to_string(), "MODIFY", planned.item);
                if matches!(planned.behaviour, Behaviour::Poison) {
                    record["dynamodb"]["NewImage"] = json!({"id": {"S": "not a number"}});
                }
                written.push(record);
                number += 1;
            }
            let mut shard = Shard::new(format!("shard-{position}")).json_records(written);
            if let Some(parent) = parent {
                shard = shard.parent(format!("shard-{parent}"));
            }
            shards.push(shard);
        }
        shards
    }

    pub fn mapping(&self) -> EventSourceMapping {
        let settings = &self.settings;
        let mut mapping = EventSourceMapping::new()
            .report_batch_item_failures()
            .on_failure(OnFailure::S3)
            .batch_size(settings.batch_size)
            .parallelization_factor(settings.parallelization_factor)
            .maximum_retry_attempts(settings.retries)
            .function_timeout(Duration::from_secs(20))
            .undocumented(Undocumented {
                progress_resets_attempts: settings.progress_resets_attempts,
                ..Undocumented::default()
            });
        if let Some(age) = settings.record_age {
            mapping = mapping.maximum_record_age(Duration::from_secs(age));
        }
        if settings.bisects {
            mapping = mapping.bisect_batch_on_function_error();
        }
        mapping
    }
}
