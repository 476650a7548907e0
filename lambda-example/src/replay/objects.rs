//! Loads the batches of the objects.

use ddb_core::testing::filter::Filters;
use serde_json::json;

use super::Error;
use super::batch::{Batch, Failure};
use super::source::Source;
use super::stream::read_batch;

pub struct Objects {
    pub source: Source,
    pub streams: aws_sdk_dynamodbstreams::Client,
    /// The filters of the mapping. They apply to records that are read from the stream; in a
    /// payload they have been applied before.
    pub filters: Filters,
}

impl Objects {
    /// The batch of an object, and its payload.
    pub async fn load(&self, name: &str) -> Result<(Batch, String), Error> {
        let text = self.source.read(name).await?;
        self.decode(name, &text).await.map_err(|error| format!("{name}: {error}").into())
    }

    async fn decode(&self, name: &str, text: &[u8]) -> Result<(Batch, String), Error> {
        let mut failure = Failure::decode(text)?;
        let payload = if let Some(payload) = failure.payload.take() {
            payload
        } else {
            let mut records = read_batch(&self.streams, &failure.meta.batch).await?;
            records.retain(|record| self.filters.matches(record));
            json!({ "Records": records }).to_string()
        };
        let batch = failure.into_batch(name, &payload)?;
        Ok((batch, payload))
    }
}
