//! The conversions to measure: from an image to a struct, and from a payload of MODIFY records to
//! structs.

use aws_lambda_events::dynamodb::Event;
use ddb_core::{Change, FromStreamImage, IntoItem, Item, StreamEvent};
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};

/// The old and the new image of each record.
pub type Changes<T> = Vec<(T, T)>;

/// # Panics
///
/// If the image does not fit.
#[must_use]
pub fn from_image<T: FromStreamImage>(image: Item) -> T {
    T::from_image(image).expect("fits")
}

/// # Panics
///
/// If the image does not fit.
#[must_use]
pub fn from_image_ref<T: FromStreamImage>(image: &Item) -> T {
    T::from_image_ref(image).expect("fits")
}

/// # Panics
///
/// If the image does not fit.
#[must_use]
pub fn from_json<T: FromStreamImage>(text: &[u8]) -> T {
    T::from_json(text).expect("fits")
}

/// # Panics
///
/// If the image does not fit.
#[must_use]
pub fn from_item<T: DeserializeOwned>(image: Item) -> T {
    serde_dynamo::from_item(image).expect("fits")
}

/// # Panics
///
/// If DynamoDB cannot store the value.
#[must_use]
pub fn into_item<T: IntoItem>(value: T) -> Item {
    value.into_item().expect("can be stored")
}

/// # Panics
///
/// If the value does not serialize.
#[must_use]
pub fn to_item<T: Serialize>(value: T) -> Item {
    serde_dynamo::to_item(value).expect("serializes")
}

/// # Panics
///
/// If the payload is not an event, or an image does not fit.
#[must_use]
pub fn decode<T: FromStreamImage>(payload: &[u8]) -> Changes<T> {
    collect_changes(StreamEvent::from_slice(payload).expect("an event"))
}

/// # Panics
///
/// If an image does not fit, or a record is not a MODIFY.
#[must_use]
pub fn collect_changes<T>(event: StreamEvent<T>) -> Changes<T> {
    let changes = event.records.into_iter().map(|record| match record.expect("fits").change {
        Change::Modify { old, new } => (old, new),
        Change::Insert { .. } | Change::Remove { .. } => unreachable!("all are MODIFY"),
    });
    changes.collect()
}

/// # Panics
///
/// If the payload is not an event, or an image does not fit.
#[must_use]
pub fn decode_by_event<T: DeserializeOwned>(payload: &[u8]) -> Changes<T> {
    map_event(serde_json::from_slice(payload).expect("an event"), from_item)
}

/// The floor for every decoder: reads every byte and keeps nothing.
///
/// # Panics
///
/// If the payload is not JSON.
#[must_use]
pub fn skip(payload: &[u8]) -> IgnoredAny {
    serde_json::from_slice(payload).expect("JSON")
}

#[must_use]
pub fn map_event<T>(event: Event, convert: fn(Item) -> T) -> Changes<T> {
    let changes = event.records.into_iter().map(|record| record.change);
    changes.map(|change| (convert(change.old_image), convert(change.new_image))).collect()
}
