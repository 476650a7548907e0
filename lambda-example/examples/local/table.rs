//! A table with a stream, in an embedded DynamoDB.

use std::time::Duration;

use ddb_core::IntoItem;
use dynoxide::Database;
use dynoxide::storage_backend::{Clock, ManualClock};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

type Error = Box<dyn std::error::Error + Send + Sync>;

/// 2023-11-14T22:13:20Z. The clock advances only in [`Table::expire_after`].
const START: u64 = 1_700_000_000;

pub struct Table {
    name: String,
    database: Database,
    clock: ManualClock,
    /// The stream's ARN.
    stream: Value,
    /// The iterator at the next unread record.
    iterator: String,
}

impl Table {
    /// Creates an empty table from the members of a `CreateTable` request that describe its keys,
    /// with the time to live in `ExpiresAt`, and both images in its stream.
    pub fn create(name: &str, keys: &Value) -> Result<Self, Error> {
        let clock = ManualClock::new(START);
        let database = Database::memory_with_clock(clock.arc())?;
        let mut definition = keys.clone();
        definition["TableName"] = json!(name);
        definition["BillingMode"] = json!("PAY_PER_REQUEST");
        definition["StreamSpecification"] =
            json!({"StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES"});
        let created = database.create_table(request(definition)?)?;
        database.update_time_to_live(request(json!({
            "TableName": name,
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
        Ok(Self { name: name.to_owned(), database, clock, stream: stream.clone(), iterator })
    }

    /// Writes an item.
    pub fn put(&self, item: impl IntoItem) -> Result<(), Error> {
        let item = item.into_item()?;
        self.database.put_item(request(json!({"TableName": self.name, "Item": item}))?)?;
        Ok(())
    }

    /// Sets attributes, given as DynamoDB JSON, of the item with this key.
    pub fn update(&self, key: impl IntoItem, attributes: &[(&str, Value)]) -> Result<(), Error> {
        let key = key.into_item()?;
        let mut update = json!({"TableName": self.name, "Key": key});
        let mut assignments = Vec::new();
        for (index, (name, value)) in attributes.iter().enumerate() {
            assignments.push(format!("#{index} = :{index}"));
            update["ExpressionAttributeNames"][format!("#{index}")] = json!(name);
            update["ExpressionAttributeValues"][format!(":{index}")] = value.clone();
        }
        update["UpdateExpression"] = json!(format!("SET {}", assignments.join(", ")));
        self.database.update_item(request(update)?)?;
        Ok(())
    }

    /// Deletes the item with this key.
    pub fn delete(&self, key: impl IntoItem) -> Result<(), Error> {
        let key = key.into_item()?;
        self.database.delete_item(request(json!({"TableName": self.name, "Key": key}))?)?;
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

    /// Returns the records since the last call, as Lambda would deliver them.
    pub fn take_records(&mut self) -> Result<Vec<Value>, Error> {
        let taken = self.database.get_records(request(json!({"ShardIterator": self.iterator}))?)?;
        if let Some(next) = taken.next_shard_iterator {
            self.iterator = next;
        }
        let mut records = Vec::new();
        for record in taken.records {
            let mut record = serde_json::to_value(record)?;
            // Lambda adds this member; the records of the stream do not have it.
            record["eventSourceARN"] = self.stream.clone();
            records.push(record);
        }
        Ok(records)
    }
}

/// Builds a request from the JSON of DynamoDB's HTTP API.
fn request<T: DeserializeOwned>(request: Value) -> Result<T, Error> {
    Ok(serde_json::from_value(request)?)
}
