//! A pull reader for JSON text.
//!
//! It accepts exactly the text that `serde_json` accepts as a `RawValue`; the properties below and
//! a fuzz target compare the two. Only strings with escapes, and skipping more than 64 levels,
//! allocate.
//!
//! AWS writes JSON without white space and with few escapes. In that form, the reader takes a whole
//! name or value at a time; anything else it reads token by token.

use std::borrow::Cow;
#[cfg(feature = "events")]
use std::sync::Arc;

use crate::attribute_type::AttributeType;
use crate::json::container::container_length;
use crate::json::string::{JsonString, plain_length, unescape, unescape_name};

/// A reader's position in its text, and the rest of its state.
#[derive(Default)]
pub(crate) struct Cursor {
    /// Past the end of every text after a syntax error, so that nothing more is read.
    at: usize,
    /// The last string that had escapes, without them.
    unescaped: String,
    /// The position of the first syntax error.
    syntax_error_at: Option<usize>,
}

/// A reader of JSON text.
pub(crate) struct JsonReader<'r> {
    text: &'r str,
    cursor: &'r mut Cursor,
}

/// The error for text that is not JSON. The cursor has the position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError;

impl Cursor {
    /// The position of the first syntax error, in bytes.
    pub(crate) fn syntax_error_at(&self) -> Option<usize> {
        self.syntax_error_at
    }
}

impl<'r> JsonReader<'r> {
    pub(crate) fn new(text: &'r str, cursor: &'r mut Cursor) -> Self {
        Self { text, cursor }
    }

    pub(crate) fn reborrow(&mut self) -> JsonReader<'_> {
        JsonReader { text: self.text, cursor: self.cursor }
    }

    /// A second reader of the same text, with a cursor of its own.
    pub(crate) fn fork<'c>(&self, position: usize, cursor: &'c mut Cursor) -> JsonReader<'c>
    where
        'r: 'c,
    {
        cursor.at = position;
        JsonReader { text: self.text, cursor }
    }

    pub(crate) fn position(&self) -> usize {
        self.cursor.at
    }

    pub(crate) fn is_broken(&self) -> bool {
        self.cursor.syntax_error_at.is_some()
    }

    /// Moves back to a position where something was read before. Does nothing after a syntax error.
    pub(crate) fn rewind(&mut self, position: usize) {
        if !self.is_broken() {
            self.cursor.at = position;
        }
    }

    /// Skips white space and returns the next byte, which stays unread.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        match self.rest().first() {
            Some(&byte) if byte > b' ' => Some(byte),
            Some(_) => self.peek_after_blanks(),
            None => None,
        }
    }

    fn peek_after_blanks(&mut self) -> Option<u8> {
        let rest = self.rest();
        let blanks =
            rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'\r')).count();
        self.cursor.at += blanks;
        rest.get(blanks).copied()
    }

    /// Peeks like [`peek`](Self::peek). The end of the text is a syntax error.
    #[inline]
    pub(crate) fn peek_value(&mut self) -> Result<u8, SyntaxError> {
        match self.peek() {
            Some(byte) => Ok(byte),
            None => self.fail(),
        }
    }

    /// Skips an object. Any other value is a syntax error.
    pub(crate) fn skip_object(&mut self) -> Result<(), SyntaxError> {
        if self.peek_value()? == b'{' { self.skip_value() } else { self.fail() }
    }

    /// Takes the byte if it comes next, after white space.
    #[inline]
    pub(crate) fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.cursor.at += usize::from(is_next);
        is_next
    }

    #[inline]
    pub(crate) fn expect(&mut self, byte: u8) -> Result<(), SyntaxError> {
        if self.take(byte) { Ok(()) } else { self.fail() }
    }

    /// Checks that nothing but white space follows.
    pub(crate) fn expect_end(&mut self) -> Result<(), SyntaxError> {
        match self.peek() {
            None if !self.is_broken() => Ok(()),
            _ => self.fail(),
        }
    }

    /// Moves to the next element of an array, or to the next member of an object: takes the comma
    /// before it. Returns `false` after the last one, and takes the closing bracket.
    #[inline]
    pub(crate) fn next_element(&mut self, is_first: bool, close: u8) -> Result<bool, SyntaxError> {
        if self.take(close) {
            return Ok(false);
        }
        if !is_first {
            self.expect(b',')?;
        }
        Ok(true)
    }

    pub(crate) fn read_bool(&mut self) -> Result<bool, SyntaxError> {
        let value = self.peek() == Some(b't');
        self.skip_literal(if value { "true" } else { "false" })?;
        Ok(value)
    }

    /// Reads a string. The result borrows from the text, or from the cursor if the string has
    /// escapes. Leaves a value of any other kind unread.
    #[inline]
    pub(crate) fn into_string(mut self) -> Result<JsonString<'r>, SyntaxError> {
        if !self.take(b'"') {
            return Ok(JsonString::NotAString);
        }
        let (raw, has_escapes) = self.read_rest_of_string()?;
        Ok(if has_escapes { self.unescape(raw) } else { JsonString::Text(raw) })
    }

    #[cold]
    fn unescape(self, raw: &str) -> JsonString<'r> {
        let Cursor { unescaped, .. } = self.cursor;
        unescaped.clear();
        if unescape(raw, unescaped) {
            JsonString::Text(unescaped)
        } else {
            JsonString::UnpairedSurrogate
        }
    }

    /// Reads the name of a member and the colon after it. Unlike a string, an escaped name is
    /// owned, so that it outlives the next read.
    #[inline]
    pub(crate) fn read_name(&mut self) -> Result<Cow<'r, str>, SyntaxError> {
        let (raw, has_escapes) = self.read_raw_string()?;
        self.expect(b':')?;
        Ok(if has_escapes { unescape_name(raw) } else { Cow::Borrowed(raw) })
    }

    #[inline]
    fn read_raw_string(&mut self) -> Result<(&'r str, bool), SyntaxError> {
        self.expect(b'"')?;
        self.read_rest_of_string()
    }

    /// Reads the rest of a string after its opening quote. The flag is `true` if it has escapes.
    #[inline]
    fn read_rest_of_string(&mut self) -> Result<(&'r str, bool), SyntaxError> {
        let start = self.cursor.at;
        let rest = self.rest();
        let length = plain_length(rest);
        if rest.get(length) == Some(&b'"') {
            if let Some(raw) = self.slice(start, start + length) {
                self.cursor.at = start + length + 1;
                return Ok((raw, false));
            }
        }
        self.skip_escaped(length)?;
        match self.slice(start, self.cursor.at - 1) {
            Some(raw) => Ok((raw, true)),
            None => self.fail(),
        }
    }

    /// Takes the `,"name":` of a member, or the `{"name":` of the first, with one comparison
    /// instead of four. If there is white space or an escape, returns `None` and takes nothing.
    #[inline]
    pub(crate) fn take_plain_name(&mut self, before: u8) -> Option<&'r str> {
        let (start, rest) = match self.rest() {
            [first, b'"', rest @ ..] if *first == before => (self.cursor.at + 2, rest),
            _ => return None,
        };
        let length = plain_length(rest);
        let [b'"', b':', ..] = rest.get(length..)? else { return None };
        self.cursor.at = start + length + 2;
        self.slice(start, start + length)
    }

    /// Takes a whole `{"S":"text"}`, or the same of an `N` or a `B`, or the `"text"` of an element
    /// of a set. Most values have this form. If there is white space, an escape or another type,
    /// returns `None` and takes nothing.
    #[allow(clippy::inline_always, reason = "as a call, it returns its result through memory")]
    #[inline(always)]
    pub(crate) fn take_plain_value(
        &mut self,
        element: Option<AttributeType>,
    ) -> Option<(AttributeType, &'r str)> {
        let (attribute_type, before, rest) = match (self.rest(), element) {
            ([b'"', rest @ ..], Some(attribute_type)) => (attribute_type, 1, rest),
            ([b'{', b'"', letter, b'"', b':', b'"', rest @ ..], None) => match letter {
                b'S' => (AttributeType::S, 6, rest),
                b'N' => (AttributeType::N, 6, rest),
                b'B' => (AttributeType::B, 6, rest),
                _ => return None,
            },
            _ => return None,
        };
        let start = self.cursor.at + before;
        let end = start + plain_length(rest);
        let after = match (self.text.as_bytes().get(end..)?, element) {
            ([b'"', ..], Some(_)) => 1,
            ([b'"', b'}', ..], None) => 2,
            _ => return None,
        };
        self.cursor.at = end + after;
        Some((attribute_type, self.slice(start, end)?))
    }

    /// Takes the `{"N":` of a value and returns its letter. If there is white space or a longer
    /// name, returns `None` and takes nothing.
    #[inline]
    pub(crate) fn take_letter(&mut self) -> Option<u8> {
        let [b'{', b'"', letter @ b'A'..=b'Z', b'"', b':', ..] = self.rest() else { return None };
        self.cursor.at += 5;
        Some(*letter)
    }

    /// Skips a value of any depth, and still checks that it is JSON.
    pub(crate) fn skip_value(&mut self) -> Result<(), SyntaxError> {
        let mut open = Open::default();
        loop {
            match self.skip_plain_value() {
                Plain::Value => {}
                Plain::Type => {
                    open.push(true);
                    continue;
                }
                Plain::Other => match self.peek() {
                    Some(b'{') => {
                        self.cursor.at += 1;
                        if !self.take(b'}') {
                            self.skip_name()?;
                            open.push(true);
                            continue;
                        }
                    }
                    Some(b'[') => {
                        self.cursor.at += 1;
                        if !self.take(b']') {
                            open.push(false);
                            continue;
                        }
                    }
                    Some(b'"') => {
                        self.cursor.at += 1;
                        self.skip_string()?;
                    }
                    Some(b't') => self.skip_literal("true")?,
                    Some(b'f') => self.skip_literal("false")?,
                    Some(b'n') => self.skip_literal("null")?,
                    _ => self.skip_number()?,
                },
            }
            // The value has ended, and perhaps also the arrays and objects around it.
            loop {
                let Some(is_object) = open.last() else { return Ok(()) };
                if self.take(b',') {
                    if is_object {
                        self.skip_name()?;
                    }
                    break;
                }
                self.expect(if is_object { b'}' } else { b']' })?;
                open.pop();
            }
        }
    }

    /// Skips a value without checking what is inside an object or array.
    pub(crate) fn skip_unchecked(&mut self) -> Result<(), SyntaxError> {
        match self.skip_plain_value() {
            Plain::Value => return Ok(()),
            Plain::Type => {}
            Plain::Other => match self.peek() {
                Some(b'{' | b'[') => self.cursor.at += 1,
                _ => return self.skip_value(),
            },
        }
        match container_length(self.rest()) {
            Some(length) => self.cursor.at += length,
            None => return self.fail(),
        }
        Ok(())
    }

    /// Skips a whole `{"S":"text"}` or `{"BOOL":true}`, or the `{"M":` of a value, with one
    /// comparison. Nearly all values have one of these forms, without white space and escapes.
    #[inline]
    fn skip_plain_value(&mut self) -> Plain {
        let (length, plain) = match self.rest() {
            [b'{', b'"', letter @ b'A'..=b'Z', b'"', b':', rest @ ..] => match (letter, rest) {
                (b'S' | b'N' | b'B', [b'"', text @ ..]) => {
                    let length = plain_length(text);
                    match text.get(length..) {
                        Some([b'"', b'}', ..]) => (8 + length, Plain::Value),
                        _ => (5, Plain::Type),
                    }
                }
                _ => (5, Plain::Type),
            },
            [b'{', b'"', b'B', b'O', b'O', b'L', b'"', b':', rest @ ..] => match rest {
                [b't', b'r', b'u', b'e', b'}', ..] => (13, Plain::Value),
                [b'f', b'a', b'l', b's', b'e', b'}', ..] => (14, Plain::Value),
                _ => return Plain::Other,
            },
            _ => return Plain::Other,
        };
        self.cursor.at += length;
        plain
    }

    fn skip_name(&mut self) -> Result<(), SyntaxError> {
        if let [b'"', rest @ ..] = self.rest() {
            let length = plain_length(rest);
            if let Some([b'"', b':', ..]) = rest.get(length..) {
                self.cursor.at += length + 3;
                return Ok(());
            }
        }
        self.expect(b'"')?;
        self.skip_string()?;
        self.expect(b':')
    }

    fn skip_literal(&mut self, literal: &str) -> Result<(), SyntaxError> {
        self.peek();
        if !self.rest().starts_with(literal.as_bytes()) {
            return self.fail();
        }
        self.cursor.at += literal.len();
        Ok(())
    }

    pub(crate) fn skip_number(&mut self) -> Result<(), SyntaxError> {
        let rest = self.rest();
        let mut length = usize::from(rest.first() == Some(&b'-'));
        let digits =
            |from: usize| rest.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
        let whole = digits(length);
        let has_leading_zero = whole > 1 && rest.get(length) == Some(&b'0');
        length += whole;
        let mut is_number = whole > 0 && !has_leading_zero;
        if rest.get(length) == Some(&b'.') {
            let fraction = digits(length + 1);
            is_number &= fraction > 0;
            length += 1 + fraction;
        }
        if matches!(rest.get(length), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(rest.get(length + 1), Some(b'+' | b'-')));
            let exponent = digits(length + 1 + sign);
            is_number &= exponent > 0;
            length += 1 + sign + exponent;
        }
        if !is_number {
            return self.fail();
        }
        self.cursor.at += length;
        Ok(())
    }

    /// Moves past the closing quote.
    #[inline]
    fn skip_string(&mut self) -> Result<(), SyntaxError> {
        let rest = self.rest();
        let length = plain_length(rest);
        if rest.get(length) == Some(&b'"') {
            self.cursor.at += length + 1;
            return Ok(());
        }
        self.skip_escaped(length)
    }

    /// Moves past the closing quote of a string whose first `plain` bytes need no check.
    #[cold]
    fn skip_escaped(&mut self, plain: usize) -> Result<(), SyntaxError> {
        let mut length = plain;
        let rest = self.rest();
        loop {
            length += match (rest.get(length), rest.get(length + 1)) {
                (Some(b'"'), _) => {
                    self.cursor.at += length + 1;
                    return Ok(());
                }
                (Some(b'\\'), Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't')) => 2,
                (Some(b'\\'), Some(b'u'))
                    if rest
                        .get(length + 2..length + 6)
                        .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)) =>
                {
                    6
                }
                _ => return self.fail(),
            };
            length += rest.get(length..).map_or(0, plain_length);
        }
    }

    #[allow(clippy::inline_always, reason = "it is part of taking a whole value at a time")]
    #[inline(always)]
    fn slice(&self, start: usize, end: usize) -> Option<&'r str> {
        self.text.get(..end)?.get(start..)
    }

    #[inline]
    fn rest(&self) -> &'r [u8] {
        self.text.as_bytes().get(self.cursor.at..).unwrap_or_default()
    }

    #[cold]
    fn fail<T>(&mut self) -> Result<T, SyntaxError> {
        if !self.is_broken() {
            self.cursor.syntax_error_at = Some(self.cursor.at);
            self.cursor.at = usize::MAX;
        }
        Err(SyntaxError)
    }
}

/// Readers for the members of a record around its images. A value of the wrong kind is skipped.
#[cfg(feature = "events")]
impl<'r> JsonReader<'r> {
    /// Skips a value. The cursor records a syntax error.
    pub(crate) fn skip(mut self) {
        let _ = self.skip_value();
    }

    /// The text of a string. Skips any other value, and returns `None`.
    ///
    /// Not inlined, because each member of a record calls it.
    #[inline(never)]
    pub(crate) fn into_text(mut self) -> Option<&'r str> {
        if self.peek() != Some(b'"') {
            self.skip();
            return None;
        }
        match self.into_string() {
            Ok(JsonString::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The text of a string, as an `Arc`.
    #[inline(never)]
    pub(crate) fn into_shared_text(self) -> Option<Arc<str>> {
        self.into_text().map(Arc::from)
    }

    /// Returns `true` if the value that comes next is an empty object. Reads nothing.
    pub(crate) fn is_empty_object(&mut self) -> bool {
        self.peek();
        let start = self.cursor.at;
        let is_empty = self.take(b'{') && self.take(b'}');
        self.rewind(start);
        is_empty
    }

    /// Reads the value and returns `true` if it is `true`.
    pub(crate) fn into_flag(self) -> bool {
        self.into_raw() == "true"
    }

    /// The raw JSON text of the value.
    #[inline(never)]
    pub(crate) fn into_raw(mut self) -> &'r str {
        self.peek();
        let start = self.cursor.at;
        match self.skip_value() {
            Ok(()) => self.text.get(start..self.cursor.at).unwrap_or_default(),
            Err(SyntaxError) => "",
        }
    }
}

/// The part of a value that [`skip_plain_value`](JsonReader::skip_plain_value) has skipped.
enum Plain {
    Value,
    /// The brace, the attribute type and the colon.
    Type,
    Other,
}

/// The stack of open arrays and objects, one bit each, which is set for an object. Up to 64 levels
/// need no allocation.
#[derive(Default)]
struct Open {
    bits: u64,
    depth: usize,
    outer: Vec<u64>,
}

impl Open {
    fn push(&mut self, is_object: bool) {
        if self.depth > 0 && self.depth % 64 == 0 {
            self.outer.push(self.bits);
        }
        self.bits = self.bits << 1 | u64::from(is_object);
        self.depth += 1;
    }

    fn last(&self) -> Option<bool> {
        (self.depth > 0).then_some(self.bits & 1 == 1)
    }

    fn pop(&mut self) {
        self.bits >>= 1;
        self.depth -= 1;
        if self.depth > 0 && self.depth % 64 == 0 {
            self.bits = self.outer.pop().unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::value::RawValue;

    use super::*;

    /// JSON text with at most one small mistake in it.
    fn nearly_json() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("null".to_owned()),
            any::<bool>().prop_map(|value| value.to_string()),
            "-?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,3})?([eE][+-]?[0-9]{1,3})?",
            "-?[0-9]{0,3}\\.?[0-9]{0,2}[eE]?[+-]?[0-9]?",
            "\"(\\PC|\\\\[\"\\\\/bfnrt]|\\\\u[0-9a-fA-F]{4}){0,6}\"",
            "\"[a-z\\\\\"u0-9\\x00-\\x20]{0,6}\"",
        ];
        let json = leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4)
                    .prop_map(|values| format!("[{}]", values.join(" , "))),
                prop::collection::vec(("[a-z]{0,2}", inner), 0..4).prop_map(|members| {
                    let members: Vec<String> = members
                        .iter()
                        .map(|(name, value)| format!("\"{name}\" :\t{value}"))
                        .collect();
                    format!("{{\n{}\r}}", members.join(","))
                }),
            ]
        });
        let slip = prop_oneof![Just(String::new()), "[\\[\\]{}\",:0-9a-z\\\\ \u{0}\u{7f}-]{1,2}"];
        (json, any::<prop::sample::Index>(), slip, any::<bool>()).prop_map(
            |(json, index, slip, deletes)| {
                let at = json.floor_char_boundary(index.index(json.len() + 1));
                let (before, after) = json.split_at(at);
                let mut rest = after.chars();
                if deletes && !slip.is_empty() {
                    rest.next();
                }
                format!("{before}{slip}{}", rest.as_str())
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 8192,
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn exactly_the_text_that_serde_json_accepts_is_accepted(text in nearly_json()) {
            let mut cursor = Cursor::default();
            let mut json = JsonReader::new(&text, &mut cursor);
            let is_taken = json.skip_value().and_then(|()| json.expect_end()).is_ok();
            prop_assert_eq!(is_taken, serde_json::from_str::<&RawValue>(&text).is_ok(), "{}", text);
        }

        #[test]
        fn skipping_unchecked_ends_where_skipping_ends(text in nearly_json(), more in "[\\]}\", ]{0,9}") {
            let text = format!("{text}{more}");
            let mut cursor = Cursor::default();
            if JsonReader::new(&text, &mut cursor).skip_value().is_ok() {
                let mut unchecked = Cursor::default();
                let skipped = JsonReader::new(&text, &mut unchecked).skip_unchecked();
                prop_assert_eq!((skipped, unchecked.at), (Ok(()), cursor.at), "{}", text);
            }
        }

        #[test]
        fn containers_close_as_they_open(
            kinds in prop::collection::vec(any::<bool>(), 0..300),
            slip in any::<prop::sample::Index>(),
            slips in any::<bool>(),
        ) {
            let open = |is_object: &bool| if *is_object { "{\"a\":" } else { "[" };
            let open: String = kinds.iter().map(open).collect();
            let close = |is_object: &bool| if *is_object { '}' } else { ']' };
            let mut close: Vec<char> = kinds.iter().rev().map(close).collect();
            if slips && !close.is_empty() {
                let index = slip.index(close.len());
                close[index] = if close[index] == '}' { ']' } else { '}' };
            }
            let text = format!("{open}1{}", close.iter().collect::<String>());
            let mut cursor = Cursor::default();
            let mut json = JsonReader::new(&text, &mut cursor);
            let is_taken = json.skip_value().and_then(|()| json.expect_end()).is_ok();
            prop_assert_eq!(is_taken, serde_json::from_str::<&RawValue>(&text).is_ok(), "{}", text);
        }

        #[test]
        fn strings_read_as_serde_json_reads_them(
            text in concat!(
                r#""([^"\\\p{C}]|\\["\\/bfnrtx]|\\u[0-9a-f]{4}|"#,
                r#"\\ud[89a-f][0-9a-f]{2}){0,6}""#,
            ),
        ) {
            let mut cursor = Cursor::default();
            let ours = JsonReader::new(&text, &mut cursor).into_string();
            match serde_json::from_str::<String>(&text) {
                Ok(theirs) => prop_assert_eq!(ours, Ok(JsonString::Text(&theirs))),
                Err(_) => prop_assert!(!matches!(ours, Ok(JsonString::Text(_))), "{}", text),
            }
        }
    }
}
