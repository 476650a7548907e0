//! The text of a payload, out of whatever deserializes it.
//!
//! `lambda_runtime` deserializes a payload through `serde_path_to_error`, which slows decoding down
//! a lot. So the event takes the raw text and decodes it itself. The text is also what is kept of a
//! record that does not fit.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::value::Error as NoError;
use serde_core::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_core::forward_to_deserialize_any;
use serde_json::value::RawValue;

use crate::event::decode::cow_str::CowStr;
use crate::event::decode::transcode::{transcode, transcode_list, transcode_members};

/// JSON text: borrowed from the deserializer's input where that is text, or written anew.
pub(super) struct PayloadText<'de>(pub(super) Cow<'de, str>);

impl<'de> Deserialize<'de> for PayloadText<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(raw_value_name(), PayloadVisitor)
    }
}

/// Takes borrowed text as well as owned text: `&RawValue` takes only the one, and `Box<RawValue>`
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

    /// Any other deserializer, such as that of a member of an untagged enum, hands itself over.
    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Self::Value, D::Error> {
        transcode(deserializer).map(|text| PayloadText(Cow::Owned(text)))
    }
}

/// The name under which [`RawValue`] asks a deserializer for its text.
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
