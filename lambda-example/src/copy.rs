//! A handler that keeps a copy of the table in another one, and that no old record turns back.
//!
//! Lambda delivers a record at least once, and a replay or a backfill delivers old records after
//! newer ones. Each item of the copy therefore has the
//! sequence number of the record that it was written by, and is only written by a record with a
//! higher one. A deletion is written too, as an item that has only its key, the number and a time
//! to live: without it, an old record would bring the item back.

use std::env;
use std::time::{Duration, SystemTime};

use aws_config::BehaviorVersion;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use ddb_core::event::BatchCounts;
use ddb_core::{
    Change, DynamoDbEventResponse, Ignored, IntoItem as _, IntoSdkItem as _, SdkItem, StreamEvent,
    StreamRecord,
};
use lambda_runtime::{Error, LambdaEvent};
use tracing::info;

use crate::metrics::write_counts;
use crate::model::SampleModel;

/// The sequence number of an item, with leading zeros, as an `S`. An `N` has up to 38 digits, and a
/// sequence number up to 40.
const NUMBER: &str = "StreamSequenceNumber";

/// The attribute of the table's time to live, which only the remains of a deleted item have.
const EXPIRES_AT: &str = "ExpiresAt";

/// An item is written if its record is newer than the one that the copy has. The other readers of
/// the copy ignore an item with [`EXPIRES_AT`].
const IS_NEWER: &str = "attribute_not_exists(#number) OR #number < :number";

/// A day longer than the bucket of the failed records keeps them: nothing older is replayed.
const DELETIONS_ARE_KEPT: Duration = Duration::from_hours(31 * 24);

/// The table that has the copy.
#[derive(Clone, Debug)]
pub struct CopyTable {
    client: Client,
    name: String,
}

/// The effect of a record on the copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    Written,
    /// The copy has been written by the same record or a newer one, and was left as it is.
    Stale,
}

impl CopyTable {
    #[must_use]
    pub const fn new(client: Client, name: String) -> Self {
        Self { client, name }
    }

    /// Returns the table that the environment variable `COPY_TABLE` names, in the account and
    /// region of the function.
    ///
    /// # Errors
    ///
    /// Fails if the variable is not set.
    pub async fn from_env() -> Result<Self, Error> {
        let name = env::var("COPY_TABLE").map_err(|error| format!("COPY_TABLE: {error}"))?;
        let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
        Ok(Self::new(Client::new(&config), name))
    }

    /// Handles a batch in order and stops at the first failure, whose sequence number is the
    /// response.
    ///
    /// # Errors
    ///
    /// Fails if the failed record has no sequence number to report.
    pub async fn handle_batch(
        &self,
        event: LambdaEvent<StreamEvent<SampleModel, Ignored>>,
    ) -> Result<DynamoDbEventResponse, Error> {
        let counts = BatchCounts::default();
        let batch = event.payload.counts(&counts).spans();
        let response = batch
            .process(async |record| {
                let event_id = record.meta.event_id.clone();
                let effect = self.handle_record(record).await?;
                info!(event_id = event_id.as_deref(), ?effect, "copied");
                Ok(())
            })
            .await;
        write_counts(&counts, &event.context);
        response
    }

    /// Writes the change of a record to the copy, unless the copy is newer.
    ///
    /// A line of an export has no sequence number. It is older than each record of the stream, and
    /// is only written where the copy has nothing.
    ///
    /// # Errors
    ///
    /// Fails if DynamoDB refuses the item for another reason.
    pub async fn handle_record<O>(
        &self,
        record: StreamRecord<SampleModel, O>,
    ) -> Result<Effect, Error> {
        let mut item = match record.change {
            Change::Insert { new } | Change::Modify { new, .. } => new.into_item()?.into_sdk_item(),
            Change::Remove { .. } => deletion(record.meta.keys.into_sdk_item())?,
        };
        let digits = record.meta.sequence_number.as_ref().map_or("", |number| number.as_str());
        let number = AttributeValue::S(format!("{digits:0>40}"));
        item.insert(NUMBER.to_owned(), number.clone());
        let request = self.client.put_item().table_name(&self.name).set_item(Some(item));
        let request = request.condition_expression(IS_NEWER);
        let request = request.expression_attribute_names("#number", NUMBER);
        let request = request.expression_attribute_values(":number", number);
        // The future of a request is large, and would be part of each future around it.
        match Box::pin(request.send()).await {
            Ok(_) => Ok(Effect::Written),
            Err(error) => {
                let error = error.into_service_error();
                if error.is_conditional_check_failed_exception() {
                    Ok(Effect::Stale)
                } else {
                    Err(error.into())
                }
            }
        }
    }
}

/// The item that replaces one that was deleted.
fn deletion(mut key: SdkItem) -> Result<SdkItem, Error> {
    let expires_at = SystemTime::now() + DELETIONS_ARE_KEPT;
    let seconds = expires_at.duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
    key.insert(EXPIRES_AT.to_owned(), AttributeValue::N(seconds.to_string()));
    Ok(key)
}
