//! Reads the `Keys` of a record.

use serde_dynamo::{AttributeValue, Item};

use crate::attribute::FromAttribute;
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected};
use crate::event::decode::partial::{ImageState, KeysState, PartialRecord, read_item, read_object};
use crate::event::decode::sink::Requirement;
use crate::event::error::{ImageProblem, RecordErrorKind};
use crate::json::JsonReader;
use crate::read::{Attribute, Image};

/// A key attribute: an `S`, an `N` or a `B`, see
/// [Primary key](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.CoreComponents.html#HowItWorks.CoreComponents.PrimaryKey).
///
/// Reading keys as `AttributeValue` would add the code for lists and maps to every binary.
struct KeyAttribute(AttributeValue);

impl FromAttribute for KeyAttribute {
    const EXPECTED: Expected = Expected::of::<AttributeValue>(AttributeTypes::of(&[
        AttributeType::S,
        AttributeType::N,
        AttributeType::B,
    ]));

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        let value = match attribute.attribute_type() {
            AttributeType::S => AttributeValue::S(attribute.into_string(Self::EXPECTED)?),
            AttributeType::N => AttributeValue::N(attribute.into_number_string(Self::EXPECTED)?),
            AttributeType::B => AttributeValue::B(attribute.into_byte_vec(Self::EXPECTED)?),
            _ => return Err(attribute.mismatch(Self::EXPECTED)),
        };
        Ok(Self(value))
    }
}

/// Keys are always read, and may be missing.
const REQUIREMENT: Requirement = Requirement { is_read: true, is_key: false, is_required: false };

impl PartialRecord {
    /// Reads the keys that come next in the text.
    pub(super) fn read_keys(&mut self, json: JsonReader<'_>) {
        if !matches!(self.keys, KeysState::Missing) {
            self.refuse(RecordErrorKind::RepeatedMember("Keys"));
            json.skip();
            return;
        }
        let room = self.room;
        self.keep_keys(|read| read_object(json, REQUIREMENT, room, read));
    }

    /// Reads the keys from an item.
    pub(in crate::event) fn read_item_keys(&mut self, item: &Item) {
        let room = self.room;
        self.keep_keys(|read| read_item(item, room, read));
    }

    fn keep_keys(
        &mut self,
        read: impl FnOnce(&mut dyn FnMut(&mut Image<'_>) -> bool) -> ImageState,
    ) {
        let mut keys = None;
        let state = read(&mut |image| {
            keys = collect_keys(image);
            keys.is_some()
        });
        self.meta.keys = keys.unwrap_or_default();
        self.keys = match state {
            ImageState::Read | ImageState::Missing | ImageState::Null => KeysState::Read,
            ImageState::NotAnObject => KeysState::Invalid(ImageProblem::NotAnObject),
            ImageState::Mismatch(error) => KeysState::Invalid(ImageProblem::Mismatch(error)),
        };
    }
}

/// Collects the keys. Returns `None` if an attribute cannot be a key; the problem is then in the
/// report.
fn collect_keys(image: &mut Image<'_>) -> Option<Item> {
    let mut keys = Item::default();
    let all_fit =
        image.read_entries(|name: String, KeyAttribute(value)| keys.insert(name, value).is_none());
    match all_fit {
        Ok(()) => Some(keys),
        Err(error) => {
            image.report.push(error);
            None
        }
    }
}
