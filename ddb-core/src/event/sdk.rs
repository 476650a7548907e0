//! Conversion from the records of `aws-sdk-dynamodbstreams`.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::SystemTime;

use aws_sdk_dynamodbstreams::types::{
    AttributeValue, OperationType, Record, StreamRecord as SdkChange, StreamViewType,
};
use serde_dynamo::Item;
use serde_json::{Value, json};

use crate::error::ImageError;
use crate::event::decode::{PartialRecord, RecordSink, Side, TypedRecords, parse_event_name};
use crate::event::delivery::Delivery;
use crate::event::error::{RecordError, RecordErrorKind};
use crate::event::meta::{UserIdentity, ViewType};
use crate::event::record::{ChangeImage, StreamRecord};
use crate::event::stream::StreamEvent;
use crate::sdk::item_from_sdk;

/// Converts the records of a `GetRecords` response, for programs that read a stream themselves.
///
/// [`process`](StreamEvent::process) works as it does in a Lambda. If its response names a sequence
/// number, read the shard again from that one on (`AT_SEQUENCE_NUMBER`).
///
/// ```
/// use aws_sdk_dynamodbstreams::operation::get_records::GetRecordsOutput;
/// use ddb_core::{FromStreamImage, StreamEvent};
///
/// #[derive(FromStreamImage)]
/// struct Order {
///     id: u64,
/// }
///
/// fn decode(output: GetRecordsOutput) -> StreamEvent<Order> {
///     output.records.unwrap_or_default().into()
/// }
/// ```
///
/// The metadata has no `event_source_arn` and no `table_name`, because such a record does not state
/// its stream.
impl<T: ChangeImage, O: ChangeImage> From<Vec<Record>> for StreamEvent<T, O> {
    fn from(records: Vec<Record>) -> Self {
        let mut typed = TypedRecords::new();
        for record in records {
            add_record(record, &mut typed);
        }
        Self { records: typed.into_records(), window: None, delivery: Delivery::EventSourceMapping }
    }
}

/// Converts one record of `aws-sdk-dynamodbstreams`. For a whole response, convert the `Vec` into a
/// [`StreamEvent`].
impl<T: ChangeImage, O: ChangeImage> TryFrom<Record> for StreamRecord<T, O> {
    type Error = RecordError;

    fn try_from(record: Record) -> Result<Self, RecordError> {
        let mut typed = TypedRecords::new();
        add_record(record, &mut typed);
        typed.take_record()
    }
}

/// Writes a record as a Lambda receives it in the array `Records` of its payload. A program that
/// reads a stream itself can invoke a function with it.
///
/// `event_source_arn` is the ARN of the stream, which the record does not state.
///
/// ```
/// use aws_sdk_dynamodbstreams::operation::get_records::GetRecordsOutput;
/// use ddb_core::ImageError;
/// use ddb_core::event::record_to_json;
///
/// fn payload(output: GetRecordsOutput, stream_arn: &str) -> Result<String, ImageError> {
///     let records = output.records.unwrap_or_default();
///     let records: Result<Vec<_>, _> =
///         records.into_iter().map(|record| record_to_json(record, stream_arn)).collect();
///     Ok(format!(r#"{{"Records":[{}]}}"#, records?.join(",")))
/// }
/// ```
///
/// # Errors
///
/// Returns an error with the attributes that the SDK could not read, because it does not know their
/// types.
pub fn record_to_json(mut record: Record, event_source_arn: &str) -> Result<String, ImageError> {
    let mut parts = Parts::default();
    if let Some(change) = &mut record.dynamodb {
        parts = Parts {
            keys: change.keys.take().map(item_from_sdk).transpose()?,
            new_image: change.new_image.take().map(item_from_sdk).transpose()?,
            old_image: change.old_image.take().map(item_from_sdk).transpose()?,
        };
    }
    Ok(write_json(&record, &parts, Some(event_source_arn)))
}

/// The parts of a record that consist of attributes, without those that the SDK could not read.
#[derive(Default)]
struct Parts {
    keys: Option<Item>,
    new_image: Option<Item>,
    old_image: Option<Item>,
}

fn add_record(mut record: Record, sink: &mut dyn RecordSink) {
    let mut partial = PartialRecord::new(sink);
    let mut parts = Parts::default();
    match &mut record.dynamodb {
        Some(change) => parts = read_change(&mut partial, change, sink),
        None => partial.refuse(RecordErrorKind::NoChange),
    }
    let meta = &mut partial.meta;
    meta.event_id = record.event_id.as_deref().map(Arc::from);
    meta.region = record.aws_region.as_deref().map(Arc::from);
    meta.user_identity = record.user_identity.as_ref().map(|identity| UserIdentity {
        identity_type: identity.r#type.as_deref().map(Arc::from),
        principal_id: identity.principal_id.as_deref().map(Arc::from),
    });
    partial.set_event_name(parse_event_name(record.event_name.as_ref().map(OperationType::as_str)));
    partial.finish(sink, &|| write_json(&record, &parts, None));
}

fn read_change(
    partial: &mut PartialRecord,
    change: &mut SdkChange,
    sink: &mut dyn RecordSink,
) -> Parts {
    let meta = &mut partial.meta;
    meta.sequence_number = change.sequence_number.as_deref().and_then(|text| text.parse().ok());
    meta.created_at =
        change.approximate_creation_date_time.and_then(|time| SystemTime::try_from(time).ok());
    meta.size_bytes = change.size_bytes.and_then(|size| size.try_into().ok());
    meta.view_type = change.stream_view_type.as_ref().map(|name| ViewType::parse(name.as_str()));

    Parts {
        keys: change.keys.take().and_then(|keys| read_keys(partial, keys)),
        new_image: read_image(partial, Side::New, change.new_image.take(), sink),
        old_image: read_image(partial, Side::Old, change.old_image.take(), sink),
    }
}

fn read_keys(partial: &mut PartialRecord, keys: HashMap<String, AttributeValue>) -> Option<Item> {
    match item_from_sdk(keys) {
        Ok(keys) => {
            partial.read_item_keys(&keys);
            Some(keys)
        }
        Err(error) => {
            partial.refuse_keys(error);
            None
        }
    }
}

fn read_image(
    partial: &mut PartialRecord,
    side: Side,
    image: Option<HashMap<String, AttributeValue>>,
    sink: &mut dyn RecordSink,
) -> Option<Item> {
    match item_from_sdk(image?) {
        Ok(image) => {
            partial.read_item_image(side, &image, sink);
            Some(image)
        }
        Err(error) => {
            partial.refuse_image(side, error, sink);
            None
        }
    }
}

/// Writes the record as Lambda would deliver it.
fn write_json(record: &Record, parts: &Parts, event_source_arn: Option<&str>) -> String {
    let change = record.dynamodb.as_ref().map(|change| {
        let created_at = change.approximate_creation_date_time.map(|time| time.as_secs_f64());
        let view_type = change.stream_view_type.as_ref().map(StreamViewType::as_str);
        object(json!({
            "ApproximateCreationDateTime": created_at,
            "Keys": parts.keys,
            "NewImage": parts.new_image,
            "OldImage": parts.old_image,
            "SequenceNumber": change.sequence_number,
            "SizeBytes": change.size_bytes,
            "StreamViewType": view_type,
        }))
    });
    let user_identity = record.user_identity.as_ref().map(|identity| {
        object(json!({"type": identity.r#type, "principalId": identity.principal_id}))
    });
    let record = object(json!({
        "eventID": record.event_id,
        "eventName": record.event_name.as_ref().map(OperationType::as_str),
        "eventVersion": record.event_version,
        "eventSource": record.event_source,
        "eventSourceARN": event_source_arn,
        "awsRegion": record.aws_region,
        "dynamodb": change,
        "userIdentity": user_identity,
    }));
    record.to_string()
}

/// Removes the members that are `null`, because the record does not have them.
fn object(mut object: Value) -> Value {
    if let Value::Object(members) = &mut object {
        members.retain(|_, value| !value.is_null());
    }
    object
}
