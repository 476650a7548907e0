//! The record of Kinesis around a record of DynamoDB.

use std::mem;
use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine as _};

use crate::event::decode::{Decoder, Stream, read_sequence_number, share};
use crate::event::error::RecordErrorKind;
use crate::event::parts::Parts;
use crate::event::sequence_number::SequenceNumber;
use crate::json::{Broken, Cursor, Json};
use crate::read::Members;

impl Stream {
    pub(super) const KINESIS: Self = Self {
        read_record: |decoder, json, parts| decoder.read_envelope(json, parts),
        is_kinesis: true,
    };
}

/// What the Kinesis record around a record says.
#[derive(Default)]
struct Envelope {
    event_id: Option<Arc<str>>,
    event_source_arn: Option<Arc<str>>,
    region: Option<Arc<str>>,
    sequence_number: Option<SequenceNumber>,
    has_data: bool,
    is_dynamodb: bool,
}

impl Decoder<'_> {
    /// Reads a record of Kinesis, whose `data` is a record of DynamoDB.
    fn read_envelope(&mut self, json: Json<'_>, parts: &mut Parts) {
        let Some(mut members) = Members::of_object(json) else {
            parts.refused = Some(RecordErrorKind::NotARecord);
            return;
        };
        let mut envelope = Envelope::default();
        while let Some(name) = members.next() {
            match &*name {
                "eventID" => envelope.event_id = members.value().into_shared_text(),
                "eventSourceARN" => {
                    envelope.event_source_arn =
                        share(&mut self.shared.event_source_arn, members.value());
                }
                "awsRegion" => envelope.region = share(&mut self.shared.region, members.value()),
                "dynamodb" => envelope.is_dynamodb = true,
                "kinesis" => {
                    let Some(mut members) = Members::of_object(members.value()) else { continue };
                    while let Some(name) = members.next() {
                        self.read_member(&name, &mut members, &mut envelope, parts);
                    }
                }
                // EventBridge Pipes has the members of `kinesis` in the record itself.
                name => self.read_member(name, &mut members, &mut envelope, parts),
            }
        }
        if !envelope.has_data {
            parts.refused = Some(if envelope.is_dynamodb {
                RecordErrorKind::DynamoDbRecord
            } else {
                RecordErrorKind::NoData
            });
        }
        let meta = &mut parts.meta;
        meta.sequence_number = envelope.sequence_number;
        meta.event_source_arn = envelope.event_source_arn.or(meta.event_source_arn.take());
        meta.event_id = meta.event_id.take().or(envelope.event_id);
        meta.region = meta.region.take().or(envelope.region);
    }

    fn read_member(
        &mut self,
        name: &str,
        members: &mut Members<'_>,
        envelope: &mut Envelope,
        parts: &mut Parts,
    ) {
        match name {
            "sequenceNumber" => envelope.sequence_number = read_sequence_number(members.value()),
            "data" => {
                // Of two, the last counts.
                *parts = Parts::default();
                let data = members.value().into_text();
                envelope.has_data = data.is_some();
                if let Some(refused) = data.and_then(|data| self.read_data(data, parts).err()) {
                    *parts = Parts::default();
                    parts.refused = Some(refused);
                }
            }
            _ => {}
        }
    }

    fn read_data(&mut self, data: &str, parts: &mut Parts) -> Result<(), RecordErrorKind> {
        let mut decoded = mem::take(&mut self.data);
        decoded.clear();
        BASE64_STANDARD.decode_vec(data, &mut decoded).map_err(|_| RecordErrorKind::NotBase64)?;
        let text = str::from_utf8(&decoded).map_err(|_| RecordErrorKind::NotJson)?;
        let mut cursor = Cursor::default();
        self.read_record(Json::new(text, &mut cursor), parts);
        Json::new(text, &mut cursor).expect_end().map_err(|Broken| RecordErrorKind::NotJson)?;
        self.data = decoded;
        Ok(())
    }
}
