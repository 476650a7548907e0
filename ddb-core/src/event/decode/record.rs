//! Reads a DynamoDB record.

use std::sync::Arc;

use crate::event::decode::decoder::{Decoder, Shared, StreamKind};
use crate::event::decode::partial::{PartialRecord, parse_event_name};
use crate::event::decode::sink::Side;
use crate::event::decode::time::{TimeUnit, Timestamp, parse_rfc3339};
use crate::event::error::RecordErrorKind;
use crate::event::meta::{UserIdentity, ViewType, table_of_stream};
use crate::event::sequence_number::SequenceNumber;
use crate::json::{JsonReader, Members};

impl StreamKind {
    pub(in crate::event) const DYNAMODB: Self = Self {
        read_record: |decoder, json, record| decoder.read_record(json, record),
        is_kinesis: false,
    };
}

impl Decoder<'_> {
    pub(super) fn read_record(&mut self, json: JsonReader<'_>, record: &mut PartialRecord) {
        let Some(mut members) = Members::of_object(json) else {
            record.refuse(RecordErrorKind::NotARecord);
            self.has_dynamodb = true;
            return;
        };
        let mut event_name = parse_event_name(None);
        let (mut has_data, mut has_change) = (false, false);
        let (mut is_kinesis, mut is_other) = (false, false);
        while let Some(name) = members.next() {
            let meta = &mut record.meta;
            match &*name {
                "eventID" => meta.event_id = members.value().into_shared_text(),
                "eventName" => event_name = parse_event_name(members.value().into_text()),
                "eventSourceARN" => {
                    meta.event_source_arn =
                        share(&mut self.shared.event_source_arn, members.value());
                }
                "awsRegion" => meta.region = share(&mut self.shared.region, members.value()),
                "tableName" => {
                    meta.table_name = share(&mut self.shared.table_name, members.value());
                }
                "userIdentity" => meta.user_identity = read_user_identity(members.value()),
                "eventSource" | "EventSource" => {
                    is_other = is_other_source(&mut self.shared, members.value());
                }
                "dynamodb" if has_change => {
                    record.refuse(RecordErrorKind::RepeatedMember("dynamodb"));
                }
                "dynamodb" => {
                    has_data = true;
                    has_change = self.read_change(members.value(), record);
                }
                // EventBridge Pipes writes the members of `kinesis` directly into the record.
                "kinesis" | "data" => is_kinesis = true,
                _ => {}
            }
        }
        self.has_dynamodb |= !is_other || is_kinesis || has_data;
        if is_kinesis && !self.stream.is_kinesis {
            record.refuse(RecordErrorKind::KinesisRecord);
        } else if !has_change {
            record.refuse(RecordErrorKind::NoChange);
        }
        let meta = &mut record.meta;
        if meta.table_name.is_none() {
            if let Some(table) = meta.event_source_arn.as_deref().and_then(table_of_stream) {
                meta.table_name = share_text(&mut self.shared.table_name, table);
            }
        }
        record.set_event_name(event_name);
    }

    /// Reads the `dynamodb` object of a record. Returns `false` if it is not an object.
    fn read_change(&mut self, json: JsonReader<'_>, record: &mut PartialRecord) -> bool {
        let Some(mut members) = Members::of_object(json) else { return false };
        let mut time = None;
        // Older Kinesis records, from before the precision could be chosen, do not state it.
        let mut unit =
            Some(if self.stream.is_kinesis { TimeUnit::Millisecond } else { TimeUnit::Second });
        while let Some(name) = members.next() {
            let meta = &mut record.meta;
            match &*name {
                "ApproximateCreationDateTime" => {
                    let text = unquote(members.value().into_raw());
                    time = Timestamp::parse(text);
                    meta.created_at = if time.is_none() { parse_rfc3339(text) } else { None };
                }
                "ApproximateCreationDateTimePrecision" => {
                    if let Some(precision) = members.value().into_text() {
                        unit = TimeUnit::parse(precision);
                    }
                }
                "Keys" => record.read_keys(members.value()),
                "NewImage" => record.read_image(Side::New, members.value(), self.sink),
                "OldImage" => record.read_image(Side::Old, members.value(), self.sink),
                "SequenceNumber" => {
                    meta.sequence_number = read_sequence_number(members.value());
                }
                "SizeBytes" => meta.size_bytes = unquote(members.value().into_raw()).parse().ok(),
                "StreamViewType" => {
                    meta.view_type = members.value().into_text().map(ViewType::parse);
                }
                _ => {}
            }
        }
        if let Some(time) = time {
            record.meta.created_at = unit.and_then(|unit| time.in_unit(unit));
        }
        true
    }
}

fn read_user_identity(json: JsonReader<'_>) -> Option<UserIdentity> {
    let mut members = Members::of_object(json)?;
    let mut identity = UserIdentity::default();
    while let Some(name) = members.next() {
        match &*name {
            // Lambda writes the names in lower case, the DynamoDB Streams API in upper camel case.
            "type" | "Type" => identity.identity_type = members.value().into_shared_text(),
            "principalId" | "PrincipalId" => {
                identity.principal_id = members.value().into_shared_text();
            }
            _ => {}
        }
    }
    Some(identity)
}

pub(in crate::event) fn read_sequence_number(json: JsonReader<'_>) -> Option<SequenceNumber> {
    json.into_text()?.parse().ok()
}

/// Reads a text, and shares the allocation of the previous record's text if both are equal.
pub(super) fn share(last: &mut Option<Arc<str>>, json: JsonReader<'_>) -> Option<Arc<str>> {
    json.into_text().and_then(|text| share_text(last, text))
}

/// Returns `true` if a record comes from a service that is neither DynamoDB nor Kinesis.
#[inline(never)]
pub(super) fn is_other_source(shared: &mut Shared, json: JsonReader<'_>) -> bool {
    match json.into_text() {
        None | Some("aws:dynamodb" | "aws:kinesis") => false,
        Some(source) => share_text(&mut shared.other_source, source).is_some(),
    }
}

#[inline(never)]
fn share_text(last: &mut Option<Arc<str>>, text: &str) -> Option<Arc<str>> {
    if last.as_deref() != Some(text) {
        *last = Some(text.into());
    }
    last.clone()
}

/// Removes the quotes of a string: some producers write a number as a string.
pub(super) fn unquote(raw: &str) -> &str {
    raw.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(raw)
}
