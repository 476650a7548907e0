//! Reads a Kinesis record and the DynamoDB record inside it.

use std::mem;
use std::str;
use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine as _};

use crate::event::decode::decoder::{Decoder, StreamKind};
use crate::event::decode::partial::PartialRecord;
use crate::event::decode::record::{is_other_source, read_sequence_number, share};
use crate::event::error::RecordErrorKind;
use crate::event::meta::RecordMeta;
use crate::event::sequence_number::SequenceNumber;
use crate::json::{Cursor, JsonReader, Members, SyntaxError};

impl StreamKind {
    pub(in crate::event) const KINESIS: Self = Self {
        read_record: |decoder, json, record| decoder.read_kinesis_record(json, record),
        is_kinesis: true,
    };
}

/// The metadata of a Kinesis record.
#[derive(Default)]
pub(in crate::event) struct KinesisMeta {
    pub(in crate::event) event_id: Option<Arc<str>>,
    pub(in crate::event) event_source_arn: Option<Arc<str>>,
    pub(in crate::event) region: Option<Arc<str>>,
    pub(in crate::event) sequence_number: Option<SequenceNumber>,
}

impl KinesisMeta {
    /// Adds the metadata to that of the DynamoDB record.
    fn complete(self, meta: &mut RecordMeta) {
        meta.sequence_number = self.sequence_number;
        meta.event_source_arn = self.event_source_arn.or(meta.event_source_arn.take());
        meta.event_id = meta.event_id.take().or_else(|| self.event_id.clone());
        meta.kinesis_event_id = self.event_id;
        meta.region = meta.region.take().or(self.region);
    }
}

/// The members of a Kinesis record, apart from the DynamoDB record in its `data`.
#[derive(Default)]
struct KinesisRecord {
    meta: KinesisMeta,
    has_data: bool,
    is_dynamodb: bool,
}

impl Decoder<'_> {
    /// Adds the DynamoDB record in the decoded data of a Kinesis record.
    pub(in crate::event) fn add_data(
        &mut self,
        data: &[u8],
        outer: KinesisMeta,
        raw_json: &dyn Fn() -> String,
    ) {
        let mut record = PartialRecord::new(self.sink);
        self.read_decoded(data, &mut record);
        outer.complete(&mut record.meta);
        record.finish(self.sink, raw_json);
    }

    /// Reads a Kinesis record, whose `data` is a DynamoDB record.
    fn read_kinesis_record(&mut self, json: JsonReader<'_>, record: &mut PartialRecord) {
        let Some(mut members) = Members::of_object(json) else {
            record.refuse(RecordErrorKind::NotARecord);
            self.has_dynamodb = true;
            return;
        };
        let mut outer = KinesisRecord::default();
        let mut is_other = false;
        let mut is_kinesis = false;
        while let Some(name) = members.next() {
            match &*name {
                "eventID" => outer.meta.event_id = members.value().into_shared_text(),
                "eventSourceARN" => {
                    outer.meta.event_source_arn =
                        share(&mut self.shared.event_source_arn, members.value());
                }
                "awsRegion" => outer.meta.region = share(&mut self.shared.region, members.value()),
                "eventSource" | "EventSource" => {
                    is_other = is_other_source(&mut self.shared, members.value());
                }
                "dynamodb" => outer.is_dynamodb = true,
                "kinesis" => {
                    is_kinesis = true;
                    let Some(mut members) = Members::of_object(members.value()) else { continue };
                    while let Some(name) = members.next() {
                        self.read_member(&name, &mut members, &mut outer, record);
                    }
                }
                // EventBridge Pipes writes the members of `kinesis` directly into the record.
                name => {
                    is_kinesis |= name == "data";
                    self.read_member(name, &mut members, &mut outer, record);
                }
            }
        }
        self.has_dynamodb |= !is_other || is_kinesis || outer.is_dynamodb;
        if !outer.has_data {
            record.refuse(if outer.is_dynamodb {
                RecordErrorKind::DynamoDbRecord
            } else {
                RecordErrorKind::NoData
            });
        }
        outer.meta.complete(&mut record.meta);
    }

    fn read_member(
        &mut self,
        name: &str,
        members: &mut Members<'_>,
        outer: &mut KinesisRecord,
        record: &mut PartialRecord,
    ) {
        match name {
            "sequenceNumber" => outer.meta.sequence_number = read_sequence_number(members.value()),
            "data" if outer.has_data => record.refuse(RecordErrorKind::RepeatedMember("data")),
            "data" => {
                if let Some(data) = members.value().into_text() {
                    outer.has_data = true;
                    self.read_data(data, record);
                }
            }
            _ => {}
        }
    }

    fn read_data(&mut self, data: &str, record: &mut PartialRecord) {
        let mut decoded = mem::take(&mut self.data);
        decoded.clear();
        let is_base64 = BASE64_STANDARD.decode_vec(data, &mut decoded).is_ok();
        if is_base64 {
            self.read_decoded(&decoded, record);
        } else {
            record.refuse(RecordErrorKind::NotBase64);
        }
        self.data = decoded;
    }

    fn read_decoded(&mut self, data: &[u8], record: &mut PartialRecord) {
        let Ok(text) = str::from_utf8(data) else {
            record.refuse(RecordErrorKind::DataNotJson);
            return;
        };
        let mut cursor = Cursor::default();
        self.read_record(JsonReader::new(text, &mut cursor), record);
        if let Err(SyntaxError) = JsonReader::new(text, &mut cursor).expect_end() {
            // Metadata and images that were read before the syntax error may be wrong.
            *record = PartialRecord::new(self.sink);
            record.refuse(RecordErrorKind::DataNotJson);
        }
    }
}
