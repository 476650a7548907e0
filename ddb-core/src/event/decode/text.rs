//! The text of a payload, from any deserializer.
//!
//! `lambda_runtime` deserializes a payload through `serde_path_to_error`, which slows decoding
//! down. An event therefore takes only the raw text from the deserializer, and decodes the text
//! itself, see DESIGN.md. A record that cannot be decoded also keeps its part of the text.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::value::Error as NoError;
use serde_core::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_core::forward_to_deserialize_any;
use serde_json::value::RawValue;

use crate::event::decode::cow_str::CowStr;
use crate::event::decode::transcode::{transcode, transcode_list, transcode_members};

/// The JSON text of a payload: borrowed from the deserializer's input where possible, and otherwise
/// written from the deserialized values.
pub(super) struct PayloadText<'de>(pub(super) Cow<'de, str>);

impl<'de> Deserialize<'de> for PayloadText<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(raw_value_name(), PayloadVisitor)
    }
}

/// Accepts borrowed and owned text. `&RawValue` accepts only borrowed text, and `Box<RawValue>`
/// copies it.
struct PayloadVisitor;

impl<'de> Visitor<'de> for PayloadVisitor {
    type Value = PayloadText<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the payload of a stream event")
    }

    /// `serde_json` hands the raw text over as a one-entry map. Other deserializers, such as
    /// `MapAccessDeserializer`, visit the payload's own members.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        match map.next_key()? {
            Some(CowStr(key)) if key == raw_value_name() => {
                map.next_value().map(|CowStr(text)| PayloadText(text))
            }
            first => transcode_members(first, map).map(|text| PayloadText(Cow::Owned(text))),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        transcode_list(list).map(|text| PayloadText(Cow::Owned(text)))
    }

    /// A deserializer that does not know `RawValue`, such as that of a variant of an untagged enum,
    /// passes itself on as the content of the newtype.
    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Self::Value, D::Error> {
        transcode(deserializer).map(|text| PayloadText(Cow::Owned(text)))
    }
}

/// The name of the newtype as which [`RawValue`] asks `serde_json` for the raw text. The name is
/// private to `serde_json`, so it is captured from a call.
fn raw_value_name() -> &'static str {
    let mut name = "";
    // `Listener` stores the name and then fails, so the result is always an error.
    let _ = <&RawValue>::deserialize(Listener(&mut name));
    name
}

/// A deserializer that stores the name of the newtype it is asked for, and yields no value.
struct Listener<'n>(&'n mut &'static str);

impl<'de> Deserializer<'de> for Listener<'_> {
    type Error = NoError;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NoError> {
        Err(NoError::custom("nothing to deserialize"))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, NoError> {
        *self.0 = name;
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        option unit unit_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}
