//! A pull reader for JSON text, for images that were never anything else.
//!
//! It takes what `serde_json` takes, no more and no less: properties of this module's tests and a
//! fuzz target say so. Text that fits is looked at once, and nothing is allocated but for a string
//! with escapes and for what is skipped at more than 64 levels.
//!
//! A tokenizer is a library's job, unless none fits. The generated function reads a value where it
//! stands, goes back to it when it does not fit, and passes over an image more than once for
//! `flatten`; so it pulls, from a position of its choice, and a library that pushes into visitors
//! (`serde_json`, `sonic-rs`) would be compiled for each type: 100 structs of 20 fields take 46 CPU
//! seconds with serde's derive and `serde_dynamo::from_item`, 8 with this crate's from an item, and
//! 13 with their stream events as well. Text as AWS writes it, without white space and with few
//! escapes, is taken a name or a value at a look; the rest goes the way of single tokens.
//!
//! The ones that can be pulled from were put in the place of the strings here, where the time goes.
//! A batch of 100 records with both images, 20 attributes each, 276 kB, decoded into structs before
//! a value was taken at a look; medians of 300 runs on one noisy machine:
//!
//! | strings by | time |
//! | --- | --- |
//! | `hifijson` 0.5 | 1.48 ms |
//! | `jiter` 0.19 | 1.26 ms |
//! | `memchr` 2 and a look for control characters | 1.10 ms |
//! | a loop over bytes | 0.97 ms |
//! | words of eight bytes, and `{"N":` at once, as here before | 0.61 ms |
//! | for comparison: `aws_lambda_events` and `serde_dynamo::from_item` | 2.26 ms |
//! | `serde_json` skipping everything | 0.21 ms |

use std::borrow::Cow;
#[cfg(feature = "events")]
use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine as _};

use crate::tag::Tag;

/// Where the reader is in a text, and what it has to remember.
#[derive(Default)]
pub(crate) struct Cursor {
    /// Beyond every text once the text is known not to be JSON, so that nothing more is read.
    at: usize,
    /// The last string that had escapes.
    unescaped: String,
    /// Where the text is not JSON.
    broken_at: Option<usize>,
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
        self.broken_at
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
        self.cursor.broken_at.is_some()
    }

    /// Goes back to a position where something was read before.
    pub(crate) fn rewind(&mut self, position: usize) {
        if !self.is_broken() {
            self.cursor.at = position;
        }
    }

    /// The first byte of what comes next, after white space.
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

    /// The same where something has to come.
    #[inline]
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
    #[inline]
    pub(crate) fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.cursor.at += usize::from(is_next);
        is_next
    }

    #[inline]
    pub(crate) fn expect(&mut self, byte: u8) -> Result<(), Broken> {
        if self.take(byte) { Ok(()) } else { self.fail() }
    }

    /// Nothing but white space comes next.
    pub(crate) fn expect_end(&mut self) -> Result<(), Broken> {
        match self.peek() {
            None if !self.is_broken() => Ok(()),
            _ => self.fail(),
        }
    }

    /// Takes the comma before an element that is not the first, or the bracket after the last:
    /// whether there is one more.
    #[inline]
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

    /// Reads a string; `None` if something else comes next. It stands in the text, or in the cursor
    /// if it has escapes.
    #[inline]
    pub(crate) fn into_string(mut self) -> Result<Option<Text<'r>>, Broken> {
        if !self.take(b'"') {
            return Ok(None);
        }
        let (raw, has_escapes) = self.read_rest_of_string()?;
        Ok(Some(if has_escapes { self.unescape(raw) } else { Some(raw) }))
    }

    #[cold]
    fn unescape(self, raw: &str) -> Text<'r> {
        let Cursor { unescaped, .. } = self.cursor;
        unescaped.clear();
        unescape(raw, unescaped).then_some(unescaped.as_str())
    }

    /// Reads a string of base64 into bytes; `None` if it is none.
    pub(crate) fn into_bytes(self) -> Result<Option<Vec<u8>>, Broken> {
        Ok(self.into_string()?.flatten().and_then(decode_base64))
    }

    /// Reads the name of a member, and the colon after it; the name outlives the next read.
    #[inline]
    pub(crate) fn read_name(&mut self) -> Result<Cow<'r, str>, Broken> {
        let (raw, has_escapes) = self.read_raw_string()?;
        self.expect(b':')?;
        Ok(if has_escapes { unescape_name(raw) } else { Cow::Borrowed(raw) })
    }

    #[inline]
    fn read_raw_string(&mut self) -> Result<(&'r str, bool), Broken> {
        self.expect(b'"')?;
        self.read_rest_of_string()
    }

    /// The same behind the quote.
    #[inline]
    fn read_rest_of_string(&mut self) -> Result<(&'r str, bool), Broken> {
        let start = self.cursor.at;
        let rest = self.rest();
        let length = plain_length(rest);
        if rest.get(length) == Some(&b'"')
            && let Some(raw) = self.slice(start, start + length)
        {
            self.cursor.at = start + length + 1;
            return Ok((raw, false));
        }
        self.skip_escaped(length)?;
        match self.slice(start, self.cursor.at - 1) {
            Some(raw) => Ok((raw, true)),
            None => self.fail(),
        }
    }

    /// Reads the `,"name":` of a member, or the `{"name":` of the first, if that is what comes
    /// next, without white space and escapes: one look in the place of four.
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

    /// Reads the whole `{"S":"text"}` of a value that is a string, or the `"text"` of the element
    /// of a set, if that is what comes next, without white space and escapes: most values are.
    #[allow(
        clippy::inline_always,
        reason = "called, it gives its result in memory: 7 % more instructions for an image of 20 attributes"
    )]
    #[inline(always)]
    pub(crate) fn take_plain_value(&mut self, element: Option<Tag>) -> Option<(Tag, &'r str)> {
        let (tag, before, rest) = match (self.rest(), element) {
            ([b'"', rest @ ..], Some(tag)) => (tag, 1, rest),
            ([b'{', b'"', letter, b'"', b':', b'"', rest @ ..], None) => match letter {
                b'S' => (Tag::S, 6, rest),
                b'N' => (Tag::N, 6, rest),
                b'B' => (Tag::B, 6, rest),
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
        Some((tag, self.slice(start, end)?))
    }

    /// Reads the `{"N":` of a value whose tag is a letter, if that is what comes next, without
    /// white space.
    #[inline]
    pub(crate) fn take_letter(&mut self) -> Option<u8> {
        let [b'{', b'"', letter @ b'A'..=b'Z', b'"', b':', ..] = self.rest() else { return None };
        self.cursor.at += 5;
        Some(*letter)
    }

    /// Skips a value of any depth, which is checked to be JSON all the same.
    pub(crate) fn skip_value(&mut self) -> Result<(), Broken> {
        let mut open = Open::default();
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

    pub(crate) fn skip_number(&mut self) -> Result<(), Broken> {
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

    /// Goes past the closing quote.
    #[inline]
    fn skip_string(&mut self) -> Result<(), Broken> {
        let rest = self.rest();
        let length = plain_length(rest);
        if rest.get(length) == Some(&b'"') {
            self.cursor.at += length + 1;
            return Ok(());
        }
        self.skip_escaped(length)
    }

    /// The same for a string that has something else than a quote after so many plain bytes.
    #[cold]
    fn skip_escaped(&mut self, plain: usize) -> Result<(), Broken> {
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

    #[allow(
        clippy::inline_always,
        reason = "it is part of taking a value at a look, and a call each time otherwise"
    )]
    #[inline(always)]
    fn slice(&self, start: usize, end: usize) -> Option<&'r str> {
        self.text.get(..end)?.get(start..)
    }

    #[inline]
    fn rest(&self) -> &'r [u8] {
        self.text.as_bytes().get(self.cursor.at..).unwrap_or_default()
    }

    #[cold]
    fn fail<T>(&mut self) -> Result<T, Broken> {
        if !self.is_broken() {
            self.cursor.broken_at = Some(self.cursor.at);
            self.cursor.at = usize::MAX;
        }
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

    /// The text of a string; `None` for any other value, which is skipped. Once in a binary, and
    /// not where each member of a record is read: with [`into_raw`](Self::into_raw), 1 KB.
    #[inline(never)]
    pub(crate) fn into_text(mut self) -> Text<'r> {
        if self.peek() == Some(b'"') {
            self.into_string().ok().flatten().flatten()
        } else {
            self.skip();
            None
        }
    }

    /// The same, for a part of a record that may be kept for longer than the record.
    #[inline(never)]
    pub(crate) fn into_shared_text(self) -> Option<Arc<str>> {
        self.into_text().map(Arc::from)
    }

    /// Whether the value is `true`.
    pub(crate) fn into_flag(self) -> bool {
        self.into_raw() == "true"
    }

    /// The value as it stands in the text.
    #[inline(never)]
    pub(crate) fn into_raw(mut self) -> &'r str {
        self.peek();
        let start = self.cursor.at;
        match self.skip_value() {
            Ok(()) => self.text.get(start..self.cursor.at).unwrap_or_default(),
            Err(Broken) => "",
        }
    }
}

/// Whether each container that is open is an object, a bit for each: no allocation up to 64 of
/// them.
#[derive(Default)]
struct Open {
    bits: u64,
    depth: usize,
    outer: Vec<u64>,
}

impl Open {
    fn push(&mut self, is_object: bool) {
        if self.depth > 0 && self.depth.is_multiple_of(64) {
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
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.bits = self.outer.pop().unwrap_or_default();
        }
    }
}

/// The bytes that the base64 of a `B` says.
pub(crate) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    BASE64_STANDARD.decode(text).ok()
}

/// How many bytes there are in front of the next quote, backslash or control character, which a
/// string has to escape.
///
/// Eight at once: nearly all strings of an image are shorter than the 32 that a search with vector
/// instructions pays for.
#[inline]
fn plain_length(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 255;
    // The highest bit of each byte that is zero; a byte above one that is may have it as well.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word;
    let mut length = 0;
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        let word = u64::from_le_bytes(*word);
        let controls = word.wrapping_sub(ONES * 0x20) & !word;
        let found = (zeros(word ^ (ONES * u64::from(b'"')))
            | zeros(word ^ (ONES * u64::from(b'\\')))
            | controls)
            & (ONES << 7);
        if found != 0 {
            return length + found.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    length + rest.iter().take_while(|&&byte| byte >= b' ' && byte != b'"' && byte != b'\\').count()
}

/// What an escaped name says. One with half of a surrogate pair is no text: it is told as it is
/// written, so that two of them stay two.
#[cold]
fn unescape_name(raw: &str) -> Cow<'_, str> {
    let mut name = String::new();
    if !unescape(raw, &mut name) {
        name = format!("{}{raw}", char::REPLACEMENT_CHARACTER);
    }
    Cow::Owned(name)
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
    let second = unit(7)
        .filter(|second| escaped[5..].starts_with("\\u") && (0xdc00..0xe000).contains(second))?;
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
        #![proptest_config(ProptestConfig { cases: 8192, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_serde_json_takes_is_taken_and_nothing_else(text in nearly_json()) {
            let mut cursor = Cursor::default();
            let mut json = Json::new(&text, &mut cursor);
            let is_taken = json.skip_value().and_then(|()| json.expect_end()).is_ok();
            prop_assert_eq!(is_taken, serde_json::from_str::<&RawValue>(&text).is_ok(), "{}", text);
        }

        #[test]
        fn containers_close_as_they_open(kinds in prop::collection::vec(any::<bool>(), 0..300), slip in any::<prop::sample::Index>(), slips in any::<bool>()) {
            let open: String = kinds.iter().map(|is_object| if *is_object { "{\"a\":" } else { "[" }).collect();
            let mut close: Vec<char> = kinds.iter().rev().map(|is_object| if *is_object { '}' } else { ']' }).collect();
            if slips && !close.is_empty() {
                let index = slip.index(close.len());
                close[index] = if close[index] == '}' { ']' } else { '}' };
            }
            let text = format!("{open}1{}", close.iter().collect::<String>());
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
            let ours = Json::new(&text, &mut cursor).into_string().map(Option::flatten);
            match serde_json::from_str::<String>(&text) {
                Ok(theirs) => prop_assert_eq!(ours, Ok(Some(theirs.as_str()))),
                Err(_) => prop_assert!(!matches!(ours, Ok(Some(_))), "{}", text),
            }
        }
    }
}
