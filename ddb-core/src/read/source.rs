//! The three sources of an image and of everything inside it: an owned item, a borrowed item, and
//! JSON text.

use std::collections::HashMap;
use std::mem;
use std::ptr;
use std::slice;

use serde_dynamo::AttributeValue;

use crate::attribute_type::AttributeType;
use crate::error::{AttributeError, Found, Malformed, Refusal};
use crate::json::{Cursor, JsonReader, JsonString, Members, read_attribute, visit_names};

/// The attributes of an image.
pub(super) enum MapRef<'r> {
    /// Strings and bytes are moved out of the values. The map itself is dropped by its owner.
    Owned(&'r mut HashMap<String, AttributeValue>),
    Borrowed(&'r HashMap<String, AttributeValue>),
    /// A JSON object, and the position of its opening brace.
    Json(JsonReader<'r>, usize),
}

impl<'r> MapRef<'r> {
    pub(super) fn json(json: JsonReader<'r>) -> Self {
        let start = json.position();
        Self::Json(json, start)
    }

    pub(super) fn reborrow(&mut self) -> MapRef<'_> {
        match self {
            Self::Owned(map) => MapRef::Owned(map),
            Self::Borrowed(map) => MapRef::Borrowed(map),
            Self::Json(json, start) => MapRef::Json(json.reborrow(), *start),
        }
    }

    /// Borrows the attributes, so that their values are copied and not moved.
    pub(super) fn borrow(&mut self) -> MapRef<'_> {
        match self {
            Self::Owned(map) => MapRef::Borrowed(map),
            Self::Borrowed(map) => MapRef::Borrowed(map),
            Self::Json(json, start) => MapRef::Json(json.reborrow(), *start),
        }
    }

    /// Distinguishes the map from every other one of its source.
    pub(super) fn identity(&self) -> usize {
        match self {
            Self::Owned(map) => ptr::from_ref(&**map).addr(),
            Self::Borrowed(map) => ptr::from_ref(*map).addr(),
            Self::Json(_, start) => *start,
        }
    }

    /// The number of attributes. Zero for JSON text, where it is not known.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Owned(map) => map.len(),
            Self::Borrowed(map) => map.len(),
            Self::Json(..) => 0,
        }
    }

    /// Calls `find` with the text of the attribute with this name, which stays unread. Returns the
    /// result, or the reason why the attribute has no text; `None` if there is no such attribute.
    pub(super) fn find_by_text<T>(
        &self,
        name: &str,
        find: impl FnOnce(&str) -> T,
    ) -> Option<Result<T, Refusal>> {
        let value = match self {
            Self::Owned(map) => map.get(name)?,
            Self::Borrowed(map) => map.get(name)?,
            Self::Json(json, start) => {
                let mut cursor = Cursor::default();
                let mut members = Members::new(json.fork(*start, &mut cursor));
                members.seek(name)?;
                return Some(EntryValue::Json(&mut members).find_by_text(find));
            }
        };
        Some(EntryValue::Borrowed(value).find_by_text(find))
    }

    /// Finds an attribute that the field with this name might have been meant to read, since a
    /// forgotten `rename_all` is a common mistake.
    pub(super) fn find_similar(&self, name: &str) -> Option<String> {
        let mut similar = None;
        let mut compare = |key: &str| {
            if key != name
                && letters(key).eq(letters(name))
                && similar.as_deref().is_none_or(|similar| key < similar)
            {
                similar = Some(key.to_owned());
            }
        };
        match self {
            Self::Owned(map) => map.keys().for_each(|key| compare(key)),
            Self::Borrowed(map) => map.keys().for_each(|key| compare(key)),
            Self::Json(json, start) => visit_names(json, *start, &mut compare),
        }
        similar
    }
}

/// The name in lower case, without `_` and `-`. No rule of `rename_all` changes anything else.
fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars()
        .filter(|character| !matches!(character, '_' | '-'))
        .map(|character| character.to_ascii_lowercase())
}

/// The unread attributes of an image, by position.
pub(super) struct UnreadMap<'r> {
    pub(super) map: MapRef<'r>,
    pub(super) unread: Vec<usize>,
}

/// The value of an attribute that is about to be read.
pub enum EntryValue<'e, 'i> {
    /// A value in an owned item.
    Owned(&'e mut AttributeValue),
    /// A value in a borrowed item.
    Borrowed(&'e AttributeValue),
    /// The value of the current member, which comes next in the text or has been taken with its
    /// name.
    Json(&'e mut Members<'i>),
}

impl EntryValue<'_, '_> {
    /// The text of an `S` or an `N`, if the value has that type and, in JSON text, is plain.
    #[inline]
    pub(crate) fn plain_text(&mut self, attribute_type: AttributeType) -> Option<StrRef<'_>> {
        match (self, attribute_type) {
            (Self::Owned(AttributeValue::S(text)), AttributeType::S)
            | (Self::Owned(AttributeValue::N(text)), AttributeType::N) => Some(StrRef::Owned(text)),
            (Self::Borrowed(AttributeValue::S(text)), AttributeType::S)
            | (Self::Borrowed(AttributeValue::N(text)), AttributeType::N) => {
                Some(StrRef::Borrowed(text))
            }
            (Self::Json(members), _) => members
                .plain()
                .filter(|(found, _)| *found == attribute_type)
                .map(|(_, text)| StrRef::Borrowed(text)),
            _ => None,
        }
    }

    /// The value of a `BOOL`, except in JSON text.
    #[inline]
    pub(crate) fn plain_bool(&self) -> Option<bool> {
        match self {
            Self::Owned(AttributeValue::Bool(value))
            | Self::Borrowed(AttributeValue::Bool(value)) => Some(*value),
            _ => None,
        }
    }

    /// Calls `find` with the text of an `S`, which stays where it is. Returns the reason if the value
    /// has no text.
    pub(super) fn find_by_text<T>(&mut self, find: impl FnOnce(&str) -> T) -> Result<T, Refusal> {
        let found = self
            .read(|value| Ok(value.into_text(AttributeType::S).map(|text| find(text.into_str()))));
        found.and_then(|found| found.unwrap_or(Err(Refusal::Reported)))
    }

    /// Reads the value. In JSON text, moves past it.
    ///
    /// # Errors
    ///
    /// The outer error means that the JSON is not an attribute value; the inner error is the one of
    /// `read`.
    #[inline]
    pub(super) fn read<T>(
        &mut self,
        read: impl FnOnce(ValueRef<'_>) -> Result<T, AttributeError>,
    ) -> Result<Result<T, AttributeError>, Refusal> {
        let value = match self {
            Self::Owned(value) => ValueRef::Owned(value),
            Self::Borrowed(value) => ValueRef::Borrowed(value),
            Self::Json(members) => match members.plain() {
                Some((attribute_type, text)) => ValueRef::BorrowedText(attribute_type, text),
                None => {
                    return members.read_attribute(|attribute_type, json| {
                        read(ValueRef::Json(attribute_type, json))
                    });
                }
            },
        };
        Ok(read(value))
    }
}

/// One value: of an attribute, or of an element.
pub(super) enum ValueRef<'r> {
    Owned(&'r mut AttributeValue),
    Borrowed(&'r AttributeValue),
    /// The text of an `S` or an `N` in an owned set.
    OwnedText(AttributeType, &'r mut String),
    /// The text of an `S` or an `N`, or the base64 of a `B`: from a borrowed set, or from a JSON
    /// string without escapes.
    BorrowedText(AttributeType, &'r str),
    /// The bytes of a `B` in an owned set.
    OwnedBytes(&'r mut Vec<u8>),
    BorrowedBytes(&'r Vec<u8>),
    /// The JSON after an attribute type, or an element of a set.
    Json(AttributeType, JsonReader<'r>),
    /// Boxed, because it would be the largest variant.
    Unread(Box<UnreadMap<'r>>),
}

impl ValueRef<'_> {
    pub(super) fn attribute_type(&self) -> AttributeType {
        match self {
            Self::Owned(value) => AttributeType::of(value),
            Self::Borrowed(value) => AttributeType::of(value),
            Self::OwnedText(attribute_type, _)
            | Self::BorrowedText(attribute_type, _)
            | Self::Json(attribute_type, _) => *attribute_type,
            Self::OwnedBytes(_) | Self::BorrowedBytes(_) => AttributeType::B,
            Self::Unread(..) => AttributeType::M,
        }
    }
}

impl<'r> ValueRef<'r> {
    /// The text of an `S` or an `N`, whichever `attribute_type` is.
    #[inline]
    pub(super) fn into_text(self, attribute_type: AttributeType) -> Result<StrRef<'r>, Refusal> {
        match (attribute_type, self) {
            (AttributeType::S, Self::Owned(AttributeValue::S(text)))
            | (AttributeType::N, Self::Owned(AttributeValue::N(text))) => Ok(StrRef::Owned(text)),
            (AttributeType::S, Self::Borrowed(AttributeValue::S(text)))
            | (AttributeType::N, Self::Borrowed(AttributeValue::N(text))) => {
                Ok(StrRef::Borrowed(text))
            }
            (_, Self::BorrowedText(found, text)) if found == attribute_type => {
                Ok(StrRef::Borrowed(text))
            }
            (_, value) => value.into_other_text(attribute_type),
        }
    }

    fn into_other_text(self, attribute_type: AttributeType) -> Result<StrRef<'r>, Refusal> {
        match self {
            Self::OwnedText(found, text) if found == attribute_type => Ok(StrRef::Owned(text)),
            Self::Json(found, json) if found == attribute_type => read_text(json, attribute_type),
            value => Err(Refusal::Found(Found::Type(value.attribute_type()))),
        }
    }
}

pub(super) fn read_text(
    json: JsonReader<'_>,
    attribute_type: AttributeType,
) -> Result<StrRef<'_>, Refusal> {
    match json.into_string()? {
        JsonString::Text(text) => Ok(StrRef::Borrowed(text)),
        JsonString::UnpairedSurrogate => Err(Malformed::NotUnicode(attribute_type).into()),
        // An element of a set can be any JSON.
        JsonString::NotAString => Err(Malformed::Content(attribute_type).into()),
    }
}

/// The elements of a list or a set.
pub(super) enum ListRef<'r> {
    Owned(slice::IterMut<'r, AttributeValue>),
    Borrowed(slice::Iter<'r, AttributeValue>),
    OwnedTexts(AttributeType, slice::IterMut<'r, String>),
    BorrowedTexts(AttributeType, slice::Iter<'r, String>),
    OwnedBytes(slice::IterMut<'r, Vec<u8>>),
    BorrowedBytes(slice::Iter<'r, Vec<u8>>),
    Json(JsonElements<'r>),
}

impl ListRef<'_> {
    /// The number of remaining elements. Zero for JSON text, where it is not known.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Owned(values) => values.len(),
            Self::Borrowed(values) => values.len(),
            Self::OwnedTexts(_, texts) => texts.len(),
            Self::BorrowedTexts(_, texts) => texts.len(),
            Self::OwnedBytes(bytes) => bytes.len(),
            Self::BorrowedBytes(bytes) => bytes.len(),
            Self::Json(_) => 0,
        }
    }

    /// Reads the next element. `None` means that there are no more. `set_type` is the type of every
    /// element of a set, and `None` for a list.
    #[inline]
    pub(super) fn read_next<T>(
        &mut self,
        set_type: Option<AttributeType>,
        read: impl FnOnce(ValueRef<'_>) -> Result<T, AttributeError>,
    ) -> Option<Result<Result<T, AttributeError>, Refusal>> {
        let value = match self {
            Self::Owned(values) => ValueRef::Owned(values.next()?),
            Self::Borrowed(values) => ValueRef::Borrowed(values.next()?),
            Self::OwnedTexts(attribute_type, texts) => {
                ValueRef::OwnedText(*attribute_type, texts.next()?)
            }
            Self::BorrowedTexts(attribute_type, texts) => {
                ValueRef::BorrowedText(*attribute_type, texts.next()?)
            }
            Self::OwnedBytes(bytes) => ValueRef::OwnedBytes(bytes.next()?),
            Self::BorrowedBytes(bytes) => ValueRef::BorrowedBytes(bytes.next()?),
            Self::Json(elements) => {
                elements.next()?;
                let Some((attribute_type, text)) = elements.json.take_plain_value(set_type) else {
                    return Some(read_attribute(
                        &mut elements.json,
                        set_type,
                        |attribute_type, json| read(ValueRef::Json(attribute_type, json)),
                    ));
                };
                ValueRef::BorrowedText(attribute_type, text)
            }
        };
        Some(Ok(read(value)))
    }

    /// Skips the remaining elements and returns their number.
    pub(super) fn skip_rest(&mut self) -> usize {
        let mut count = self.len();
        if let Self::Json(elements) = self {
            while elements.next().is_some() && elements.json.skip_value().is_ok() {
                count += 1;
            }
        }
        count
    }
}

/// The elements of a JSON array.
pub(super) struct JsonElements<'r> {
    json: JsonReader<'r>,
    has_begun: bool,
    has_ended: bool,
}

impl<'r> JsonElements<'r> {
    /// The elements of the array that comes next.
    pub(super) fn new(json: JsonReader<'r>) -> Self {
        Self { json, has_begun: false, has_ended: false }
    }

    /// Moves to the next element. `None` after the last one, and after a syntax error.
    fn next(&mut self) -> Option<()> {
        if self.has_ended {
            return None;
        }
        let is_first = !self.has_begun;
        if is_first {
            self.has_begun = true;
            self.json.expect(b'[').ok()?;
        }
        self.has_ended = !self.json.next_element(is_first, b']').ok()?;
        (!self.has_ended).then_some(())
    }
}

/// A string that is moved out of an owned source or copied from a borrowed one.
pub(crate) enum StrRef<'r> {
    Owned(&'r mut String),
    Borrowed(&'r str),
}

impl<'r> StrRef<'r> {
    #[inline]
    pub(crate) fn into_str(self) -> &'r str {
        match self {
            Self::Owned(text) => text,
            Self::Borrowed(text) => text,
        }
    }

    #[inline]
    pub(crate) fn into_string(self) -> String {
        match self {
            Self::Owned(text) => mem::take(text),
            Self::Borrowed(text) => text.to_owned(),
        }
    }
}
