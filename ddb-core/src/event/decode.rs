//! From the text of a payload to its records.
//!
//! Decoding is one pass over the text: an image is read where it is, and whatever is wrong with a
//! record stays with it. Only text that is not JSON, or has no array of records, is an error of the
//! payload.

mod cow_str;
mod envelope;
mod keys;
mod partial;
mod record;
mod sink;
mod text;
mod time;
mod transcode;
mod window;

use std::sync::Arc;

use serde_core::de::{Deserialize, Deserializer, Error as _};

use crate::event::delivery::Delivery;
use crate::event::error::{EventError, RecordError};
use crate::event::record::{ChangeImage, StreamRecord};
use crate::event::window::Window;
use crate::json::{Cursor, JsonReader, Members};

use self::text::PayloadText;
use self::window::{read_span, read_state};

pub(super) use self::partial::PartialRecord;
pub(super) use self::sink::{RecordSink, TypedRecords};

/// A decoded payload.
pub(super) struct Decoded<T, O> {
    pub(super) records: Vec<Result<StreamRecord<T, O>, RecordError>>,
    pub(super) window: Option<Box<Window>>,
    pub(super) delivery: Delivery,
}

impl<T: ChangeImage, O: ChangeImage> Decoded<T, O> {
    pub(super) fn from_slice(payload: &[u8], stream: Stream) -> Result<Self, EventError> {
        match str::from_utf8(payload) {
            Ok(payload) => Self::from_str(payload, stream),
            Err(error) => Err(EventError::NotJson { offset: error.valid_up_to() }),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
        stream: Stream,
    ) -> Result<Self, D::Error> {
        let PayloadText(payload) = PayloadText::deserialize(deserializer)?;
        Self::from_str(&payload, stream).map_err(D::Error::custom)
    }

    fn from_str(payload: &str, stream: Stream) -> Result<Self, EventError> {
        let mut records = TypedRecords::new();
        let envelope = decode(payload, stream, &mut records)?;
        let Envelope { window, delivery } = envelope;
        Ok(Self { records: records.into_records(), window, delivery })
    }
}

/// The kind of stream that the records come from.
pub(super) struct Stream {
    /// Reads a record. It is called through a pointer, so that the binary of a function behind a
    /// stream of DynamoDB has no code for Kinesis.
    read_record: fn(&mut Decoder<'_>, JsonReader<'_>, &mut PartialRecord),
    /// Whether each record is inside a record of Kinesis.
    is_kinesis: bool,
}

/// What a payload says around its records.
struct Envelope {
    window: Option<Box<Window>>,
    delivery: Delivery,
}

struct Decoder<'p> {
    payload: &'p str,
    stream: Stream,
    sink: &'p mut dyn RecordSink,
    shared: Shared,
    /// The bytes of the last `data` of Kinesis, to be allocated once.
    data: Vec<u8>,
}

/// Texts that nearly all records of a batch have in common: one that equals the record's before is
/// not allocated again.
#[derive(Default)]
struct Shared {
    event_source_arn: Option<Arc<str>>,
    region: Option<Arc<str>>,
    table_name: Option<Arc<str>>,
}

fn decode(
    payload: &str,
    stream: Stream,
    sink: &mut dyn RecordSink,
) -> Result<Envelope, EventError> {
    let mut cursor = Cursor::default();
    let mut decoder =
        Decoder { payload, stream, sink, shared: Shared::default(), data: Vec::new() };
    let envelope = decoder.read_payload(JsonReader::new(payload, &mut cursor));
    // The cursor remembers if anything comes after the payload.
    let _ = JsonReader::new(payload, &mut cursor).expect_end();
    match cursor.syntax_error_at() {
        Some(offset) => Err(EventError::NotJson { offset }),
        None => envelope,
    }
}

impl Decoder<'_> {
    fn read_payload(&mut self, mut json: JsonReader<'_>) -> Result<Envelope, EventError> {
        if json.peek() == Some(b'[') {
            self.read_records(json);
            return Ok(Envelope { window: None, delivery: Delivery::Pipe });
        }
        let window = self.read_members(Members::of_object(json).ok_or(EventError::NoRecords)?)?;
        Ok(Envelope { window, delivery: Delivery::EventSourceMapping })
    }

    fn read_members(
        &mut self,
        mut members: Members<'_>,
    ) -> Result<Option<Box<Window>>, EventError> {
        let mut records = Err(EventError::NoRecords);
        let mut window: Option<Box<Window>> = None;
        let mut shard_id = None;
        let mut event_source_arn = None;
        while let Some(name) = members.next() {
            match &*name {
                "Records" => {
                    let mut json = members.value();
                    if json.peek() != Some(b'[') {
                        json.skip();
                    } else if records.is_ok() {
                        records = Err(EventError::RepeatedRecords);
                        json.skip();
                    } else {
                        self.read_records(json);
                        records = records.or(Ok(()));
                    }
                }
                "window" => read_span(window.get_or_insert_default(), members.value()),
                "state" => read_state(window.get_or_insert_default(), members.value()),
                "isFinalInvokeForWindow" => {
                    window.get_or_insert_default().is_final = members.value().into_flag();
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
        records?;
        if let Some(window) = &mut window {
            window.shard_id = shard_id;
            window.event_source_arn = event_source_arn;
        }
        Ok(window)
    }

    fn read_records(&mut self, mut json: JsonReader<'_>) {
        let mut is_first = json.take(b'[');
        while json.next_element(is_first, b']') == Ok(true) {
            is_first = false;
            self.read_element(&mut json);
        }
    }

    fn read_element(&mut self, json: &mut JsonReader<'_>) {
        json.peek();
        let start = json.position();
        let mut record = PartialRecord::new(self.sink);
        (self.stream.read_record)(self, json.reborrow(), &mut record);
        if !json.is_broken() {
            let raw = self.payload.get(start..json.position()).unwrap_or_default();
            record.finish(self.sink, &|| raw.to_owned());
        }
    }
}
