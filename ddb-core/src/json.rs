//! A pull reader for JSON text, for images that were never anything else.
//!
//! It takes what `serde_json` takes, no more and no less: a property of this module's tests says so. Text that fits
//! is looked at once, and nothing is allocated but for a string with escapes and for what is nested in a value that is skipped.

use std::borrow::Cow;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use memchr::memchr2;

/// Where the reader is in a text, and what it has to remember.
#[derive(Default)]
pub(crate) struct Cursor {
    at: usize,
    /// The last string that had escapes.
    unescaped: String,
    /// The text is not JSON at `at`, and nothing more is read.
    is_broken: bool,
}

/// A text and a place in it.
pub(crate) struct Json<'r> {
    text: &'r str,
    cursor: &'r mut Cursor,
}

/// The text is not JSON; the cursor knows where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken;

/// A string of JSON need not be text: it can hold half of a surrogate pair.
pub(crate) type Text<'s> = Option<&'s str>;

impl Cursor {
    /// Where the text is not JSON, in bytes.
    pub(crate) fn broken_at(&self) -> Option<usize> {
        self.is_broken.then_some(self.at)
    }
}

impl<'r> Json<'r> {
    pub(crate) fn new(text: &'r str, cursor: &'r mut Cursor) -> Self {
        Self { text, cursor }
    }

    pub(crate) fn reborrow(&mut self) -> Json<'_> {
        Json { text: self.text, cursor: self.cursor }
    }

    /// A place in the same text, with a cursor of its own to look around with.
    pub(crate) fn look<'c>(&self, position: usize, cursor: &'c mut Cursor) -> Json<'c>
    where
        'r: 'c,
    {
        cursor.at = position;
        Json { text: self.text, cursor }
    }

    pub(crate) fn position(&self) -> usize {
        self.cursor.at
    }

    pub(crate) fn is_broken(&self) -> bool {
        self.cursor.is_broken
    }

    /// Goes back to a position where something was read before.
    pub(crate) fn rewind(&mut self, position: usize) {
        if !self.cursor.is_broken {
            self.cursor.at = position;
        }
    }

    /// The first byte of what comes next, after white space.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        if self.cursor.is_broken {
            return None;
        }
        let rest = self.rest();
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'\r')).count();
        self.cursor.at += blanks;
        rest.get(blanks).copied()
    }

    /// The same where something has to come.
    pub(crate) fn peek_value(&mut self) -> Result<u8, Broken> {
        match self.peek() {
            Some(byte) => Ok(byte),
            None => self.fail(),
        }
    }

    /// Skips an object.
    pub(crate) fn skip_object(&mut self) -> Result<(), Broken> {
        if self.peek_value()? == b'{' { self.skip_value() } else { self.fail() }
    }

    /// Takes the byte if it comes next.
    pub(crate) fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.cursor.at += usize::from(is_next);
        is_next
    }

    pub(crate) fn expect(&mut self, byte: u8) -> Result<(), Broken> {
        if self.take(byte) { Ok(()) } else { self.fail() }
    }

    /// Nothing but white space comes next.
    pub(crate) fn expect_end(&mut self) -> Result<(), Broken> {
        match self.peek() {
            None if !self.cursor.is_broken => Ok(()),
            _ => self.fail(),
        }
    }

    /// Takes the comma before an element that is not the first, or the bracket after the last: whether there is one more.
    pub(crate) fn next_element(&mut self, is_first: bool, close: u8) -> Result<bool, Broken> {
        if self.take(close) {
            return Ok(false);
        }
        if !is_first {
            self.expect(b',')?;
        }
        Ok(true)
    }

    pub(crate) fn read_bool(&mut self) -> Result<bool, Broken> {
        let value = self.peek() == Some(b't');
        self.skip_literal(if value { "true" } else { "false" })?;
        Ok(value)
    }

    /// Reads a string. It stands in the text, or in the cursor if it has escapes.
    pub(crate) fn into_string(mut self) -> Result<Text<'r>, Broken> {
        let (raw, has_escapes) = self.read_raw_string()?;
        if !has_escapes {
            return Ok(Some(raw));
        }
        let Cursor { unescaped, .. } = self.cursor;
        unescaped.clear();
        Ok(unescape(raw, unescaped).then_some(unescaped.as_str()))
    }

    /// Reads a string of base64 into bytes; `None` if it is none.
    pub(crate) fn into_bytes(self) -> Result<Option<Vec<u8>>, Broken> {
        Ok(self.into_string()?.and_then(|text| BASE64_STANDARD.decode(text).ok()))
    }

    /// Reads the name of a member, and the colon after it.
    pub(crate) fn read_name(&mut self) -> Result<Cow<'r, str>, Broken> {
        let name = self.read_text()?;
        self.expect(b':')?;
        Ok(name)
    }

    /// Reads a string that outlives the next read.
    fn read_text(&mut self) -> Result<Cow<'r, str>, Broken> {
        let (raw, has_escapes) = self.read_raw_string()?;
        if !has_escapes {
            return Ok(Cow::Borrowed(raw));
        }
        let mut name = String::new();
        if !unescape(raw, &mut name) {
            // What is no text is no name that anybody maps.
            name.push(char::REPLACEMENT_CHARACTER);
        }
        Ok(Cow::Owned(name))
    }

    fn read_raw_string(&mut self) -> Result<(&'r str, bool), Broken> {
        self.expect(b'"')?;
        let start = self.cursor.at;
        let has_escapes = self.skip_string()?;
        match self.text.get(start..self.cursor.at - 1) {
            Some(raw) => Ok((raw, has_escapes)),
            None => self.fail(),
        }
    }

    /// Skips a value of any depth, which is checked to be JSON all the same.
    pub(crate) fn skip_value(&mut self) -> Result<(), Broken> {
        // Whether each container that is open is an object.
        let mut open: Vec<bool> = Vec::new();
        loop {
            match self.peek() {
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
            }
            // A value has ended, and with it perhaps what is around it.
            loop {
                let Some(&is_object) = open.last() else { return Ok(()) };
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

    fn skip_name(&mut self) -> Result<(), Broken> {
        self.expect(b'"')?;
        self.skip_string()?;
        self.expect(b':')
    }

    fn skip_literal(&mut self, literal: &str) -> Result<(), Broken> {
        self.peek();
        if !self.rest().starts_with(literal.as_bytes()) {
            return self.fail();
        }
        self.cursor.at += literal.len();
        Ok(())
    }

    fn skip_number(&mut self) -> Result<(), Broken> {
        let rest = self.rest();
        let mut length = usize::from(rest.first() == Some(&b'-'));
        let digits = |from: usize| rest.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
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

    /// Goes past the closing quote, and tells whether there are escapes.
    fn skip_string(&mut self) -> Result<bool, Broken> {
        let mut has_escapes = false;
        loop {
            let rest = self.rest();
            let Some(length) = memchr2(b'"', b'\\', rest) else { return self.fail() };
            if has_control_character(&rest[..length]) {
                return self.fail();
            }
            if rest[length] == b'"' {
                self.cursor.at += length + 1;
                return Ok(has_escapes);
            }
            has_escapes = true;
            let escape = match rest.get(length + 1) {
                Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 2,
                Some(b'u')
                    if rest.get(length + 2..length + 6).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)) =>
                {
                    6
                }
                _ => return self.fail(),
            };
            self.cursor.at += length + escape;
        }
    }

    fn rest(&self) -> &'r [u8] {
        self.text.as_bytes().get(self.cursor.at..).unwrap_or_default()
    }

    #[cold]
    fn fail<T>(&mut self) -> Result<T, Broken> {
        self.cursor.is_broken = true;
        Err(Broken)
    }
}

/// What an event is read with: what does not fit is left out.
#[cfg(feature = "events")]
impl<'r> Json<'r> {
    /// Skips a value; the cursor knows if it is none.
    pub(crate) fn skip(mut self) {
        let _ = self.skip_value();
    }

    /// The text of a string; `None` for any other value, which is skipped.
    pub(crate) fn into_text(mut self) -> Text<'r> {
        if self.peek() == Some(b'"') {
            self.into_string().ok().flatten()
        } else {
            self.skip();
            None
        }
    }

    /// Whether the value is `true`.
    pub(crate) fn into_flag(self) -> bool {
        self.into_raw() == "true"
    }

    /// The value as it stands in the text.
    pub(crate) fn into_raw(mut self) -> &'r str {
        self.peek();
        let start = self.cursor.at;
        match self.skip_value() {
            Ok(()) => self.text.get(start..self.cursor.at).unwrap_or_default(),
            Err(Broken) => "",
        }
    }
}

/// Without a branch for each byte, this is compiled to a few instructions for 16 of them.
#[allow(clippy::needless_bitwise_bool, reason = "`||` is the branch")]
fn has_control_character(bytes: &[u8]) -> bool {
    bytes.iter().fold(false, |found, byte| found | (*byte < b' '))
}

/// Appends what an escaped string says. `false` if that is no text. The escapes have been checked.
fn unescape(raw: &str, text: &mut String) -> bool {
    let mut rest = raw;
    while let Some((plain, escaped)) = rest.split_once('\\') {
        text.push_str(plain);
        let mut characters = escaped.chars();
        match characters.next() {
            Some('b') => text.push('\u{8}'),
            Some('f') => text.push('\u{c}'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('u') => {
                let Some((character, length)) = decode_unicode(escaped) else { return false };
                text.push(character);
                rest = &escaped[length..];
                continue;
            }
            Some(character) => text.push(character),
            None => return false,
        }
        rest = characters.as_str();
    }
    text.push_str(rest);
    true
}

/// The character of `u00e9`, or of `ud83d\ude00`, and how long that was.
fn decode_unicode(escaped: &str) -> Option<(char, usize)> {
    let unit = |from: usize| u32::from_str_radix(escaped.get(from..from + 4)?, 16).ok();
    let first = unit(1)?;
    if !(0xd800..0xdc00).contains(&first) {
        return char::from_u32(first).map(|character| (character, 5));
    }
    let second = unit(7).filter(|second| escaped[5..].starts_with("\\u") && (0xdc00..0xe000).contains(second))?;
    let character = char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00))?;
    Some((character, 11))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::value::RawValue;

    use super::*;

    /// JSON, and what a slip makes of it.
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
                prop::collection::vec(inner.clone(), 0..4).prop_map(|values| format!("[{}]", values.join(" , "))),
                prop::collection::vec(("[a-z]{0,2}", inner), 0..4).prop_map(|members| {
                    let members: Vec<String> =
                        members.iter().map(|(name, value)| format!("\"{name}\" :\t{value}")).collect();
                    format!("{{\n{}\r}}", members.join(","))
                }),
            ]
        });
        let slip = prop_oneof![Just(String::new()), "[\\[\\]{}\",:0-9a-z\\\\ \u{0}\u{7f}-]{1,2}"];
        (json, any::<prop::sample::Index>(), slip, any::<bool>()).prop_map(|(json, index, slip, deletes)| {
            let at = json.floor_char_boundary(index.index(json.len() + 1));
            let (before, after) = json.split_at(at);
            let mut rest = after.chars();
            if deletes && !slip.is_empty() {
                rest.next();
            }
            format!("{before}{slip}{}", rest.as_str())
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 8192, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_serde_json_takes_is_taken_and_nothing_else(text in nearly_json()) {
            let mut cursor = Cursor::default();
            let mut json = Json::new(&text, &mut cursor);
            let is_taken = json.skip_value().and_then(|()| json.expect_end()).is_ok();
            prop_assert_eq!(is_taken, serde_json::from_str::<&RawValue>(&text).is_ok(), "{}", text);
        }

        #[test]
        fn strings_say_what_serde_json_says(
            text in "\"([^\"\\\\\\p{C}]|\\\\[\"\\\\/bfnrtx]|\\\\u[0-9a-f]{4}|\\\\ud[89a-f][0-9a-f]{2}){0,6}\"",
        ) {
            let mut cursor = Cursor::default();
            let ours = Json::new(&text, &mut cursor).into_string();
            match serde_json::from_str::<String>(&text) {
                Ok(theirs) => prop_assert_eq!(ours, Ok(Some(theirs.as_str()))),
                Err(_) => prop_assert!(!matches!(ours, Ok(Some(_))), "{}", text),
            }
        }
    }
}
