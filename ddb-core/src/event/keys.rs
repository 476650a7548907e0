//! The `Keys` of a record.

use serde_dynamo::{AttributeValue, Item};

use crate::attribute::FromAttribute;
use crate::error::Expected;
use crate::event::error::ImageFault;
use crate::event::parts::{NoImage, Parts, read_item, read_object};
use crate::json::Json;
use crate::read::{Attribute, Image};
use crate::tag::{Tag, Tags};
use crate::unfit::Unfit;

/// A key attribute is an `S`, an `N` or a `B`, see
/// [Primary key](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.CoreComponents.html#HowItWorks.CoreComponents.PrimaryKey).
/// So what reads lists and maps is in the binary of those alone whose types hold them: 20 KB.
struct KeyAttribute(AttributeValue);

impl FromAttribute for KeyAttribute {
    const EXPECTED: Expected = Expected::of::<AttributeValue>(Tags::of(&[Tag::S, Tag::N, Tag::B]));

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
        let value = match attribute.tag() {
            Tag::S => AttributeValue::S(attribute.into_string(Self::EXPECTED)?),
            Tag::N => AttributeValue::N(attribute.into_number_string(Self::EXPECTED)?),
            Tag::B => AttributeValue::B(attribute.into_byte_vec(Self::EXPECTED)?),
            _ => return Err(attribute.refuse(Self::EXPECTED)),
        };
        Ok(Self(value))
    }
}

/// Reads the keys that come next in the text.
pub(super) fn read_keys(json: Json<'_>, parts: &mut Parts) {
    keep_keys(parts, |read| read_object(json, true, read));
}

/// Reads keys that are an item already.
pub(super) fn read_item_keys(item: &Item, parts: &mut Parts) {
    keep_keys(parts, |read| read_item(Some(item), true, read));
}

fn keep_keys(
    parts: &mut Parts,
    read: impl FnOnce(&mut dyn FnMut(&mut Image<'_>) -> bool) -> Result<(), NoImage>,
) {
    let mut keys = None;
    let fits = read(&mut |image| {
        keys = collect_keys(image);
        keys.is_some()
    });
    parts.meta.keys = keys.unwrap_or_default();
    parts.keys_fault = match fits {
        Ok(()) | Err(NoImage::Missing | NoImage::Null) => None,
        Err(NoImage::NotAnObject) => Some(ImageFault::NotAnObject),
        Err(NoImage::Unfit(error)) => Some(ImageFault::Unfit(error)),
    };
}

/// `None` if one of them is no key, which is then in the report.
fn collect_keys(image: &mut Image<'_>) -> Option<Item> {
    let mut keys = Item::default();
    let mut are_keys = true;
    image.read_attributes(&mut |name, entry| match entry.read_value() {
        Ok(Some(KeyAttribute(value))) => {
            keys.insert(name.to_owned(), value);
        }
        // The same name comes once more.
        Ok(None) => {}
        Err(_) => are_keys = false,
    });
    are_keys.then_some(keys)
}
