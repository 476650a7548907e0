//! A table with a stream, in an embedded DynamoDB.

use std::time::Duration;

use dynoxide::Database;
use dynoxide::storage_backend::{Clock, ManualClock};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

type Error = Box<dyn std::error::Error + Send + Sync>;

const TABLE: &str = "Samples";

/// 2023-11-14T22:13:20Z. The clock advances only in [`Table::expire_after`].
const START: u64 = 1_700_000_000;

pub struct Table {
    database: Database,
    clock: ManualClock,
    /// The stream's ARN.
    stream: Value,
    /// The iterator at the next unread record.
    iterator: String,
}

impl Table {
    /// Creates an empty table with the key `Id`, the time to live in `ExpiresAt`, and both images
    /// in its stream.
    pub fn create() -> Result<Self, Error> {
        let clock = ManualClock::new(START);
        let database = Database::memory_with_clock(clock.arc())?;
        let created = database.create_table(request(json!({
            "TableName": TABLE,
            "KeySchema": [{"AttributeName": "Id", "KeyType": "HASH"}],
            "AttributeDefinitions": [{"AttributeName": "Id", "AttributeType": "N"}],
            "BillingMode": "PAY_PER_REQUEST",
            "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        }))?)?;
        database.update_time_to_live(request(json!({
            "TableName": TABLE,
            "TimeToLiveSpecification": {"AttributeName": "ExpiresAt", "Enabled": true},
        }))?)?;
        let created = serde_json::to_value(created)?;
        let stream = &created["TableDescription"]["LatestStreamArn"];
        let described = serde_json::to_value(
            database.describe_stream(request(json!({"StreamArn": stream}))?)?,
        )?;
        let iterator = database.get_shard_iterator(request(json!({
            "StreamArn": stream,
            "ShardId": described["StreamDescription"]["Shards"][0]["ShardId"],
            "ShardIteratorType": "TRIM_HORIZON",
        }))?)?;
        let iterator = iterator.shard_iterator.ok_or("the stream has no shard")?;
        Ok(Self { database, clock, stream: stream.clone(), iterator })
    }

    /// Writes an item, given as DynamoDB JSON.
    pub fn put(&self, item: &Value) -> Result<(), Error> {
        self.database.put_item(request(json!({"TableName": TABLE, "Item": item}))?)?;
        Ok(())
    }

    pub fn update_message(&self, id: i32, message: &str) -> Result<(), Error> {
        self.database.update_item(request(json!({
            "TableName": TABLE,
            "Key": {"Id": {"N": id.to_string()}},
            "UpdateExpression": "SET Message = :message",
            "ExpressionAttributeValues": {":message": {"S": message}},
        }))?)?;
        Ok(())
    }

    pub fn delete(&self, id: i32) -> Result<(), Error> {
        let key = json!({"Id": {"N": id.to_string()}});
        self.database.delete_item(request(json!({"TableName": TABLE, "Key": key}))?)?;
        Ok(())
    }

    /// The time of the table's clock, in seconds since the Unix epoch.
    pub fn now(&self) -> u64 {
        self.clock.now_unix_secs()
    }

    /// Advances the clock and deletes the items that have expired by then. AWS takes up to a few
    /// days to delete an expired item.
    pub fn expire_after(&self, time: Duration) -> Result<usize, Error> {
        self.clock.tick(time);
        Ok(self.database.sweep_ttl()?)
    }

    /// Returns the records since the last call, as the payload that Lambda would deliver.
    pub fn take_payload(&mut self) -> Result<Value, Error> {
        let taken = self.database.get_records(request(json!({"ShardIterator": self.iterator}))?)?;
        if let Some(next) = taken.next_shard_iterator {
            self.iterator = next;
        }
        let mut payload = json!({"Records": taken.records});
        for record in payload["Records"].as_array_mut().into_iter().flatten() {
            // Lambda adds this member; the records of the stream do not have it.
            record["eventSourceARN"] = self.stream.clone();
        }
        Ok(payload)
    }
}

/// Builds a request from the JSON of DynamoDB's HTTP API.
fn request<T: DeserializeOwned>(request: Value) -> Result<T, Error> {
    Ok(serde_json::from_value(request)?)
}
