//! From the text of a payload to its records.
//!
//! One pass over the text: an image is read where it stands, and what is wrong in a record stays in
//! it. Only text that is not JSON, or has no array of records, is the payload's own error.

use std::sync::Arc;

use serde_dynamo::Item;

use crate::event::error::{EventError, RecordErrorKind};
use crate::event::keys::read_keys;
use crate::event::meta::{EventName, UserIdentity, ViewType};
use crate::event::parts::Parts;
use crate::event::places::Places;
use crate::event::sequence_number::SequenceNumber;
use crate::event::window::Window;
use crate::json::{Cursor, Json};
use crate::read::Members;
use crate::time::{TimeUnit, UnixTime, parse_rfc3339};

/// Where the records come from.
pub(super) struct Stream {
    /// Reads one: by its address, so that a function behind a stream of DynamoDB has nothing of
    /// Kinesis in its binary.
    pub(super) read_record: fn(&mut Decoder<'_>, Json<'_>, &mut Parts),
    /// Whether each is inside a record of Kinesis.
    pub(super) is_kinesis: bool,
}

impl Stream {
    pub(super) const DYNAMODB: Self = Self {
        read_record: |decoder, json, parts| decoder.read_record(json, parts),
        is_kinesis: false,
    };
}

/// Decodes a payload into the places.
pub(super) fn decode_slice(
    payload: &[u8],
    stream: Stream,
    places: &mut dyn Places,
) -> Result<Option<Box<Window>>, EventError> {
    match str::from_utf8(payload) {
        Ok(payload) => decode_payload(payload, stream, places),
        Err(error) => Err(EventError::NotJson { offset: error.valid_up_to() }),
    }
}

/// The same. The window is that of a function with tumbling windows.
pub(super) fn decode_payload(
    payload: &str,
    stream: Stream,
    places: &mut dyn Places,
) -> Result<Option<Box<Window>>, EventError> {
    let mut cursor = Cursor::default();
    let mut decoder =
        Decoder { payload, stream, places, shared: Shared::default(), data: Vec::new() };
    let read = decoder.read_payload(Json::new(payload, &mut cursor));
    // The cursor knows if something comes after the payload.
    let _ = Json::new(payload, &mut cursor).expect_end();
    match cursor.broken_at() {
        Some(offset) => Err(EventError::NotJson { offset }),
        None => read,
    }
}

pub(super) struct Decoder<'p> {
    payload: &'p str,
    stream: Stream,
    pub(super) places: &'p mut dyn Places,
    pub(super) shared: Shared,
    /// The last `data` of Kinesis.
    pub(super) data: Vec<u8>,
}

/// Texts that nearly all records of a batch have in common: those of the record before are not
/// allocated again.
#[derive(Default)]
pub(super) struct Shared {
    pub(super) event_source_arn: Option<Arc<str>>,
    pub(super) region: Option<Arc<str>>,
    table_name: Option<Arc<str>>,
}

impl Decoder<'_> {
    fn read_payload(&mut self, mut json: Json<'_>) -> Result<Option<Box<Window>>, EventError> {
        // EventBridge Pipes delivers the array alone.
        if json.peek() == Some(b'[') {
            self.read_records(json);
            return Ok(None);
        }
        self.read_members(Members::of_object(json).ok_or(EventError::NoRecords)?)
    }

    fn read_members(
        &mut self,
        mut members: Members<'_>,
    ) -> Result<Option<Box<Window>>, EventError> {
        let mut has_records = false;
        let mut window: Option<Box<Window>> = None;
        let mut shard_id = None;
        let mut event_source_arn = None;
        while let Some(name) = members.next() {
            match &*name {
                "Records" => {
                    let mut json = members.value();
                    has_records = json.peek() == Some(b'[');
                    if has_records { self.read_records(json) } else { json.skip() }
                }
                "window" => window.get_or_insert_default().read_span(members.value()),
                "state" => window.get_or_insert_default().read_state_text(members.value()),
                "isFinalInvokeForWindow" => {
                    window.get_or_insert_default().is_final = members.value().into_flag()
                }
                "isWindowTerminatedEarly" => {
                    window.get_or_insert_default().is_terminated_early =
                        members.value().into_flag();
                }
                "shardId" => shard_id = members.value().into_shared_text(),
                "eventSourceARN" => event_source_arn = members.value().into_shared_text(),
                _ => {}
            }
        }
        if !has_records {
            return Err(EventError::NoRecords);
        }
        if let Some(window) = &mut window {
            window.shard_id = shard_id;
            window.event_source_arn = event_source_arn;
        }
        Ok(window)
    }

    fn read_records(&mut self, mut json: Json<'_>) {
        self.places.begin();
        let mut is_first = json.take(b'[');
        while json.next_element(is_first, b']') == Ok(true) {
            is_first = false;
            self.read_element(&mut json);
        }
    }

    fn read_element(&mut self, json: &mut Json<'_>) {
        json.peek();
        let start = json.position();
        let mut parts = Parts::default();
        (self.stream.read_record)(self, json.reborrow(), &mut parts);
        if !json.is_broken() {
            let raw = self.payload.get(start..json.position()).unwrap_or_default();
            parts.finish(self.places, &|| raw.to_owned());
        }
    }

    /// Reads a record as DynamoDB writes it.
    pub(super) fn read_record(&mut self, json: Json<'_>, parts: &mut Parts) {
        let Some(mut members) = Members::of_object(json) else {
            parts.refused = Some(RecordErrorKind::NotARecord);
            return;
        };
        let mut event_name = Err(RecordErrorKind::NoEventName);
        let mut has_change = false;
        let mut is_kinesis = false;
        while let Some(name) = members.next() {
            match &*name {
                "eventID" => parts.meta.event_id = members.value().into_shared_text(),
                "eventName" => {
                    event_name = match members.value().into_text() {
                        Some(name) => EventName::parse(name)
                            .ok_or_else(|| RecordErrorKind::unknown_event_name(name)),
                        None => Err(RecordErrorKind::NoEventName),
                    };
                }
                "eventSourceARN" => {
                    parts.meta.event_source_arn =
                        share(&mut self.shared.event_source_arn, members.value());
                }
                "awsRegion" => parts.meta.region = share(&mut self.shared.region, members.value()),
                "tableName" => {
                    parts.meta.table_name = share(&mut self.shared.table_name, members.value())
                }
                "userIdentity" => parts.meta.user_identity = read_user_identity(members.value()),
                "dynamodb" => has_change = self.read_change(members.value(), parts),
                "kinesis" => is_kinesis = true,
                _ => {}
            }
        }
        match event_name {
            Ok(event_name) => parts.meta.event_name = Some(event_name),
            Err(kind) => parts.refused = Some(kind),
        }
        if is_kinesis && !self.stream.is_kinesis {
            parts.refused = Some(RecordErrorKind::KinesisRecord);
        } else if !has_change {
            parts.refused = Some(RecordErrorKind::NoChange);
        }
    }

    /// Reads the `dynamodb` of a record; `false` if it is none.
    fn read_change(&mut self, json: Json<'_>, parts: &mut Parts) -> bool {
        parts.clear_images();
        let Some(mut members) = Members::of_object(json) else { return false };
        // Of two, the last counts.
        let meta = &mut parts.meta;
        (meta.sequence_number, meta.created_at, meta.size_bytes, meta.view_type) =
            (None, None, None, None);
        meta.keys = Item::default();
        parts.keys_fault = None;
        let mut time = None;
        // Kinesis has records from before the precision could be chosen, which do not name it.
        let mut unit =
            Some(if self.stream.is_kinesis { TimeUnit::Millisecond } else { TimeUnit::Second });
        while let Some(name) = members.next() {
            match &*name {
                "ApproximateCreationDateTime" => {
                    let text = unquote(members.value().into_raw());
                    time = UnixTime::parse(text);
                    parts.meta.created_at = if time.is_none() { parse_rfc3339(text) } else { None };
                }
                "ApproximateCreationDateTimePrecision" => {
                    if let Some(precision) = members.value().into_text() {
                        unit = TimeUnit::parse(precision);
                    }
                }
                "Keys" => read_keys(members.value(), parts),
                "NewImage" => parts.read_new(members.value(), self.places),
                "OldImage" => parts.read_old(members.value(), self.places),
                "SequenceNumber" => {
                    parts.meta.sequence_number = read_sequence_number(members.value())
                }
                "SizeBytes" => {
                    parts.meta.size_bytes = unquote(members.value().into_raw()).parse().ok()
                }
                "StreamViewType" => {
                    parts.meta.view_type = members.value().into_text().map(ViewType::parse)
                }
                _ => {}
            }
        }
        if let Some(time) = time {
            parts.meta.created_at = unit.and_then(|unit| time.in_unit(unit));
        }
        true
    }
}

fn read_user_identity(json: Json<'_>) -> Option<UserIdentity> {
    let mut members = Members::of_object(json)?;
    let mut identity = UserIdentity::default();
    while let Some(name) = members.next() {
        match &*name {
            // Lambda writes them in lower case, the API of DynamoDB Streams does not.
            "type" | "Type" => identity.identity_type = members.value().into_shared_text(),
            "principalId" | "PrincipalId" => {
                identity.principal_id = members.value().into_shared_text()
            }
            _ => {}
        }
    }
    Some(identity)
}

pub(super) fn read_sequence_number(json: Json<'_>) -> Option<SequenceNumber> {
    json.into_text()?.parse().ok()
}

/// The text, which is that of the record before if it is equal.
pub(super) fn share(last: &mut Option<Arc<str>>, json: Json<'_>) -> Option<Arc<str>> {
    let text = json.into_text()?;
    if last.as_deref() != Some(text) {
        *last = Some(text.into());
    }
    last.clone()
}

/// A number may come as one, or in a string.
fn unquote(raw: &str) -> &str {
    raw.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(raw)
}
