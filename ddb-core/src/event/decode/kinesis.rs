//! Reads a Kinesis record and the DynamoDB record inside it.

use std::mem;
use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine as _};

use crate::event::decode::decoder::{Decoder, StreamKind};
use crate::event::decode::partial::PartialRecord;
use crate::event::decode::record::{read_sequence_number, share};
use crate::event::error::RecordErrorKind;
use crate::event::sequence_number::SequenceNumber;
use crate::json::{Cursor, JsonReader, Members, SyntaxError};

impl StreamKind {
    pub(in crate::event) const KINESIS: Self = Self {
        read_record: |decoder, json, record| decoder.read_kinesis_record(json, record),
        is_kinesis: true,
    };
}

/// The members of a Kinesis record, apart from the DynamoDB record in its `data`.
#[derive(Default)]
struct KinesisRecord {
    event_id: Option<Arc<str>>,
    event_source_arn: Option<Arc<str>>,
    region: Option<Arc<str>>,
    sequence_number: Option<SequenceNumber>,
    has_data: bool,
    is_dynamodb: bool,
}

impl Decoder<'_> {
    /// Reads a Kinesis record, whose `data` is a DynamoDB record.
    fn read_kinesis_record(&mut self, json: JsonReader<'_>, record: &mut PartialRecord) {
        let Some(mut members) = Members::of_object(json) else {
            record.refuse(RecordErrorKind::NotARecord);
            return;
        };
        let mut outer = KinesisRecord::default();
        while let Some(name) = members.next() {
            match &*name {
                "eventID" => outer.event_id = members.value().into_shared_text(),
                "eventSourceARN" => {
                    outer.event_source_arn =
                        share(&mut self.shared.event_source_arn, members.value());
                }
                "awsRegion" => outer.region = share(&mut self.shared.region, members.value()),
                "dynamodb" => outer.is_dynamodb = true,
                "kinesis" => {
                    let Some(mut members) = Members::of_object(members.value()) else { continue };
                    while let Some(name) = members.next() {
                        self.read_member(&name, &mut members, &mut outer, record);
                    }
                }
                // EventBridge Pipes writes the members of `kinesis` directly into the record.
                name => self.read_member(name, &mut members, &mut outer, record),
            }
        }
        if !outer.has_data {
            record.refuse(if outer.is_dynamodb {
                RecordErrorKind::DynamoDbRecord
            } else {
                RecordErrorKind::NoData
            });
        }
        let meta = &mut record.meta;
        meta.sequence_number = outer.sequence_number;
        meta.event_source_arn = outer.event_source_arn.or(meta.event_source_arn.take());
        meta.event_id = meta.event_id.take().or_else(|| outer.event_id.clone());
        meta.kinesis_event_id = outer.event_id;
        meta.region = meta.region.take().or(outer.region);
    }

    fn read_member(
        &mut self,
        name: &str,
        members: &mut Members<'_>,
        outer: &mut KinesisRecord,
        record: &mut PartialRecord,
    ) {
        match name {
            "sequenceNumber" => outer.sequence_number = read_sequence_number(members.value()),
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
        match str::from_utf8(&decoded) {
            _ if !is_base64 => record.refuse(RecordErrorKind::NotBase64),
            Ok(text) => self.read_text(text, record),
            Err(_) => record.refuse(RecordErrorKind::NotJson),
        }
        self.data = decoded;
    }

    fn read_text(&mut self, text: &str, record: &mut PartialRecord) {
        let mut cursor = Cursor::default();
        self.read_record(JsonReader::new(text, &mut cursor), record);
        if let Err(SyntaxError) = JsonReader::new(text, &mut cursor).expect_end() {
            // Metadata and images that were read before the syntax error may be wrong.
            *record = PartialRecord::new(self.sink);
            record.refuse(RecordErrorKind::NotJson);
        }
    }
}
