//! The lines that the operator reads.

use std::time::SystemTime;

use aws_sdk_s3::primitives::{DateTime, DateTimeFormat};
use ddb_core::event::FailureObjectKey;

use super::batch::Batch;

/// Prints what is there: when, which shard, how many records, why, and which records do not fit.
pub fn print_batches(batches: &[Batch]) {
    let records: usize = batches.iter().map(|batch| batch.records.len()).sum();
    println!(
        "{} and {}",
        count(batches.len(), "batch", "batches"),
        count(records, "record", "records")
    );
    for batch in batches {
        let meta = &batch.meta;
        let key = batch.name.parse::<FailureObjectKey>().ok();
        let time = meta.timestamp.or(key.map(|key| key.time)).map_or_else(String::new, format_time);
        let shard = meta.batch.shard_id.as_deref().unwrap_or("unknown shard");
        let condition = meta.condition.as_ref().map_or("unknown condition", |name| name.as_str());
        println!(
            "{time}  {shard}  {}  {condition}",
            count(batch.records.len(), "record", "records")
        );
        println!("    {}", batch.name);
        for record in &batch.records {
            if let Some(problem) = &record.problem {
                println!("    {}: {problem}", record.sequence_number);
            }
        }
    }
}

/// `1 record`, `2 records`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn format_time(time: SystemTime) -> String {
    DateTime::from(time).fmt(DateTimeFormat::DateTime).unwrap_or_default()
}
