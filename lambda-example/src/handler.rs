//! What happens to a batch of stream records.

use aws_lambda_events::dynamodb::{Event, EventRecord};
use lambda_runtime::{Error, LambdaEvent};
use tracing::{info, warn};

use crate::model::SampleModel;

/// The `userIdentity` of a deletion by time to live, see
/// [TTL and streams](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html).
const TIME_TO_LIVE: &str = "dynamodb.amazonaws.com";

/// Logs the size of the batch and every sample in it.
///
/// # Errors
///
/// None: what does not fit a sample gets its default, and a warning.
#[allow(clippy::unused_async, reason = "the runtime calls an async function, and yours will await")]
pub async fn handle_batch(event: LambdaEvent<Event>) -> Result<(), Error> {
    let records = event.payload.records;
    info!(records = records.len(), "batch");
    for record in records {
        handle_record(record);
    }
    Ok(())
}

/// A removed item has an old image only; the others have the new one.
fn handle_record(record: EventRecord) {
    let event = record.event_name.as_str();
    match event {
        "INSERT" | "MODIFY" => {
            let sample: SampleModel = record.change.new_image.into();
            info!(event, ?sample, "sample");
        }
        "REMOVE" => {
            let expired = record.user_identity.is_some_and(|identity| identity.principal_id == TIME_TO_LIVE);
            let sample: SampleModel = record.change.old_image.into();
            info!(event, expired, ?sample, "sample");
        }
        _ => warn!(event, event_id = record.event_id, "unknown event name"),
    }
}
