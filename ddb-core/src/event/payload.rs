//! The text of a payload, out of whatever deserializes it.
//!
//! `lambda_runtime` deserializes a payload through `serde_path_to_error`, which was measured to double the time of decoding. So the event
//! takes the text as it is, and decodes it itself; it is also what a record is kept as that does not fit.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::value::Error as NoError;
use serde_core::de::{Deserialize, Deserializer, Error, MapAccess, Unexpected, Visitor};
use serde_core::forward_to_deserialize_any;
use serde_json::value::RawValue;

use crate::event::transcode::transcode;

/// JSON text: borrowed from the deserializer's input where that is text, or written once more.
pub(super) struct Payload<'de>(pub(super) Cow<'de, str>);

impl<'de> Deserialize<'de> for Payload<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(raw_value_name(), PayloadVisitor)
    }
}

/// Takes what [`RawValue`] takes, but is content with either kind of text: `&RawValue` needs it borrowed, and `Box<RawValue>` copies it.
struct PayloadVisitor;

impl<'de> Visitor<'de> for PayloadVisitor {
    type Value = Payload<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the payload of a stream event")
    }

    /// `serde_json` gives the text as the value of a map's only key.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        match map.next_key::<Text<'de>>()? {
            Some(Text(key)) if key == raw_value_name() => map.next_value().map(|Text(text)| Payload(text)),
            _ => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }

    /// Any other deserializer, such as that of a member of an untagged enum, knows nothing of it.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        transcode(deserializer).map(|text| Payload(Cow::Owned(text)))
    }
}

pub(super) struct Text<'de>(pub(super) Cow<'de, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor).map(Self)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON text")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text))
    }
}

/// The name under which [`RawValue`] asks a deserializer for its text, asked of it.
fn raw_value_name() -> &'static str {
    let mut name = "";
    // A deserializer that only listens has nothing to give.
    let _ = <&RawValue>::deserialize(Listener(&mut name));
    name
}

struct Listener<'n>(&'n mut &'static str);

impl<'de> Deserializer<'de> for Listener<'_> {
    type Error = NoError;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NoError> {
        Err(NoError::custom("nothing to deserialize"))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, NoError> {
        *self.0 = name;
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}
