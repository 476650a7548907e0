//! The order in which the batches are replayed.

use std::collections::HashMap;

use aws_sdk_dynamodbstreams::Client;

use super::Error;
use super::batch::Batch;
use crate::aws_error::describe;

/// The parent of each shard of a stream.
#[derive(Default)]
pub struct Shards(HashMap<String, String>);

impl Shards {
    /// Asks the streams of the batches for their shards. A stream of Kinesis has no answer here,
    /// and the stream of a deleted table none at all.
    pub async fn describe(client: &Client, batches: &[Batch]) -> Result<Self, Error> {
        let mut shards = Self::default();
        let arns = batches.iter().filter_map(|batch| batch.meta.batch.stream_arn.as_deref());
        let mut arns: Vec<&str> = arns.filter(|arn| arn.contains(":dynamodb:")).collect();
        arns.sort_unstable();
        arns.dedup();
        for arn in arns {
            shards.add_stream(client, arn).await?;
        }
        Ok(shards)
    }

    async fn add_stream(&mut self, client: &Client, arn: &str) -> Result<(), Error> {
        let mut after = None;
        loop {
            let request = client.describe_stream().stream_arn(arn);
            let response = request.set_exclusive_start_shard_id(after).send().await;
            let response = response.map_err(describe)?;
            let Some(stream) = response.stream_description else { return Ok(()) };
            for shard in stream.shards.unwrap_or_default() {
                if let (Some(id), Some(parent)) = (shard.shard_id, shard.parent_shard_id) {
                    self.0.insert(id, parent);
                }
            }
            after = stream.last_evaluated_shard_id;
            if after.is_none() {
                return Ok(());
            }
        }
    }

    /// The number of shards that this one descends from.
    fn depth(&self, shard: &str) -> usize {
        let mut depth = 0;
        let mut shard = shard;
        while let Some(parent) = self.0.get(shard)
            && depth <= self.0.len()
        {
            depth += 1;
            shard = parent;
        }
        depth
    }

    /// Sorts the batches: those of parent shards first, because a child has later records of the
    /// same items, then by the arrival of the first record, then by sequence number.
    pub fn sort(&self, batches: &mut [Batch]) {
        batches.sort_by_cached_key(|batch| {
            let shard = batch.meta.batch.shard_id.as_deref().unwrap_or_default();
            let first = batch.records.first().map(|record| record.sequence_number.clone());
            (self.depth(shard), batch.meta.batch.first_arrival, first, batch.name.clone())
        });
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use ddb_core::event::{FailedBatch, FailureMeta};

    use super::*;
    use crate::replay::batch::Record;

    fn batch(shard: &str, arrival: u64, number: &str) -> Batch {
        let mut range = FailedBatch::default();
        range.shard_id = Some(shard.into());
        range.first_arrival = Some(SystemTime::UNIX_EPOCH + Duration::from_secs(arrival));
        let mut meta = FailureMeta::default();
        meta.batch = range;
        let record = Record { sequence_number: number.parse().expect("a number"), problem: None };
        Batch { name: format!("{shard} {arrival} {number}"), meta, records: vec![record] }
    }

    #[test]
    fn parents_come_first_then_arrivals_then_numbers() {
        let parents = [("child", "parent"), ("grandchild", "child"), ("loop", "loop")];
        let parents = parents.map(|(shard, parent)| (shard.to_owned(), parent.to_owned()));
        let shards = Shards(parents.into());
        let mut batches = [
            batch("grandchild", 1, "1"),
            batch("child", 1, "1"),
            batch("parent", 5, "100"),
            batch("parent", 5, "99"),
            batch("other", 4, "900"),
        ];
        shards.sort(&mut batches);
        let names: Vec<&str> = batches.iter().map(|batch| &*batch.name).collect();
        assert_eq!(
            names,
            ["other 4 900", "parent 5 99", "parent 5 100", "child 1 1", "grandchild 1 1"]
        );
        assert!(shards.depth("loop") > 0);
    }
}
