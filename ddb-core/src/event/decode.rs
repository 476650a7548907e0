//! Decodes the text of a payload into records.
//!
//! Decoding is one pass over the text: each image is read directly from it, and a record that
//! cannot be decoded becomes a `RecordError`. Only a payload that is not JSON, or that does not
//! contain exactly one array of records, fails as a whole.

mod cow_str;
mod decoder;
mod export;
mod keys;
mod kinesis;
mod partial;
mod record;
mod sink;
mod text;
mod time;
mod transcode;
mod window;

use std::str;

use serde_core::de::{Deserialize, Deserializer, Error as _};

use crate::event::delivery::Delivery;
use crate::event::error::{EventError, RecordError, RecordErrorKind};
use crate::event::record::{ChangeImage, StreamRecord};
use crate::event::window::Window;
use crate::json::{Cursor, JsonReader, visit_names};

use self::decoder::Envelope;
use self::text::PayloadText;

pub(super) use self::decoder::{Decoder, StreamKind};
pub(crate) use self::export::LineDecoder;
pub(super) use self::kinesis::KinesisMeta;
pub(super) use self::partial::{PartialRecord, parse_event_name};
pub(super) use self::record::read_sequence_number;
pub(super) use self::sink::{RecordSink, Side, TypedRecords};
pub(crate) use self::time::parse_rfc3339;

/// A decoded payload.
pub(super) struct Decoded<T, O> {
    pub(super) records: Vec<Result<StreamRecord<T, O>, RecordError>>,
    pub(super) window: Option<Box<Window>>,
    pub(super) delivery: Delivery,
}

impl<T: ChangeImage, O: ChangeImage> Decoded<T, O> {
    pub(super) fn from_slice(payload: &[u8], stream: StreamKind) -> Result<Self, EventError> {
        match str::from_utf8(payload) {
            Ok(payload) => Self::from_str(payload, stream),
            Err(error) => Err(EventError::NotJson { offset: error.valid_up_to() }),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
        stream: StreamKind,
    ) -> Result<Self, D::Error> {
        let PayloadText(payload) = PayloadText::deserialize(deserializer)?;
        Self::from_str(&payload, stream).map_err(D::Error::custom)
    }

    fn from_str(payload: &str, stream: StreamKind) -> Result<Self, EventError> {
        let mut records = TypedRecords::new();
        let envelope = decode(payload, stream, &mut records)?;
        let Envelope { window, delivery } = envelope;
        Ok(Self { records: records.into_records(), window, delivery })
    }
}

/// Decodes the text of a record alone.
pub(super) fn decode_record<T: ChangeImage, O: ChangeImage>(
    text: &[u8],
) -> Result<StreamRecord<T, O>, RecordError> {
    let mut record = TypedRecords::new();
    let stream = kind_of_record(text);
    add_record(text, stream, &mut record);
    record.take_record()
}

/// Decodes a record alone, from any deserializer.
pub(super) fn deserialize_record<'de, D: Deserializer<'de>, T: ChangeImage, O: ChangeImage>(
    deserializer: D,
) -> Result<StreamRecord<T, O>, D::Error> {
    let PayloadText(text) = PayloadText::deserialize(deserializer)?;
    decode_record(text.as_bytes()).map_err(D::Error::custom)
}

/// Adds the record that the text contains, or the error of decoding it.
fn add_record(text: &[u8], stream: StreamKind, sink: &mut dyn RecordSink) {
    let mut record = PartialRecord::new(sink);
    let syntax_error_at = match str::from_utf8(text) {
        Ok(text) => {
            let mut cursor = Cursor::default();
            let mut decoder = Decoder::new(text, stream, sink);
            let read_record = decoder.stream.read_record;
            read_record(&mut decoder, JsonReader::new(text, &mut cursor), &mut record);
            // If anything follows the record, the cursor records a syntax error.
            let _ = JsonReader::new(text, &mut cursor).expect_end();
            cursor.syntax_error_at()
        }
        Err(error) => Some(error.valid_up_to()),
    };
    if let Some(offset) = syntax_error_at {
        // Metadata and images that were read before the syntax error may be wrong.
        record = PartialRecord::new(sink);
        record.refuse(RecordErrorKind::NotJson { offset });
    }
    record.finish(sink, &|| String::from_utf8_lossy(text).into_owned());
}

/// The kind of stream that a record alone was written to. Only Kinesis Data Streams for DynamoDB
/// states the format of its records.
fn kind_of_record(text: &[u8]) -> StreamKind {
    let mut cursor = Cursor::default();
    let text = str::from_utf8(text).unwrap_or_default();
    let mut is_kinesis = false;
    let json = JsonReader::new(text, &mut cursor);
    visit_names(&json, 0, &mut |name| is_kinesis |= name == "recordFormat");
    StreamKind { is_kinesis, ..StreamKind::DYNAMODB }
}

fn decode(
    payload: &str,
    stream: StreamKind,
    sink: &mut dyn RecordSink,
) -> Result<Envelope, EventError> {
    let mut cursor = Cursor::default();
    let mut decoder = Decoder::new(payload, stream, sink);
    let envelope = decoder.read_payload(JsonReader::new(payload, &mut cursor));
    // If anything follows the payload, the cursor records a syntax error, which is returned below.
    let _ = JsonReader::new(payload, &mut cursor).expect_end();
    match cursor.syntax_error_at() {
        Some(offset) => Err(EventError::NotJson { offset }),
        None => envelope,
    }
}
