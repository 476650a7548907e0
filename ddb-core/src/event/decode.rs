//! Decodes the text of a payload into records.
//!
//! Decoding is one pass over the text: each image is read directly from it, and a record that
//! cannot be decoded becomes a `RecordError`. Only a payload that is not JSON, or that does not
//! contain exactly one array of records, fails as a whole.

mod cow_str;
mod decoder;
mod keys;
mod kinesis;
mod partial;
mod record;
mod sink;
mod text;
mod time;
mod transcode;
mod window;

use serde_core::de::{Deserialize, Deserializer, Error as _};

use crate::event::delivery::Delivery;
use crate::event::error::{EventError, RecordError};
use crate::event::record::{ChangeImage, StreamRecord};
use crate::event::window::Window;
use crate::json::{Cursor, JsonReader};

use self::decoder::{Decoder, Envelope};
use self::text::PayloadText;

pub(super) use self::decoder::StreamKind;
pub(super) use self::partial::{PartialRecord, parse_event_name};
pub(super) use self::sink::{RecordSink, Side, TypedRecords};

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
