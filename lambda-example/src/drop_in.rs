//! A handler that keeps the event types of `aws_lambda_events` and replaces a hand-written
//! conversion with `into()`.
//!
//! An attribute that does not fit gets its default, and a warning is logged. A record that
//! `aws_lambda_events` itself cannot decode fails the whole batch before this handler runs. With
//! [`handler`](crate::handler), such a record fails alone.

use aws_lambda_events::dynamodb::{Event, EventRecord};
use lambda_runtime::{Error, LambdaEvent};
use tracing::{debug, info, warn};

use crate::model::SampleModel;

/// The type and the principal in `userIdentity` when DynamoDB deletes an expired item, see
/// [TTL and streams](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html).
const TIME_TO_LIVE: (&str, &str) = ("Service", "dynamodb.amazonaws.com");

/// Handles every record of a batch.
///
/// # Errors
///
/// Never returns one: a lossy conversion always succeeds.
#[allow(clippy::unused_async, reason = "the runtime calls an async function, and yours will await")]
pub async fn handle_batch(event: LambdaEvent<Event>) -> Result<(), Error> {
    let records = event.payload.records;
    info!(records = records.len(), "batch");
    records.into_iter().for_each(handle_record);
    Ok(())
}

/// Checks the event name before converting an image: `aws_lambda_events` turns an absent image into
/// an empty one, which the lossy conversion would fill with defaults.
fn handle_record(record: EventRecord) {
    let event_id = record.event_id.as_str();
    match record.event_name.as_str() {
        "INSERT" => {
            let new: SampleModel = record.change.new_image.into();
            info!(event_id, "inserted");
            debug!(event_id, ?new, "sample");
        }
        "MODIFY" => {
            let new: SampleModel = record.change.new_image.into();
            let old: SampleModel = record.change.old_image.into();
            info!(event_id, "modified");
            debug!(event_id, ?old, ?new, "sample");
        }
        "REMOVE" => {
            let identity = record.user_identity.unwrap_or_default();
            let expired = (identity.type_.as_str(), identity.principal_id.as_str()) == TIME_TO_LIVE;
            let old: SampleModel = record.change.old_image.into();
            info!(event_id, expired, "removed");
            debug!(event_id, ?old, "sample");
        }
        event_name => warn!(event_id, event_name, "unknown event name"),
    }
}
