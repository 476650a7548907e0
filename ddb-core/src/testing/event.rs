//! Events with the records of a test, as every source delivers them.

use serde_core::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::event::{ChangeImage, KinesisStreamEvent, StreamEvent};
use crate::testing::record::RecordBuilder;

/// The records of an event, for a payload or for another crate's type.
///
/// A handler takes the event itself, into which records convert as well:
///
/// ```
/// use ddb_core::testing::{EventBuilder, insert, remove};
/// use ddb_core::{Item, KinesisStreamEvent, StreamEvent};
///
/// let item = Item::default();
/// let event: StreamEvent<Item> = [insert(&item), remove(&item)].into();
/// assert_eq!(event.records.len(), 2);
/// let event: KinesisStreamEvent<Item> = insert(&item).into();
/// assert_eq!(event.records.len(), 1);
///
/// let payload = EventBuilder::from([insert(&item), remove(&item)]).to_json();
/// assert_eq!(StreamEvent::<Item>::from_slice(payload.as_bytes())?.records.len(), 2);
/// # Ok::<(), ddb_core::event::EventError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct EventBuilder(Vec<RecordBuilder>);

impl EventBuilder {
    /// The payload of a function behind a DynamoDB stream.
    ///
    /// # Panics
    ///
    /// Panics if [`RecordBuilder::key`] names an attribute that the item of a record does not have.
    #[must_use]
    #[track_caller]
    pub fn to_json(&self) -> String {
        json!({ "Records": self.records(RecordBuilder::to_json) }).to_string()
    }

    /// The payload that EventBridge Pipes delivers: the array of records alone.
    ///
    /// # Panics
    ///
    /// As [`to_json`](Self::to_json).
    #[must_use]
    #[track_caller]
    pub fn to_pipe_json(&self) -> String {
        Value::Array(self.records(RecordBuilder::to_json)).to_string()
    }

    /// The payload of a function behind Kinesis Data Streams for DynamoDB.
    ///
    /// # Panics
    ///
    /// As [`to_json`](Self::to_json).
    #[must_use]
    #[track_caller]
    pub fn to_kinesis_json(&self) -> String {
        json!({ "Records": self.records(RecordBuilder::to_kinesis_json) }).to_string()
    }

    /// Deserializes the payload of a DynamoDB stream as another type, such as the `Event` of
    /// `aws_lambda_events`.
    ///
    /// # Panics
    ///
    /// As [`to_json`](Self::to_json), and if the type cannot be deserialized.
    #[must_use]
    #[track_caller]
    pub fn deserialize<E: DeserializeOwned>(&self) -> E {
        match serde_json::from_str(&self.to_json()) {
            Ok(event) => event,
            Err(error) => panic!("the event cannot be deserialized: {error}"),
        }
    }

    #[track_caller]
    fn records(&self, write: fn(&RecordBuilder, usize) -> Value) -> Vec<Value> {
        let mut records = Vec::with_capacity(self.0.len());
        for (position, record) in self.0.iter().enumerate() {
            records.push(write(record, position));
        }
        records
    }
}

impl From<RecordBuilder> for EventBuilder {
    fn from(record: RecordBuilder) -> Self {
        Self(vec![record])
    }
}

impl<const N: usize> From<[RecordBuilder; N]> for EventBuilder {
    fn from(records: [RecordBuilder; N]) -> Self {
        Self(records.into())
    }
}

impl From<Vec<RecordBuilder>> for EventBuilder {
    fn from(records: Vec<RecordBuilder>) -> Self {
        Self(records)
    }
}

impl FromIterator<RecordBuilder> for EventBuilder {
    fn from_iter<I: IntoIterator<Item = RecordBuilder>>(records: I) -> Self {
        Self(records.into_iter().collect())
    }
}

macro_rules! from_builders {
    ($event:ident, $write:ident) => {
        /// Decodes the records, as a payload with them would be decoded.
        impl<T: ChangeImage, O: ChangeImage> From<EventBuilder> for $event<T, O> {
            #[track_caller]
            fn from(event: EventBuilder) -> Self {
                Self::from_slice(event.$write().as_bytes()).expect("an array of records")
            }
        }

        impl<T: ChangeImage, O: ChangeImage> From<RecordBuilder> for $event<T, O> {
            #[track_caller]
            fn from(record: RecordBuilder) -> Self {
                EventBuilder::from(record).into()
            }
        }

        impl<T: ChangeImage, O: ChangeImage, const N: usize> From<[RecordBuilder; N]>
            for $event<T, O>
        {
            #[track_caller]
            fn from(records: [RecordBuilder; N]) -> Self {
                EventBuilder::from(records).into()
            }
        }

        impl<T: ChangeImage, O: ChangeImage> From<Vec<RecordBuilder>> for $event<T, O> {
            #[track_caller]
            fn from(records: Vec<RecordBuilder>) -> Self {
                EventBuilder::from(records).into()
            }
        }
    };
}

from_builders!(StreamEvent, to_json);
from_builders!(KinesisStreamEvent, to_kinesis_json);
