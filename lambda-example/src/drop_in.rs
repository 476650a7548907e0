//! The other way to use the conversion: a handler that keeps the event types of
//! `aws_lambda_events`, and says `into()` where a conversion by hand was before.
//!
//! What does not fit a sample gets its default, and a warning. What `aws_lambda_events` itself
//! cannot decode fails the whole batch before this handler runs; the function's own
//! [`handler`](crate::handler) keeps such a record apart.

use aws_lambda_events::dynamodb::{Event, EventRecord};
use lambda_runtime::{Error, LambdaEvent};
use tracing::{debug, info, warn};

use crate::model::SampleModel;

/// The type and the principal of the `userIdentity` of a deletion by time to live, see
/// [TTL and streams](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html).
const TIME_TO_LIVE: (&str, &str) = ("Service", "dynamodb.amazonaws.com");

/// Handles every record of a batch.
///
/// # Errors
///
/// None.
#[allow(clippy::unused_async, reason = "the runtime calls an async function, and yours will await")]
pub async fn handle_batch(event: LambdaEvent<Event>) -> Result<(), Error> {
    let records = event.payload.records;
    info!(records = records.len(), "batch");
    records.into_iter().for_each(handle_record);
    Ok(())
}

/// A removed item has an old image only; the others have the new one.
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
