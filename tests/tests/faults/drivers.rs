//! Drivers of a batch that make one mistake each.

use ddb_core::event::{RecordMeta, SequenceNumber};
use ddb_core::{DynamoDbEventResponse, RecordError, StreamEvent, StreamRecord};
use serde_json::json;

use crate::function::{Item, Process};
use crate::plan::Settings;

type Error = Box<dyn std::error::Error + Send + Sync>;

/// The driver of the library.
pub async fn process(
    settings: &Settings,
    event: StreamEvent<Item>,
    process: &Process<'_>,
) -> Result<DynamoDbEventResponse, Error> {
    let handle = async |record| process.handle(record).await;
    let quarantine = async |error: RecordError| process.quarantine(error).await;
    match (settings.concurrency, settings.has_quarantine) {
        (1, false) => event.process(handle).await,
        (1, true) => event.quarantine(quarantine).process(handle).await,
        (limit, false) => event.concurrency(limit).process(handle).await,
        (limit, true) => event.concurrency(limit).quarantine(quarantine).process(handle).await,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    None,
    /// Goes on with other items after a failure, as a concurrent driver may, and reports the second
    /// record that fails.
    ReportsTheSecondFailure,
    /// Handles the records behind the one that it reports.
    GoesOnAfterAFailure,
    /// Does not handle the last record of a batch, and reports nothing about it.
    DropsTheLastRecord,
    /// Stops at a failure, and reports success.
    ReportsNothing,
    /// Handles the records of a batch from the last one on.
    BreaksTheOrder,
}

/// Handles one record at a time, with a mistake.
pub async fn process_with(
    mistake: Mistake,
    event: StreamEvent<Item>,
    process: &Process<'_>,
) -> Result<DynamoDbEventResponse, Error> {
    let mut records = event.records;
    if mistake == Mistake::DropsTheLastRecord {
        records.pop();
    }
    if mistake == Mistake::BreaksTheOrder {
        records.reverse();
    }
    let mut failed = Vec::new();
    for record in records {
        let meta = record.as_ref().map_or_else(|error| (*error.meta).clone(), |it| it.meta.clone());
        let has_failed = |failed: &RecordMeta| failed.keys == meta.keys;
        if mistake == Mistake::ReportsTheSecondFailure && failed.iter().any(has_failed) {
            continue;
        }
        if handle(record, process).await.is_err() {
            failed.push(meta);
            let goes_on = match mistake {
                Mistake::GoesOnAfterAFailure => true,
                Mistake::ReportsTheSecondFailure => failed.len() < 2,
                _ => false,
            };
            if !goes_on {
                break;
            }
        }
    }
    let reported = match mistake {
        Mistake::ReportsNothing => None,
        Mistake::ReportsTheSecondFailure => failed.last(),
        _ => failed.first(),
    };
    let identifier = |meta: &RecordMeta| {
        let number = meta.sequence_number.as_ref().map(SequenceNumber::as_str);
        json!({ "itemIdentifier": number })
    };
    let failures: Vec<_> = reported.into_iter().map(identifier).collect();
    Ok(serde_json::from_value(json!({"batchItemFailures": failures}))?)
}

/// Catches no panic, which fails the invocation.
async fn handle(
    record: Result<StreamRecord<Item>, RecordError>,
    process: &Process<'_>,
) -> Result<(), Error> {
    process.handle(record?).await
}
