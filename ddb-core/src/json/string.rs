//! Strings in JSON text: escapes and base64.

use std::borrow::Cow;

use base64::prelude::{BASE64_STANDARD, Engine as _};

/// The next JSON value, read as a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonString<'s> {
    Text(&'s str),
    /// A string that cannot be a `str`.
    UnpairedSurrogate,
    /// Another kind of value, which is still unread.
    NotAString,
}

/// Decodes the base64 of a `B`.
pub(crate) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    BASE64_STANDARD.decode(text).ok()
}

/// The number of bytes before the next quote, backslash or control character (which JSON does not
/// allow in a string).
///
/// Reads eight bytes at a time. Most strings of an image are too short for vector instructions to
/// pay off, see DESIGN.md.
#[inline]
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 255;
    // The highest bit of a byte of the result is set if that byte is zero. A borrow can also set it
    // in a byte above, which does not matter, since only the lowest one is used.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word;
    let mut length = 0;
    let mut rest = bytes;
    while let Some((word, behind)) = rest.split_first_chunk() {
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
        rest = behind;
    }
    length + rest.iter().take_while(|&&byte| byte >= b' ' && byte != b'"' && byte != b'\\').count()
}

/// Unescapes a name. A lone surrogate cannot be a `str`, so such a name keeps its raw escapes
/// behind U+FFFD: distinct names stay distinct.
#[cold]
pub(super) fn unescape_name(raw: &str) -> Cow<'_, str> {
    let mut name = String::new();
    if !unescape(raw, &mut name) {
        name = format!("{}{raw}", char::REPLACEMENT_CHARACTER);
    }
    Cow::Owned(name)
}

/// Unescapes a string and appends it to `text`. The escapes have been checked. Returns `false` if
/// there is an unpaired surrogate.
pub(super) fn unescape(raw: &str, text: &mut String) -> bool {
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

/// Decodes `u00e9` or `ud83d\ude00` to its character, with the length of the escape.
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
