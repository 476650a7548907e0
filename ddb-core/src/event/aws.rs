//! Conversion from the events of `aws_lambda_events`.

use std::sync::Arc;
use std::time::SystemTime;

use aws_lambda_events::dynamodb::{Event, EventRecord};
use aws_lambda_events::kinesis::{KinesisEvent, KinesisEventRecord};
use chrono::{DateTime, Utc};

use crate::event::decode::{
    Decoder, KinesisMeta, PartialRecord, RecordSink, Side, StreamKind, TypedRecords,
    parse_event_name,
};
use crate::event::delivery::Delivery;
use crate::event::kinesis::KinesisStreamEvent;
use crate::event::meta::{UserIdentity, ViewType, table_of_stream};
use crate::event::record::ChangeImage;
use crate::event::stream::StreamEvent;

/// Converts an event that `aws_lambda_events` has decoded.
///
/// That event has already lost details that [`StreamEvent`]'s own decoding keeps. An empty image
/// counts as missing, the time 1970-01-01T00:00:00Z and the size 0 count as unknown, and a fraction
/// of a second is wrong. The converted event has no `window`, and its response names sequence
/// numbers.
impl<T: ChangeImage, O: ChangeImage> From<Event> for StreamEvent<T, O> {
    fn from(event: Event) -> Self {
        let mut records = TypedRecords::new();
        for record in &event.records {
            add_record(record, &mut records);
        }
        Self {
            records: records.into_records(),
            window: None,
            delivery: Delivery::EventSourceMapping,
        }
    }
}

fn add_record(record: &EventRecord, sink: &mut dyn RecordSink) {
    let change = &record.change;
    let mut partial = PartialRecord::new(sink);
    for (side, image) in [(Side::New, &change.new_image), (Side::Old, &change.old_image)] {
        if !image.is_empty() {
            partial.read_item_image(side, image, sink);
        }
    }

    let meta = &mut partial.meta;
    let text = |text: &str| (!text.is_empty()).then(|| Arc::from(text));
    meta.event_id = text(&record.event_id);
    meta.event_source_arn = record.event_source_arn.as_deref().map(Arc::from);
    meta.region = text(&record.aws_region);
    let table_name = record.table_name.as_deref();
    meta.table_name =
        table_name.or_else(|| table_of_stream(record.event_source_arn.as_deref()?)).map(Arc::from);
    meta.sequence_number = change.sequence_number.as_deref().and_then(|number| number.parse().ok());
    meta.created_at = Some(change.approximate_creation_date_time)
        .filter(|time| *time != DateTime::<Utc>::UNIX_EPOCH)
        .map(SystemTime::from);
    meta.size_bytes = change.size_bytes.try_into().ok().filter(|&size| size > 0);
    meta.view_type =
        change.stream_view_type.as_ref().map(|view_type| ViewType::parse(&view_type.to_string()));
    meta.user_identity = record.user_identity.as_ref().map(|identity| UserIdentity {
        identity_type: text(&identity.type_),
        principal_id: text(&identity.principal_id),
    });
    partial.read_item_keys(&change.keys);
    let event_name = Some(&*record.event_name).filter(|name| !name.is_empty());
    partial.set_event_name(parse_event_name(event_name));
    partial.finish(sink, &|| serde_json::to_string(record).unwrap_or_default());
}

/// Converts an event that `aws_lambda_events` has decoded.
///
/// The converted event has no `window`, and its response names sequence numbers.
impl<T: ChangeImage, O: ChangeImage> From<KinesisEvent> for KinesisStreamEvent<T, O> {
    fn from(event: KinesisEvent) -> Self {
        let mut records = TypedRecords::new();
        let mut decoder = Decoder::new("", StreamKind::KINESIS, &mut records);
        for record in &event.records {
            add_kinesis_record(record, &mut decoder);
        }
        Self {
            records: records.into_records(),
            window: None,
            delivery: Delivery::EventSourceMapping,
        }
    }
}

fn add_kinesis_record(record: &KinesisEventRecord, decoder: &mut Decoder<'_>) {
    let outer = KinesisMeta {
        event_id: record.event_id.as_deref().map(Arc::from),
        event_source_arn: record.event_source_arn.as_deref().map(Arc::from),
        region: record.aws_region.as_deref().map(Arc::from),
        sequence_number: record.kinesis.sequence_number.parse().ok(),
    };
    let raw_json = || serde_json::to_string(record).unwrap_or_default();
    decoder.add_data(&record.kinesis.data, outer, &raw_json);
}
