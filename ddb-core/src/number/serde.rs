//! Serde support for [`Number`].

use std::fmt;

use serde_core::de::{Deserialize, Deserializer, Error, MapAccess, Unexpected, Visitor};
use serde_core::ser::{Serialize, Serializer};

use crate::number::Number;

/// Serializes as a string, which no format rounds.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Deserializes from a string or a number. A number that the format itself parses as a float has
/// already been rounded.
impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

/// The key under which `serde_json`, with its feature `arbitrary_precision`, hands out a number's
/// text.
const WRAPPED_NUMBER: &str = "$serde_json::private::Number";

struct NumberVisitor;

impl<'de> Visitor<'de> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or a string that is one")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Number, E> {
        self.visit_string(text.to_owned())
    }

    /// The error does not repeat the text.
    fn visit_string<E: Error>(self, text: String) -> Result<Number, E> {
        text.try_into().map_err(|_| E::invalid_value(Unexpected::Other("another string"), &self))
    }

    fn visit_i64<E: Error>(self, integer: i64) -> Result<Number, E> {
        Ok(integer.into())
    }

    fn visit_u64<E: Error>(self, integer: u64) -> Result<Number, E> {
        Ok(integer.into())
    }

    fn visit_i128<E: Error>(self, integer: i128) -> Result<Number, E> {
        Ok(integer.into())
    }

    fn visit_u128<E: Error>(self, integer: u128) -> Result<Number, E> {
        Ok(integer.into())
    }

    fn visit_f64<E: Error>(self, float: f64) -> Result<Number, E> {
        float.try_into().map_err(|_| E::invalid_value(Unexpected::Other("not a number"), &self))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Number, A::Error> {
        match map.next_key::<String>()? {
            Some(key) if key == WRAPPED_NUMBER => self.visit_string(map.next_value()?),
            _ => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Number, String> {
        serde_json::from_str(json).map_err(|error: serde_json::Error| error.to_string())
    }

    #[test]
    fn every_digit_goes_through_json() {
        let number: Number = "1234567890.1234567890123456789012345678".parse().expect("a number");
        let json = serde_json::to_string(&number).expect("JSON");
        assert_eq!(json, r#""1234567890.1234567890123456789012345678""#);
        assert_eq!(read(&json).map(Number::into_string), Ok(number.into_string()));
    }

    #[test]
    fn numbers_of_json_are_read() {
        for (json, text) in [
            ("7", "7"),
            ("-7", "-7"),
            ("1.5", "1.5"),
            (r#""1E2""#, "100"),
            (r#"{"$serde_json::private::Number":"1.50"}"#, "1.5"),
        ] {
            assert_eq!(read(json), Ok(text.parse().expect("a number")), "{json}");
        }
    }

    #[test]
    fn an_error_does_not_repeat_the_text() {
        for json in [r#""secret""#, "null", "[1]", r#"{"a":"secret"}"#] {
            let error = read(json).expect_err(json);
            assert!(error.contains("expected a number"), "{error}");
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
