//! Writes the value of any deserializer as JSON text.
//!
//! Going through `serde_json::Value` would add more code to every binary (see DESIGN.md). The crate
//! `serde-transcode` adds no more than this module, but writes a number of the feature
//! `arbitrary_precision` as an object.

use std::fmt;
use std::str;

use serde_core::Serialize;
use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::event::decode::cow_str::CowStr;
use crate::json::{Cursor, JsonReader};

/// The beginning and the end of the map in which `serde_json` passes on a number if its feature
/// `arbitrary_precision` is on, which any crate of a build can turn on.
///
/// Nothing else in a payload looks like this map: the value of an attribute is always an object,
/// and the state of a window does not use the name.
const WRAPPED_NUMBER: (&[u8], &[u8]) = (br#"{"$serde_json::private::Number":""#, br#""}"#);

/// Writes a value as JSON text. A number that is not finite becomes `null`.
///
/// # Errors
///
/// Returns the deserializer's own error, and an error for values that JSON cannot express: bytes,
/// and maps whose names are not strings.
pub(super) fn transcode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    write_text(|transcode| transcode.deserialize(deserializer))
}

/// Writes a map whose first name has already been read. See [`transcode`] for errors.
pub(super) fn transcode_members<'de, A: MapAccess<'de>>(
    first: Option<CowStr<'de>>,
    map: A,
) -> Result<String, A::Error> {
    write_text(|transcode| transcode.write_members(first, map))
}

/// Writes a list. See [`transcode`] for errors.
pub(super) fn transcode_list<'de, A: SeqAccess<'de>>(list: A) -> Result<String, A::Error> {
    write_text(|transcode| transcode.visit_seq(list))
}

fn write_text<E: Error>(write: impl FnOnce(Transcode<'_>) -> Result<(), E>) -> Result<String, E> {
    let mut text = Vec::new();
    write(Transcode(&mut text))?;
    String::from_utf8(text).map_err(E::custom)
}

/// A visitor that appends a value to the text.
struct Transcode<'t>(&'t mut Vec<u8>);

impl Transcode<'_> {
    fn write<E: Error>(self, value: &(impl Serialize + ?Sized)) -> Result<(), E> {
        serde_json::to_writer(self.0, value).map_err(E::custom)
    }

    fn write_members<'de, A: MapAccess<'de>>(
        self,
        first: Option<CowStr<'de>>,
        mut map: A,
    ) -> Result<(), A::Error> {
        let start = self.0.len();
        self.0.push(b'{');
        let mut next = first;
        while let Some(CowStr(name)) = next {
            Transcode(self.0).write(&*name)?;
            self.0.push(b':');
            map.next_value_seed(Transcode(self.0))?;
            self.0.push(b',');
            next = map.next_key()?;
        }
        close(self.0, b'}');
        unwrap_number(self.0, start);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Transcode<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Transcode<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.write(&())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.write(&())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.write(&value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.write(&value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.write(&value)
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<(), E> {
        self.write(&value)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<(), E> {
        self.write(&value)
    }

    fn visit_f32<E: Error>(self, value: f32) -> Result<(), E> {
        self.write(&value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.write(&value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.write(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.0.push(b'[');
        while list.next_element_seed(Transcode(self.0))?.is_some() {
            self.0.push(b',');
        }
        close(self.0, b']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let first = map.next_key()?;
        self.write_members(first, map)
    }
}

/// Closes a list or a map: replaces the trailing comma, if there is one, with the bracket.
fn close(text: &mut Vec<u8>, bracket: u8) {
    if text.last() == Some(&b',') {
        text.pop();
    }
    text.push(bracket);
}

/// Replaces the map that begins at `start` with the number in it, if it is a [`WRAPPED_NUMBER`].
fn unwrap_number(text: &mut Vec<u8>, start: usize) {
    let (before, after) = WRAPPED_NUMBER;
    let wrapped = text
        .get(start..)
        .and_then(|map| map.strip_prefix(before))
        .and_then(|map| map.strip_suffix(after));
    if wrapped.is_some_and(is_number) {
        text.drain(start..start + before.len());
        text.truncate(text.len() - after.len());
    }
}

fn is_number(text: &[u8]) -> bool {
    let is_word = text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte));
    is_word
        && str::from_utf8(text).is_ok_and(|word| {
            let mut cursor = Cursor::default();
            let mut json = JsonReader::new(word, &mut cursor);
            json.skip_number().and_then(|()| json.expect_end()).is_ok()
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_core::de::value::{
        BytesDeserializer, Error as ValueError, F32Deserializer, I128Deserializer, MapDeserializer,
        SeqDeserializer, U128Deserializer,
    };
    use serde_core::forward_to_deserialize_any;
    use serde_json::Value;

    use super::*;

    fn transcode_text(text: &str) -> Result<String, serde_json::Error> {
        transcode(&mut serde_json::Deserializer::from_str(text))
    }

    #[test]
    fn a_value_is_written_as_it_was_without_its_white_space() {
        let table = [
            ("null", "null"),
            (" true ", "true"),
            ("-9223372036854775808", "-9223372036854775808"),
            ("18446744073709551615", "18446744073709551615"),
            ("1640995200.5", "1640995200.5"),
            (r#""a\u0000\"\\\/é\ud83d\ude00""#, r#""a\u0000\"\\/é😀""#),
            ("[ ]", "[]"),
            ("[[ ], 1, [ \",\" , { } ] ]", r#"[[],1,[",",{}]]"#),
            ("{ }", "{}"),
            (
                r#"{ "b" : [ ] , "a\"" : { "c" : "," }, "b":1 }"#,
                r#"{"b":[],"a\"":{"c":","},"b":1}"#,
            ),
        ];
        for (text, expected) in table {
            assert_eq!(transcode_text(text).expect(text), expected);
        }
    }

    #[test]
    fn a_number_in_a_map_comes_out_of_it() {
        let name = "$serde_json::private::Number";
        for number in ["1.7E9", "-0", "1e999", "123456789012345678901234567890.5"] {
            let text = format!(r#"[{{"{name}":"{number}"}}]"#);
            assert_eq!(transcode_text(&text).expect("JSON"), format!("[{number}]"));
        }
        // A map that only looks like a wrapped number is not changed.
        for value in [
            r#""""#,
            r#""x""#,
            r#""1\"}{\"""#,
            r#""1,2""#,
            r#""Infinity""#,
            r#""1 ""#,
            r#""1x""#,
            r#""1-2""#,
            "1",
            "[1]",
            r#"{"S":"1"}"#,
            "\"1\",\"a\":\"1\"",
        ] {
            let text = format!(r#"{{"{name}":{value}}}"#);
            assert_eq!(transcode_text(&text).expect("JSON"), text);
        }
    }

    #[test]
    fn values_outside_json_are_refused() {
        let bytes = BytesDeserializer::<ValueError>::new(b"bytes");
        let error = transcode(bytes).expect_err("no JSON");
        assert_eq!(error.to_string(), "invalid type: byte array, expected a value of JSON");
        let names = MapDeserializer::<_, ValueError>::new([(1_u8, 2_u8)].into_iter());
        let error = transcode(names).expect_err("no JSON");
        assert_eq!(error.to_string(), "invalid type: integer `1`, expected a string");
    }

    /// A deserializer of a format that has options and newtypes.
    enum Beyond {
        None,
        Some(f32),
        Newtype(f32),
    }

    impl<'de> Deserializer<'de> for Beyond {
        type Error = ValueError;

        fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
            match self {
                Self::None => visitor.visit_none(),
                Self::Some(value) => visitor.visit_some(F32Deserializer::new(value)),
                Self::Newtype(value) => visitor.visit_newtype_struct(F32Deserializer::new(value)),
            }
        }

        forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct
            seq tuple tuple_struct map struct enum identifier ignored_any
        }
    }

    #[test]
    fn options_and_newtypes_are_written_as_their_content() {
        assert_eq!(transcode(Beyond::None).as_deref(), Ok("null"));
        assert_eq!(transcode(Beyond::Some(0.1)).as_deref(), Ok("0.1"));
        assert_eq!(transcode(Beyond::Newtype(0.1)).as_deref(), Ok("0.1"));
    }

    #[test]
    fn numbers_of_other_formats_are_written() {
        let floats = [f64::NAN, f64::INFINITY, -0.0, 1e300].into_iter();
        let floats = transcode(SeqDeserializer::<_, ValueError>::new(floats));
        assert_eq!(floats.as_deref(), Ok("[null,null,-0.0,1e+300]"));
        let most = transcode(U128Deserializer::<ValueError>::new(u128::MAX));
        assert_eq!(most.as_deref(), Ok("340282366920938463463374607431768211455"));
        let least = transcode(I128Deserializer::<ValueError>::new(i128::MIN));
        assert_eq!(least.as_deref(), Ok("-170141183460469231731687303715884105728"));
    }

    #[test]
    fn the_error_is_the_deserializers_own() {
        let error = transcode_text("{\"a\":\n [1,").expect_err("no JSON");
        assert!(error.is_eof());
        assert_eq!((error.line(), error.column()), (2, 4));
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec((any::<String>(), inner), 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn the_text_is_the_one_that_serde_json_writes(value in any_json()) {
            prop_assert_eq!(transcode(&value).expect("JSON"), value.to_string());
        }
    }
}
