//! Reads a stream outside of Lambda, through the AWS SDK, and handles its records with
//! [`StreamEvent::process`].
//!
//! ```text
//! cargo run -p lambda-example --example poller --features poller
//! ```
//!
//! The table is in an embedded DynamoDB, which serves its HTTP API on the loopback interface. To
//! read a stream in AWS, build both clients from `aws_config::load_from_env`, and read every shard:
//! a shard after its parent, because an item's changes continue in the child.

mod shard;
mod table;

use std::cell::Cell;
use std::process::ExitCode;

use ddb_core::{Change, FromStreamImage, IntoSdkItem, RecordError, StreamRecord};
use lambda_example::model::SampleModel;

use crate::shard::ShardReader;
use crate::table::Table;

type Error = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Error> {
    let table = Table::serve().await?;
    table.write_samples().await?;

    let mut shard = ShardReader::start(table.streams.clone(), &table.stream_arn).await?;
    let is_first_attempt = Cell::new(true);
    loop {
        let event = shard.read::<SampleModel>().await?;
        if event.records.is_empty() {
            return Ok(());
        }
        println!("{} records", event.records.len());
        let response = event
            .quarantine(quarantine)
            .process(async |record| {
                if matches!(record.change, Change::Modify { .. }) && is_first_attempt.take() {
                    return Err("a service that the handler calls is down".into());
                }
                handle_record(&table, record).await
            })
            .await?;
        if let Some(failure) = response.batch_item_failures.first() {
            let number = failure.item_identifier.as_deref().ok_or("a failure without a number")?;
            println!("failed, read again from the failed record on");
            shard.seek(number).await?;
        }
    }
}

/// Prints the change, and the item as it is now, which may be newer than the record.
async fn handle_record(table: &Table, record: StreamRecord<SampleModel>) -> Result<(), Error> {
    match record.change {
        Change::Insert { new } => println!("  inserted {new:?}"),
        Change::Modify { old, new } => println!("  modified {old:?}, now {new:?}"),
        Change::Remove { old, .. } => println!("  removed {old:?}"),
    }
    let key = record.meta.keys.into_sdk_item();
    match table.get(key).await? {
        Some(item) => println!("    in the table: {:?}", SampleModel::from_sdk_item(item)?),
        None => println!("    no longer in the table"),
    }
    Ok(())
}

/// Takes a record that does not fit a sample. A program for AWS would store its text.
#[allow(clippy::unused_async, reason = "yours will await")]
async fn quarantine(error: RecordError) -> Result<(), Error> {
    println!("  quarantined: {}", error.kind());
    Ok(())
}
