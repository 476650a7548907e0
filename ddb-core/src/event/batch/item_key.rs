//! Which item a record is about.

use serde_dynamo::{AttributeValue, Item};

use crate::number::Number;

/// The key attributes of an item in an order of their own, to compare and to look up.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(in crate::event) struct ItemKey(Vec<(String, KeyValue)>);

/// What there is to compare of a key attribute, for whose attribute types see `KeyAttribute`.
#[derive(Clone, PartialEq, Eq, Hash)]
enum KeyValue {
    Text(String),
    Number(Number),
    Bytes(Vec<u8>),
    /// An invalid `N`, or a key set by hand. Such values compare equal, so that records which may
    /// be of one item stay in order.
    Other,
}

impl ItemKey {
    /// `None` if the record has no keys.
    pub(in crate::event) fn of(keys: &Item) -> Option<Self> {
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
