//! A batch that was given up.

use std::borrow::Cow;
use std::collections::HashSet;

use ddb_core::event::{EventError, FailureMeta, SequenceNumber};
use ddb_core::{
    FailureRecord, Ignored, KinesisFailureRecord, KinesisStreamEvent, RecordError, StreamEvent,
    StreamRecord,
};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Error;
use crate::model::SampleModel;

/// A failure record, whose payload is not decoded yet.
pub struct Failure {
    pub meta: FailureMeta,
    pub payload: Option<String>,
    service: Service,
}

/// The service whose stream the batch is from.
#[derive(Clone, Copy)]
enum Service {
    DynamoDb,
    Kinesis,
}

/// A batch, without the text of its records.
pub struct Batch {
    /// The name of the object.
    pub name: String,
    pub meta: FailureMeta,
    pub records: Vec<Record>,
}

/// A record of a batch.
pub struct Record {
    pub sequence_number: SequenceNumber,
    /// Why the record cannot be decoded, if it cannot.
    pub problem: Option<String>,
}

#[derive(Deserialize)]
struct Payload<'p> {
    #[serde(rename = "Records", borrow)]
    records: Vec<&'p RawValue>,
}

impl Failure {
    pub fn decode(text: &[u8]) -> Result<Self, Error> {
        match FailureRecord::<Ignored>::from_slice(text) {
            Ok(failure) => {
                let payload = failure.payload().map(str::to_owned);
                Ok(Self { meta: failure.meta, payload, service: Service::DynamoDb })
            }
            Err(error) => {
                let failure = KinesisFailureRecord::<Ignored>::from_slice(text);
                let failure = failure.map_err(|_| error)?;
                let payload = failure.payload().map(str::to_owned);
                Ok(Self { meta: failure.meta, payload, service: Service::Kinesis })
            }
        }
    }

    /// The batch of this object, with the records of the payload.
    pub fn into_batch(self, name: &str, payload: &str) -> Result<Batch, Error> {
        let records = self.service.decode(payload.as_bytes())?;
        let records = records.into_iter().map(Record::of).collect::<Option<_>>();
        let records =
            records.ok_or("a record has no sequence number, by which it could be handled")?;
        Ok(Batch { name: name.to_owned(), meta: self.meta, records })
    }
}

type Outcome = Result<StreamRecord<SampleModel>, RecordError>;

impl Service {
    fn decode(self, payload: &[u8]) -> Result<Vec<Outcome>, EventError> {
        match self {
            Self::DynamoDb => StreamEvent::from_slice(payload).map(|event| event.records),
            Self::Kinesis => KinesisStreamEvent::from_slice(payload).map(|event| event.records),
        }
    }
}

impl Record {
    fn of(outcome: Outcome) -> Option<Self> {
        let (sequence_number, problem) = match outcome {
            Ok(record) => (record.meta.sequence_number, None),
            Err(error) => (error.meta.sequence_number.clone(), Some(error.kind().to_string())),
        };
        Some(Self { sequence_number: sequence_number?, problem })
    }
}

impl Batch {
    /// The payload with these records alone. With all of them, it is the original text.
    pub fn payload<'p>(
        &self,
        payload: &'p str,
        chosen: &HashSet<&SequenceNumber>,
    ) -> Result<Cow<'p, str>, Error> {
        if self.records.iter().all(|record| chosen.contains(&record.sequence_number)) {
            return Ok(Cow::Borrowed(payload));
        }
        let Payload { records } = serde_json::from_str(payload)?;
        let records = records.into_iter().zip(&self.records);
        let records = records.filter(|(_, record)| chosen.contains(&record.sequence_number));
        let texts: Vec<&str> = records.map(|(text, _)| text.get()).collect();
        Ok(Cow::Owned(format!("{{\"Records\":[{}]}}", texts.join(","))))
    }
}
