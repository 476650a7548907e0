//! Records of a stream, built from the items that changed.

use std::time::{Duration, SystemTime};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_dynamo::Item;
use serde_json::{Map, Value, json};

use crate::event::{ChangeImage, EventName, RecordError, StreamEvent, StreamRecord, ViewType};
use crate::item::{IntoItem, ItemSize};
use crate::testing::event::EventBuilder;
use crate::write::ItemWriter;

/// A record of a stream for a test, from [`insert`], [`modify`], [`remove`], [`expire`] or [`raw`].
///
/// A record needs no further calls. Its event id, its sequence number and its time follow from its
/// position in the event, and its size from its key and its images. The region is `us-east-1`, and
/// the table is `Table`. Each method replaces one of these values. On a record from [`raw`], the
/// methods only affect the Kinesis record around it.
///
/// A record converts into a [`StreamRecord`], and one or several of them into a [`StreamEvent`], a
/// [`KinesisStreamEvent`](crate::KinesisStreamEvent) and an [`EventBuilder`], which writes
/// payloads.
#[derive(Clone, Debug)]
#[must_use]
pub struct RecordBuilder {
    source: Source,
    key: Option<Vec<String>>,
    event_id: Option<String>,
    sequence_number: Option<String>,
    created_at: Option<SystemTime>,
    event_source_arn: Option<String>,
    region: Option<String>,
    table_name: Option<String>,
    size_bytes: Option<u64>,
    view_type: Option<ViewType>,
}

#[derive(Clone, Debug)]
enum Source {
    Change { event_name: EventName, expired: bool, new: Option<Image>, old: Option<Image> },
    Raw(Value),
}

/// An item with its key, as far as templates give it.
#[derive(Clone, Debug)]
struct Image {
    item: Item,
    key: Item,
}

impl Image {
    #[track_caller]
    fn of<T: IntoItem + Clone>(value: &T) -> Self {
        let item = match value.to_item() {
            Ok(item) => item,
            Err(error) => panic!("the item cannot be written: {error}"),
        };
        let mut writer = ItemWriter::default();
        value.write_key(&mut writer);
        // The item contains the key, so that its problems have been reported.
        let key = writer.finish().unwrap_or_default();
        Self { item, key }
    }

    /// The key, of the attributes with these names if they are given.
    #[track_caller]
    fn key(&self, names: Option<&[String]>) -> Item {
        let Some(names) = names else { return self.key.clone() };
        let mut key = Item::default();
        for name in names {
            let Some(value) = self.item.get(name) else {
                panic!("the item has no attribute `{name}`, which `key` names");
            };
            key.inner_mut().insert(name.clone(), value.clone());
        }
        key
    }
}

/// A record of an item that was added.
///
/// ```
/// use ddb_core::testing::insert;
/// use ddb_core::{Change, FromStreamImage, IntoItem, StreamRecord};
///
/// #[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
/// #[ddb(strict, key(PK = "ORDER#{id}"))]
/// struct Order {
///     id: u64,
///     total: u64,
/// }
///
/// let order = Order { id: 7, total: 1990 };
/// let record: StreamRecord<Order> = insert(&order).try_into()?;
/// assert!(record.meta.keys.contains_key("PK"));
/// assert_eq!(record.change, Change::Insert { new: order });
/// # Ok::<(), ddb_core::RecordError>(())
/// ```
///
/// # Panics
///
/// Panics if the item cannot be written.
#[track_caller]
pub fn insert<T: IntoItem + Clone>(new: &T) -> RecordBuilder {
    RecordBuilder::change(EventName::Insert, Some(Image::of(new)), None)
}

/// A record of an item that was changed from `old` to `new`.
///
/// # Panics
///
/// Panics if one of the items cannot be written, or if their key templates give different keys: a
/// modification never changes the key.
#[track_caller]
pub fn modify<O: IntoItem + Clone, T: IntoItem + Clone>(old: &O, new: &T) -> RecordBuilder {
    let (old, new) = (Image::of(old), Image::of(new));
    let is_known = !old.key.is_empty() && !new.key.is_empty();
    assert!(!is_known || old.key == new.key, "{OTHER_KEY}");
    RecordBuilder::change(EventName::Modify, Some(new), Some(old))
}

const OTHER_KEY: &str =
    "a modification keeps the key of the item: build the records of a removal and an insertion";

/// A record of an item that was deleted.
///
/// # Panics
///
/// Panics if the item cannot be written.
#[track_caller]
pub fn remove<T: IntoItem + Clone>(old: &T) -> RecordBuilder {
    RecordBuilder::change(EventName::Remove, None, Some(Image::of(old)))
}

/// A record of an item that DynamoDB deleted because its time to live (TTL) had expired.
///
/// # Panics
///
/// Panics if the item cannot be written.
#[track_caller]
pub fn expire<T: IntoItem + Clone>(old: &T) -> RecordBuilder {
    let mut record = remove(old);
    if let Source::Change { expired, .. } = &mut record.source {
        *expired = true;
    }
    record
}

/// A record with exactly this JSON text, for example one that cannot be decoded.
///
/// In an event from Kinesis, the text is the `data` of a valid Kinesis record. For an image that
/// does not fit, no JSON is needed: pass an [`Item`] to [`insert`].
///
/// ```
/// use ddb_core::testing::{insert, raw};
/// use ddb_core::{Item, StreamEvent};
///
/// let event: StreamEvent<Item> = [insert(&Item::default()), raw(r#"{"eventName": 7}"#)].into();
/// assert!(event.records[0].is_ok() && event.records[1].is_err());
/// ```
///
/// # Panics
///
/// Panics if the text is not JSON, which would make the whole payload unreadable.
#[track_caller]
pub fn raw(json: &str) -> RecordBuilder {
    match serde_json::from_str(json) {
        Ok(record) => RecordBuilder::new(Source::Raw(record)),
        Err(error) => panic!("the record is not JSON: {error}"),
    }
}

/// The number of the first record of an event. Numbers of DynamoDB have 21 to 40 digits.
///
/// Source: [StreamRecord](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html).
const FIRST_NUMBER: u128 = 100_000_000_000_000_000_000_001;

/// The seconds since 1970 of the first record of an event.
const FIRST_SECOND: u64 = 1_700_000_000;

impl RecordBuilder {
    fn new(source: Source) -> Self {
        Self {
            source,
            key: None,
            event_id: None,
            sequence_number: None,
            created_at: None,
            event_source_arn: None,
            region: None,
            table_name: None,
            size_bytes: None,
            view_type: None,
        }
    }

    fn change(event_name: EventName, new: Option<Image>, old: Option<Image>) -> Self {
        Self::new(Source::Change { event_name, expired: false, new, old })
    }

    /// Sets the names of the attributes in the table's key, for an item whose type has no
    /// [`key`](derive@crate::FromStreamImage#key) with templates. Without templates or this call,
    /// the record has no keys.
    ///
    /// Converting the record into an event panics if the item lacks one of these attributes.
    pub fn key(mut self, names: &[&str]) -> Self {
        self.key = Some(names.iter().map(|&name| name.to_owned()).collect());
        self
    }

    /// Sets the event id.
    pub fn event_id(mut self, id: impl Into<String>) -> Self {
        self.event_id = Some(id.into());
        self
    }

    /// Sets the sequence number. In an event from Kinesis, it is that of the Kinesis record.
    pub fn sequence_number(mut self, number: impl Into<String>) -> Self {
        self.sequence_number = Some(number.into());
        self
    }

    /// Sets the time of the change, which has to be in 1970 or later. A DynamoDB stream delivers
    /// whole seconds, and Kinesis microseconds.
    pub fn created_at(mut self, time: SystemTime) -> Self {
        self.created_at = Some(time);
        self
    }

    /// Sets the ARN of the DynamoDB stream, which records from Kinesis do not have.
    pub fn event_source_arn(mut self, arn: impl Into<String>) -> Self {
        self.event_source_arn = Some(arn.into());
        self
    }

    /// Sets the region of the stream.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets the name of the table, which appears in records from Kinesis and in the default ARN of
    /// a DynamoDB stream.
    pub fn table_name(mut self, name: impl Into<String>) -> Self {
        self.table_name = Some(name.into());
        self
    }

    /// Sets the size of the record, in bytes.
    pub fn size_bytes(mut self, size: u64) -> Self {
        self.size_bytes = Some(size);
        self
    }

    /// Sets the view type of the stream. The record then has only the images that it captures.
    pub fn view_type(mut self, view_type: ViewType) -> Self {
        self.view_type = Some(view_type);
        self
    }

    fn number(&self, position: usize) -> String {
        self.sequence_number
            .clone()
            .unwrap_or_else(|| (FIRST_NUMBER + position as u128).to_string())
    }

    fn time(&self, position: usize) -> Duration {
        let time = self.created_at.and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok());
        time.unwrap_or_else(|| Duration::from_secs(FIRST_SECOND + position as u64))
    }

    fn region_name(&self) -> &str {
        self.region.as_deref().unwrap_or("us-east-1")
    }

    /// The record as the event source mapping of a DynamoDB stream delivers it.
    #[track_caller]
    pub(super) fn to_json(&self, position: usize) -> Value {
        let mut record = match &self.source {
            Source::Raw(record) => return record.clone(),
            Source::Change { .. } => self.common(position),
        };
        let region = self.region_name();
        let arn = self.event_source_arn.clone().unwrap_or_else(|| {
            let table = self.table_name.as_deref().unwrap_or("Table");
            format!(
                "arn:aws:dynamodb:{region}:123456789012:table/{table}/stream/2023-11-14T22:13:20.000"
            )
        });
        record["eventVersion"] = json!("1.1");
        record["eventSourceARN"] = json!(arn);
        let change = &mut record["dynamodb"];
        change["ApproximateCreationDateTime"] = json!(self.time(position).as_secs());
        change["SequenceNumber"] = json!(self.number(position));
        let view_type = self.view_type.as_ref().unwrap_or(&ViewType::NewAndOldImages);
        change["StreamViewType"] = json!(view_type.as_str());
        record
    }

    /// The record as Kinesis Data Streams for DynamoDB delivers it.
    #[track_caller]
    pub(super) fn to_kinesis_json(&self, position: usize) -> Value {
        let data = match &self.source {
            Source::Raw(record) => record.clone(),
            Source::Change { .. } => {
                let mut record = self.common(position);
                record["recordFormat"] = json!("application/json");
                record["tableName"] = json!(self.table_name.as_deref().unwrap_or("Table"));
                if record.get("userIdentity").is_none() {
                    record["userIdentity"] = Value::Null;
                }
                let change = &mut record["dynamodb"];
                let microseconds = u64::try_from(self.time(position).as_micros());
                change["ApproximateCreationDateTime"] = json!(microseconds.unwrap_or(u64::MAX));
                change["ApproximateCreationDateTimePrecision"] = json!("MICROSECOND");
                record
            }
        };
        let (region, number) = (self.region_name(), self.number(position));
        json!({
            "eventID": format!("shardId-000000000000:{number}"),
            "eventName": "aws:kinesis:record",
            "eventVersion": "1.0",
            "eventSource": "aws:kinesis",
            "awsRegion": region,
            "eventSourceARN": format!("arn:aws:kinesis:{region}:123456789012:stream/Stream"),
            "invokeIdentityArn": "arn:aws:iam::123456789012:role/Role",
            "kinesis": {
                "kinesisSchemaVersion": "1.0",
                "partitionKey": "Key",
                "sequenceNumber": number,
                "data": BASE64_STANDARD.encode(data.to_string()),
                "approximateArrivalTimestamp": self.time(position).as_secs_f64(),
            },
        })
    }

    /// The members that the record has in both kinds of streams.
    #[track_caller]
    fn common(&self, position: usize) -> Value {
        let Source::Change { event_name, expired, new, old } = &self.source else {
            return Value::Null;
        };
        let captures = |own: &ViewType| match &self.view_type {
            None | Some(ViewType::NewAndOldImages) => true,
            Some(view_type) => view_type == own,
        };
        let either = new.as_ref().or(old.as_ref());
        let key_of = |image: &Image| image.key(self.key.as_deref());
        let mut keys = either.map(key_of).unwrap_or_default();
        if let Some(old) = old {
            let old = key_of(old);
            assert!(keys.is_empty() || old.is_empty() || old == keys, "{OTHER_KEY}");
            if keys.is_empty() {
                keys = old;
            }
        }
        let new = new.as_ref().filter(|_| captures(&ViewType::NewImage)).map(|image| &image.item);
        let old = old.as_ref().filter(|_| captures(&ViewType::OldImage)).map(|image| &image.item);
        let sizes = [Some(&keys), new, old].into_iter().flatten().map(ItemSize::size_bytes);
        let size = self.size_bytes.unwrap_or_else(|| sizes.sum::<usize>() as u64);
        let mut change = Map::new();
        change.insert("Keys".to_owned(), json!(keys));
        change.insert("SizeBytes".to_owned(), json!(size));
        for (name, image) in [("NewImage", new), ("OldImage", old)] {
            change.extend(image.map(|image| (name.to_owned(), json!(image))));
        }
        let event_id = self.event_id.clone();
        let event_id =
            event_id.unwrap_or_else(|| format!("{:032x}", FIRST_NUMBER + position as u128));
        let mut record = json!({
            "eventID": event_id,
            "eventName": event_name.as_str(),
            "eventSource": "aws:dynamodb",
            "awsRegion": self.region_name(),
            "dynamodb": change,
        });
        if *expired {
            record["userIdentity"] =
                json!({"type": "Service", "principalId": "dynamodb.amazonaws.com"});
        }
        record
    }
}

/// Decodes the record, which is the only one of its event.
impl<T: ChangeImage, O: ChangeImage> TryFrom<RecordBuilder> for StreamRecord<T, O> {
    type Error = RecordError;

    #[track_caller]
    fn try_from(record: RecordBuilder) -> Result<Self, RecordError> {
        let mut event: StreamEvent<T, O> = EventBuilder::from(record).into();
        event.records.swap_remove(0)
    }
}
