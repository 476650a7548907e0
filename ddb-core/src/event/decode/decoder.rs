//! The records of a payload, one after the other.

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
    /// Reads a record. It is called through a pointer, so that the binary of a function behind a
    /// stream of DynamoDB has no code for Kinesis.
    pub(super) read_record: fn(&mut Decoder<'_>, JsonReader<'_>, &mut PartialRecord),
    /// Whether each record is inside a record of Kinesis.
    pub(super) is_kinesis: bool,
}

/// What a payload says around its records.
pub(super) struct Envelope {
    pub(super) window: Option<Box<Window>>,
    pub(super) delivery: Delivery,
}

pub(super) struct Decoder<'p> {
    payload: &'p str,
    pub(super) stream: StreamKind,
    pub(super) sink: &'p mut dyn RecordSink,
    pub(super) shared: Shared,
    /// The bytes of the last `data` of Kinesis, to be allocated once.
    pub(super) data: Vec<u8>,
}

/// Texts that nearly all records of a batch have in common: one that equals the record's before is
/// not allocated again.
#[derive(Default)]
pub(super) struct Shared {
    pub(super) event_source_arn: Option<Arc<str>>,
    pub(super) region: Option<Arc<str>>,
    pub(super) table_name: Option<Arc<str>>,
}

impl<'p> Decoder<'p> {
    pub(super) fn new(payload: &'p str, stream: StreamKind, sink: &'p mut dyn RecordSink) -> Self {
        Self { payload, stream, sink, shared: Shared::default(), data: Vec::new() }
    }

    pub(super) fn read_payload(
        &mut self,
        mut json: JsonReader<'_>,
    ) -> Result<Envelope, EventError> {
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
