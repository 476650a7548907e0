//! Helpers that the tests share.

use std::fmt::Debug;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ddb_core::{AttributeValue, FromAttribute, FromStreamImage, ImageError, Item, Problem};
use serde_json::Value;

/// Parses an image from DynamoDB JSON.
///
/// # Panics
///
/// If the JSON is not an image.
#[must_use]
pub fn image(json: Value) -> Item {
    serde_json::from_value(json).expect("DynamoDB JSON")
}

/// Returns an image whose only attribute is `value`.
///
/// # Panics
///
/// If the JSON is not an attribute value.
#[must_use]
pub fn image_of(value: &Value) -> Item {
    image(serde_json::json!({ "value": value }))
}

/// A strict struct with one field of any type.
#[derive(Debug, FromStreamImage)]
#[ddb(strict)]
pub struct Holder<T> {
    pub value: T,
}

/// A record of DynamoDB Streams about the item `{"id": id}`, with all the images that its event
/// has.
///
/// The event id is `event-` followed by the sequence number.
#[must_use]
pub fn record(sequence_number: &str, event_name: &str, id: u32) -> Value {
    let image = serde_json::json!({"id": {"N": id.to_string()}});
    let mut change = serde_json::json!({
        "ApproximateCreationDateTime": 1_700_000_000,
        "Keys": image,
        "SequenceNumber": sequence_number,
        "SizeBytes": 26,
        "StreamViewType": "NEW_AND_OLD_IMAGES",
    });
    if event_name != "REMOVE" {
        change["NewImage"] = image.clone();
    }
    if event_name != "INSERT" {
        change["OldImage"] = image;
    }
    serde_json::json!({
        "eventID": format!("event-{sequence_number}"),
        "eventName": event_name,
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "eu-central-1",
        "eventSourceARN": "arn:aws:dynamodb:eu-central-1:123456789012:table/Orders/stream/2023-11-14T22:13:20.000",
        "dynamodb": change,
    })
}

/// A Kinesis record whose data is this DynamoDB record.
#[must_use]
pub fn kinesis_record(sequence_number: &str, record: &Value) -> Value {
    serde_json::json!({
        "kinesis": {
            "kinesisSchemaVersion": "1.0",
            "partitionKey": "7",
            "sequenceNumber": sequence_number,
            "data": encode_base64(&record.to_string()),
            "approximateArrivalTimestamp": 1_700_000_001.25,
        },
        "eventSource": "aws:kinesis",
        "eventVersion": "1.0",
        "eventID": format!("shardId-000000000000:{sequence_number}"),
        "eventName": "aws:kinesis:record",
        "invokeIdentityArn": "arn:aws:iam::123456789012:role/orders",
        "awsRegion": "eu-central-1",
        "eventSourceARN": "arn:aws:kinesis:eu-central-1:123456789012:stream/orders",
    })
}

/// Encodes text as base64.
#[must_use]
pub fn encode_base64(text: &str) -> String {
    BASE64_STANDARD.encode(text)
}

/// The text of a payload with these records.
#[must_use]
pub fn payload(records: &[Value]) -> String {
    serde_json::json!({ "Records": records }).to_string()
}

/// Reads a value strictly by value, by reference and from JSON, and once lossily, and asserts that
/// all of them agree on the value and on the problems.
///
/// # Errors
///
/// The message of the [`ImageError`].
///
/// # Panics
///
/// If they do not agree.
pub fn read<T: FromAttribute + Debug + PartialEq>(value: &Value) -> Result<T, String> {
    let image = image_of(value);
    let text = serde_json::json!({ "value": value }).to_string();
    let json = <Holder<T>>::from_json(text.as_bytes()).map(|holder| holder.value);
    let lossy = Optional::<T>::from_image_lossy_ref(&image);
    let borrowed = Holder::<T>::from_image_ref(&image).map(|holder| holder.value);
    let owned = Holder::<T>::from_image(image).map(|holder| holder.value);
    let problems = owned.as_ref().err().map(describe_error).unwrap_or_default();
    assert_eq!(
        borrowed.as_ref().err().map(describe_error).unwrap_or_default(),
        problems,
        "by reference"
    );
    assert_eq!(borrowed.as_ref().ok(), owned.as_ref().ok(), "by reference");
    assert_eq!(json.as_ref().err().map(describe_error).unwrap_or_default(), problems, "from JSON");
    assert_eq!(json.as_ref().ok(), owned.as_ref().ok(), "from JSON");
    if value.get("NULL").is_none() {
        assert_eq!(describe(&lossy.problems), problems, "lossy");
        assert_eq!(lossy.value.value.as_ref(), owned.as_ref().ok(), "lossy");
    }
    assert!(lossy.problems.iter().all(|problem| problem.replaced() == Some("value")), "lossy");
    owned.map_err(|error| error.to_string())
}

/// Reads an image strictly by value, by reference and from JSON, and asserts that all of them agree
/// on the value and on the problems.
///
/// # Errors
///
/// The messages of the problems, sorted.
///
/// # Panics
///
/// If they do not agree, or if the JSON is not an image.
pub fn read_image<T: FromStreamImage + Debug + PartialEq>(json: &Value) -> Result<T, String> {
    let item = image(json.clone());
    let describe =
        |read: Result<T, ImageError>| read.map_err(|error| describe_error(&error).join("; "));
    let borrowed = describe(T::from_image_ref(&item));
    assert_eq!(describe(T::from_image(item)), borrowed, "by value");
    let from_json = T::from_json(json.to_string().as_bytes());
    assert_eq!(describe(from_json), borrowed, "from JSON");
    borrowed
}

/// A lossy struct with one optional field, which reads `NULL` as `None`.
#[derive(Debug, FromStreamImage)]
struct Optional<T> {
    value: Option<T>,
}

/// The messages of the problems, sorted.
#[must_use]
pub fn describe(problems: &[Problem]) -> Vec<String> {
    let mut described: Vec<String> = problems.iter().map(ToString::to_string).collect();
    described.sort();
    described
}

/// The messages of an error's problems, sorted, because the attributes of a map come in any order.
#[must_use]
pub fn describe_error(error: &ImageError) -> Vec<String> {
    describe(error.problems())
}

/// Declares newtypes with a conversion, so that [`read`] reads such a field from every source.
#[macro_export]
macro_rules! converted {
    ($($(#[$key:meta])* $name:ident($ty:ty);)*) => {$(
        #[derive(Debug, PartialEq, ddb_core::FromAttribute)]
        #[ddb(transparent)]
        struct $name($(#[$key])* $ty);
    )*};
}

/// Returns `true` if the image of a struct with a pair `t` and a struct `nested` has no part that
/// serde is known to lose or to round silently.
#[must_use]
pub fn is_lossless_for_serde(image: &Item) -> bool {
    fn is_lossless(value: &AttributeValue) -> bool {
        match value {
            AttributeValue::N(text) => text.parse::<i64>().is_ok(),
            // serde reads a set without elements as a list of anything.
            AttributeValue::Ns(texts) => {
                !texts.is_empty() && texts.iter().all(|text| text.parse::<u32>().is_ok())
            }
            AttributeValue::Ss(texts) => !texts.is_empty(),
            // serde reads bytes as text, where they are UTF-8.
            AttributeValue::B(_) | AttributeValue::Bs(_) => false,
            AttributeValue::L(values) => values.iter().all(is_lossless),
            AttributeValue::M(map) => map.values().all(is_lossless),
            _ => true,
        }
    }
    // serde drops the surplus of a list that is longer than a tuple, and reads a list as the values
    // of a map or a struct.
    let tuple_fits = matches!(image.get("t"), Some(AttributeValue::L(values)) if values.len() == 2);
    let nested_fits = matches!(image.get("nested"), Some(AttributeValue::M(_)));
    image.values().all(is_lossless) && tuple_fits && nested_fits
}
