//! The key of an item, as a value that can be compared and hashed.

use serde_dynamo::{AttributeValue, Item};

use crate::number::Number;

/// The key attributes of an item, sorted by name.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct ItemKey(Vec<(String, KeyValue)>);

/// The value of a key attribute. Numbers compare by value, so that `1` and `1.0` are one item.
#[derive(Clone, PartialEq, Eq, Hash)]
enum KeyValue {
    Text(String),
    Number(Number),
    Bytes(Vec<u8>),
    /// An invalid `N`, or a value of another type in keys that were set by hand. All such values
    /// compare equal, so that records that may belong to one item stay in order.
    Other,
}

impl ItemKey {
    /// Builds the key, or returns `None` if the record has no keys.
    pub(crate) fn of(keys: &Item) -> Option<Self> {
        let mut key: Vec<_> =
            keys.iter().map(|(name, value)| (name.clone(), KeyValue::of(value))).collect();
        key.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        (!key.is_empty()).then_some(Self(key))
    }
}

impl KeyValue {
    fn of(value: &AttributeValue) -> Self {
        match value {
            AttributeValue::S(text) => Self::Text(text.clone()),
            AttributeValue::N(text) => text.parse().map_or(Self::Other, Self::Number),
            AttributeValue::B(bytes) => Self::Bytes(bytes.clone()),
            _ => Self::Other,
        }
    }
}
