//! Replays the batches.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, SdkConfig};
use ddb_core::event::SequenceNumber;
use ddb_core::testing::filter::Filters;
use indicatif::{ProgressBar, ProgressStyle};

use super::Error;
use super::answer::Answer;
use super::batch::Batch;
use super::function::Function;
use super::objects::Objects;
use super::options::Options;
use super::plan::Shards;
use super::progress::Progress;
use super::report::{count, print_batches};
use super::source::Source;
use crate::aws_error::describe;
use crate::interrupt;
use crate::journal::Journal;

/// Lists the batches, and replays them unless it is a dry run.
///
/// # Errors
///
/// Fails if an object cannot be read, and at the first batch that the function does not answer with
/// success.
pub async fn run(options: Options) -> Result<(), Error> {
    let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
    let client = lambda_client(&config);
    let objects = Objects {
        source: open_source(&options, &config)?,
        streams: aws_sdk_dynamodbstreams::Client::new(&config),
        filters: read_filters(&options, &client).await?,
    };
    let mut batches = Vec::new();
    for name in objects.source.list().await? {
        batches.push(objects.load(&name).await?.0);
    }
    let shards = Shards::describe(&objects.streams, &batches).await.unwrap_or_else(|error| {
        println!("the shards are in the order of their records, because of {error}");
        Shards::default()
    });
    shards.sort(&mut batches);
    print_batches(&batches);
    check_skipped(&options.skip, &batches)?;
    if options.dry_run {
        return Ok(());
    }
    let replay = Replay {
        objects,
        function: Function { client, name: options.function },
        journal: Journal::open(&options.journal)?,
        skipped: options.skip.into_iter().collect(),
        deletes: options.delete_replayed,
        interrupted: interrupt::watch(|| {
            eprintln!(
                "replay: waits for the invocation that is running; Ctrl-C again ends at once"
            );
        }),
    };
    replay.run(&batches).await
}

fn open_source(options: &Options, config: &SdkConfig) -> Result<Source, Error> {
    match (&options.folder, &options.bucket, &options.mapping) {
        (Some(folder), ..) => Ok(Source::Folder(folder.clone())),
        (None, Some(bucket), Some(mapping)) => Ok(Source::Bucket {
            client: aws_sdk_s3::Client::new(config),
            bucket: bucket.clone(),
            mapping: mapping.clone(),
        }),
        _ => Err("neither a folder nor a bucket".into()),
    }
}

/// The filters of the mapping. A bucket needs none: its objects have payloads.
async fn read_filters(
    options: &Options,
    client: &aws_sdk_lambda::Client,
) -> Result<Filters, Error> {
    let (Some(mapping), None) = (&options.mapping, &options.bucket) else {
        return Ok(Filters::parse([])?);
    };
    let response = client.get_event_source_mapping().uuid(mapping).send().await;
    let response = response.map_err(|error| format!("mapping {mapping}: {}", describe(error)))?;
    let filters = response.filter_criteria.and_then(|criteria| criteria.filters);
    let filters = filters.unwrap_or_default();
    let patterns = filters.iter().filter_map(|filter| filter.pattern.as_deref());
    Ok(Filters::parse(patterns).map_err(|error| format!("mapping {mapping}: {error}"))?)
}

/// A client that waits for the answer as long as a function can run, and does not invoke it a
/// second time meanwhile.
fn lambda_client(config: &SdkConfig) -> aws_sdk_lambda::Client {
    let config = aws_sdk_lambda::config::Builder::from(config)
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::disabled())
        .build();
    aws_sdk_lambda::Client::from_conf(config)
}

/// Refuses a number that no batch has, which is a typing error.
fn check_skipped(skipped: &[SequenceNumber], batches: &[Batch]) -> Result<(), Error> {
    let records = batches.iter().flat_map(|batch| &batch.records);
    let numbers: HashSet<_> = records.map(|record| &record.sequence_number).collect();
    match skipped.iter().find(|number| !numbers.contains(number)) {
        Some(number) => {
            Err(format!("--skip {number}: no batch has a record with this number").into())
        }
        None => Ok(()),
    }
}

struct Replay {
    objects: Objects,
    function: Function,
    journal: Journal<Progress>,
    skipped: HashSet<SequenceNumber>,
    deletes: bool,
    interrupted: Arc<AtomicBool>,
}

/// A record, across objects.
type RecordId<'b> = (Option<&'b str>, &'b SequenceNumber);

impl Replay {
    async fn run(mut self, batches: &[Batch]) -> Result<(), Error> {
        let records = batches.iter().map(|batch| batch.records.len()).sum::<usize>();
        let bar = ProgressBar::new(records as u64);
        bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} records, {eta} left")?);
        let mut seen = HashSet::new();
        for batch in batches {
            if self.interrupted.load(Ordering::Relaxed) {
                bar.finish_and_clear();
                return Err("interrupted: run the same command again to go on".into());
            }
            let outcome = self.replay(batch, &mut seen, &bar).await;
            if outcome.is_err() {
                bar.finish_and_clear();
            }
            outcome?;
            bar.inc(batch.records.len() as u64);
        }
        bar.finish_and_clear();
        println!("every record is handled");
        Ok(())
    }

    /// Invokes the function with what is not handled of a batch.
    async fn replay<'b>(
        &mut self,
        batch: &'b Batch,
        seen: &mut HashSet<RecordId<'b>>,
        bar: &ProgressBar,
    ) -> Result<(), Error> {
        let name = &batch.name;
        let progress = self.journal.progress(name).cloned();
        let shard = batch.meta.batch.shard_id.as_deref();
        let mut chosen = Vec::new();
        let mut left_out = Vec::new();
        for record in &batch.records {
            let number = &record.sequence_number;
            let is_new = seen.insert((shard, number));
            let is_handled = progress.as_ref().is_some_and(|progress| progress.includes(number));
            if self.skipped.contains(number) {
                left_out.push(number);
            } else if is_new && !is_handled {
                chosen.push(number);
            }
        }
        if !chosen.is_empty()
            && let Some(number) = self.invoke(batch, &chosen).await?
        {
            let failed = chosen.iter().copied().filter(|chosen| **chosen >= number);
            let unhandled: Vec<_> = left_out.iter().copied().chain(failed).collect();
            self.journal.record(name, Progress::without(&unhandled))?;
            return Err(format!(
                "{name}: record {number} failed: fix the cause, which is in the function's log, and run \
                 the same command again, or leave the record out with --skip {number}"
            )
            .into());
        }
        let handled = Progress::without(&left_out);
        if progress.as_ref() != Some(&handled) {
            self.journal.record(name, handled)?;
        }
        let deleted = self.deletes && left_out.is_empty();
        if deleted {
            self.objects.source.delete(name).await?;
        }
        bar.suspend(|| {
            let handled = count(chosen.len(), "record", "records");
            let deleted = if deleted { ", deleted" } else { "" };
            println!("{name}: {handled} handled{deleted}");
            for number in left_out {
                println!("    left out {number}");
            }
        });
        Ok(())
    }

    /// Invokes the function with these records. Returns the number of the first one that is not
    /// handled.
    async fn invoke(
        &self,
        batch: &Batch,
        chosen: &[&SequenceNumber],
    ) -> Result<Option<SequenceNumber>, Error> {
        let name = &batch.name;
        let (_, payload) = self.objects.load(name).await?;
        let payload = batch.payload(&payload, &chosen.iter().copied().collect())?;
        let output = self.function.invoke(&payload).await?;
        let text = output.payload.as_ref().map_or(&[][..], |payload| payload.as_ref());
        match Answer::read(output.function_error.as_deref(), text, chosen) {
            Answer::Done => Ok(None),
            Answer::FailedAt(number) => Ok(Some(number)),
            Answer::Failed(reason) => Err(format!(
                "{name}: {reason}: any of its records may have been handled; fix the cause, which is \
                 in the function's log, and run the same command again"
            )
            .into()),
        }
    }
}
