//! A batch that was given up.

use std::borrow::Cow;
use std::collections::HashSet;

use ddb_core::event::{FailureMeta, SequenceNumber};
use ddb_core::{FailureRecord, KinesisFailureRecord, RecordError, StreamRecord};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Error;
use crate::model::SampleModel;

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

impl Batch {
    /// Decodes a failure record, and the text of its event.
    pub fn decode(name: &str, text: &[u8]) -> Result<(Self, String), Error> {
        let refused = |error| format!("{name}: {error}");
        let (meta, payload, records) = match FailureRecord::<SampleModel>::from_slice(text) {
            Ok(failure) => {
                let payload = failure.payload().map(str::to_owned);
                (failure.meta, payload, failure.event.map(|event| describe_all(event.records)))
            }
            Err(error) => match KinesisFailureRecord::<SampleModel>::from_slice(text) {
                Ok(failure) => {
                    let payload = failure.payload().map(str::to_owned);
                    (failure.meta, payload, failure.event.map(|event| describe_all(event.records)))
                }
                Err(_) => return Err(refused(error.to_string()).into()),
            },
        };
        let (Some(payload), Some(records)) = (payload, records) else {
            return Err(refused("it has no payload".to_owned()).into());
        };
        let records = records.into_iter().collect::<Option<_>>().ok_or_else(|| {
            refused("a record has no sequence number, by which it could be handled".to_owned())
        })?;
        Ok((Self { name: name.to_owned(), meta, records }, payload))
    }

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

fn describe_all(
    records: Vec<Result<StreamRecord<SampleModel>, RecordError>>,
) -> Vec<Option<Record>> {
    let describe = |record: Result<StreamRecord<SampleModel>, RecordError>| {
        let (sequence_number, problem) = match record {
            Ok(record) => (record.meta.sequence_number, None),
            Err(error) => (error.meta.sequence_number.clone(), Some(error.kind().to_string())),
        };
        Some(Record { sequence_number: sequence_number?, problem })
    };
    records.into_iter().map(describe).collect()
}
