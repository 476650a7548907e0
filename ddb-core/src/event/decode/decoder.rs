//! Reads the envelope of a payload and drives the decoding of its records.

use std::sync::Arc;

use crate::event::decode::partial::PartialRecord;
use crate::event::decode::sink::RecordSink;
use crate::event::decode::window::{read_span, read_state};
use crate::event::delivery::Delivery;
use crate::event::error::EventError;
use crate::event::window::Window;
use crate::json::{JsonReader, Members};

/// The kind of stream that the records come from.
pub(in crate::event) struct StreamKind {
    /// Reads a record. A function pointer keeps the code for Kinesis out of the binary of a Lambda
    /// that only uses DynamoDB Streams.
    pub(super) read_record: fn(&mut Decoder<'_>, JsonReader<'_>, &mut PartialRecord),
    /// Whether each record is inside a Kinesis record.
    pub(super) is_kinesis: bool,
}

/// The parts of a payload around its records.
pub(super) struct Envelope {
    pub(super) window: Option<Box<Window>>,
    pub(super) delivery: Delivery,
}

pub(in crate::event) struct Decoder<'p> {
    payload: &'p str,
    pub(super) stream: StreamKind,
    pub(super) sink: &'p mut dyn RecordSink,
    pub(super) shared: Shared,
    /// Whether a record may have come from DynamoDB, also if it cannot be decoded.
    pub(super) has_dynamodb: bool,
    /// A buffer for the decoded `data` of a Kinesis record, which every record reuses.
    pub(super) data: Vec<u8>,
}

/// Texts that nearly all records of a batch have in common. A record whose text equals that of the
/// previous one shares its allocation.
#[derive(Default)]
pub(super) struct Shared {
    pub(super) event_source_arn: Option<Arc<str>>,
    pub(super) region: Option<Arc<str>>,
    pub(super) table_name: Option<Arc<str>>,
    /// The last source that is neither DynamoDB nor Kinesis.
    pub(super) other_source: Option<Arc<str>>,
}

impl<'p> Decoder<'p> {
    pub(in crate::event) fn new(
        payload: &'p str,
        stream: StreamKind,
        sink: &'p mut dyn RecordSink,
    ) -> Self {
        let shared = Shared::default();
        Self { payload, stream, sink, shared, has_dynamodb: false, data: Vec::new() }
    }

    pub(super) fn read_payload(
        &mut self,
        mut json: JsonReader<'_>,
    ) -> Result<Envelope, EventError> {
        let envelope = if json.peek() == Some(b'[') {
            self.read_records(json);
            Envelope { window: None, delivery: Delivery::Pipe }
        } else {
            let window =
                self.read_members(Members::of_object(json).ok_or(EventError::NoRecords)?)?;
            Envelope { window, delivery: Delivery::EventSourceMapping }
        };
        match self.shared.other_source.take() {
            Some(source) if !self.has_dynamodb => Err(EventError::OtherSource { source }),
            _ => Ok(envelope),
        }
    }

    fn read_members(
        &mut self,
        mut members: Members<'_>,
    ) -> Result<Option<Box<Window>>, EventError> {
        let mut arrays = 0_usize;
        let mut window: Option<Box<Window>> = None;
        let mut shard_id = None;
        let mut event_source_arn = None;
        while let Some(name) = members.next() {
            match &*name {
                "Records" => {
                    let mut json = members.value();
                    let is_array = json.peek() == Some(b'[');
                    arrays += usize::from(is_array);
                    if is_array && arrays == 1 {
                        self.read_records(json);
                    } else {
                        json.skip();
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
        match arrays {
            0 => return Err(EventError::NoRecords),
            1 => {}
            _ => return Err(EventError::RepeatedRecords),
        }
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
