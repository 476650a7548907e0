//! The patterns of keys, by which the variants of an enum are told apart.
//!
//! Whether two patterns overlap is decided at compile time, where neither iterators nor most
//! functions of `str` are available.

use crate::error::{AttributeError, Expected, Found};
use crate::message::Message;
use crate::read::image::Image;
use crate::read::key::split_key;

/// The text of a key attribute with a gap for each field, at least one character long.
pub struct KeyPattern {
    pub(crate) attribute: &'static str,
    /// The text in front of each gap and behind the last one, which is one more than there are gaps.
    literals: &'static [&'static str],
}

impl KeyPattern {
    /// Creates a pattern.
    #[must_use]
    pub const fn new(attribute: &'static str, literals: &'static [&'static str]) -> Self {
        Self { attribute, literals }
    }

    fn matches(&self, text: &str) -> bool {
        split_key(self.literals, text).is_some()
    }

    const fn is_literal(&self) -> bool {
        self.literals.len() == 1
    }

    const fn first(&self) -> &[u8] {
        self.literals[0].as_bytes()
    }

    const fn last(&self) -> &[u8] {
        self.literals[self.literals.len() - 1].as_bytes()
    }

    /// Returns `true` if there can be a text that matches both patterns.
    const fn overlaps(&self, other: &Self) -> bool {
        if self.is_literal() {
            return other.contains(self);
        }
        if other.is_literal() {
            return self.contains(other);
        }
        // The gaps can hold whatever the other pattern needs between its ends.
        (starts_with(self.first(), other.first()) || starts_with(other.first(), self.first()))
            && (ends_with(self.last(), other.last()) || ends_with(other.last(), self.last()))
    }

    /// Returns `true` if each text that matches the other pattern matches this one.
    const fn contains(&self, other: &Self) -> bool {
        if !starts_with(other.first(), self.first()) {
            return false;
        }
        if self.is_literal() {
            return other.is_literal() && other.first().len() == self.first().len();
        }
        let mut place = Place { literal: 0, at: self.first().len() };
        let mut index = 1;
        while index < self.literals.len() {
            let literal = self.literals[index].as_bytes();
            let is_last = index + 1 == self.literals.len();
            let Some(after) = place.advance(other) else { return false };
            if is_last {
                let end = other.literals.len() - 1;
                let room = other.last().len().saturating_sub(literal.len());
                return ends_with(other.last(), literal)
                    && (after.literal < end || after.at <= room);
            }
            let Some(found) = after.find(other, literal) else { return false };
            place = found;
            index += 1;
        }
        true
    }
}

/// A place in a pattern: in front of a byte of a literal, or in front of the gap behind it.
#[derive(Clone, Copy)]
struct Place {
    literal: usize,
    at: usize,
}

impl Place {
    /// The place behind the next byte or gap. `None` at the end.
    const fn advance(self, pattern: &KeyPattern) -> Option<Self> {
        if self.at < pattern.literals[self.literal].len() {
            Some(Self { literal: self.literal, at: self.at + 1 })
        } else if self.literal + 1 < pattern.literals.len() {
            Some(Self { literal: self.literal + 1, at: 0 })
        } else {
            None
        }
    }

    /// The place behind the first occurrence of this text.
    const fn find(mut self, pattern: &KeyPattern, text: &[u8]) -> Option<Self> {
        while self.literal < pattern.literals.len() {
            let literal = pattern.literals[self.literal].as_bytes();
            while self.at + text.len() <= literal.len() {
                if starts_with(literal.split_at(self.at).1, text) {
                    return Some(Self { literal: self.literal, at: self.at + text.len() });
                }
                self.at += 1;
            }
            self = Self { literal: self.literal + 1, at: 0 };
        }
        None
    }
}

const fn starts_with(text: &[u8], start: &[u8]) -> bool {
    let mut index = 0;
    while index < start.len() {
        if index >= text.len() || text[index] != start[index] {
            return false;
        }
        index += 1;
    }
    true
}

const fn ends_with(text: &[u8], end: &[u8]) -> bool {
    text.len() >= end.len() && starts_with(text.split_at(text.len() - end.len()).1, end)
}

const fn is_equal(one: &str, other: &str) -> bool {
    one.len() == other.len() && starts_with(one.as_bytes(), other.as_bytes())
}

/// The pattern of this attribute.
const fn pattern_of<'k>(key: &'k [KeyPattern], attribute: &str) -> Option<&'k KeyPattern> {
    let mut index = 0;
    while index < key.len() {
        if is_equal(key[index].attribute, attribute) {
            return Some(&key[index]);
        }
        index += 1;
    }
    None
}

/// Returns `true` if each item with the narrow key has the wide one too.
const fn key_contains(wide: &[KeyPattern], narrow: &[KeyPattern]) -> bool {
    let mut index = 0;
    while index < wide.len() {
        match pattern_of(narrow, wide[index].attribute) {
            Some(narrow) if wide[index].contains(narrow) => index += 1,
            _ => return false,
        }
    }
    true
}

/// Returns `true` if there can be an item with both keys.
const fn keys_overlap(one: &[KeyPattern], other: &[KeyPattern]) -> bool {
    let mut index = 0;
    while index < one.len() {
        if let Some(other) = pattern_of(other, one[index].attribute)
            && !one[index].overlaps(other)
        {
            return false;
        }
        index += 1;
    }
    true
}

/// The key of a variant.
#[derive(Clone, Copy)]
pub struct VariantKey {
    name: &'static str,
    key: &'static [KeyPattern],
}

impl VariantKey {
    /// The key of the variant with this name.
    #[must_use]
    pub const fn new(name: &'static str, key: &'static [KeyPattern]) -> Self {
        Self { name, key }
    }
}

/// The keys of an enum's variants, which the derive writes as a constant.
pub struct VariantKeys {
    variants: &'static [VariantKey],
    /// The indexes of the variants, a narrow key before each one that contains it.
    order: &'static [u16],
    /// The names of the table's key attributes.
    attributes: [Option<&'static str>; 2],
    /// Whether the variants name more attributes than a key has.
    has_more: bool,
    /// The index of the variant that takes every other key.
    other: Option<u16>,
}

impl VariantKeys {
    /// Creates the keys.
    #[must_use]
    pub const fn new(
        variants: &'static [VariantKey],
        order: &'static [u16],
        other: Option<u16>,
    ) -> Self {
        let mut attributes = [None; 2];
        let mut has_more = false;
        let mut variant = 0;
        while variant < variants.len() {
            let key = variants[variant].key;
            let mut index = 0;
            while index < key.len() {
                let name = key[index].attribute;
                match attributes {
                    [Some(first), _] if is_equal(first, name) => {}
                    [_, Some(second)] if is_equal(second, name) => {}
                    [None, _] => attributes[0] = Some(name),
                    [_, None] => attributes[1] = Some(name),
                    _ => has_more = true,
                }
                index += 1;
            }
            variant += 1;
        }
        Self { variants, order, attributes, has_more, other }
    }

    /// Fails to compile if the key of an item does not say which variant it is.
    ///
    /// # Panics
    ///
    /// Panics at compile time, and names both variants. Also panics if the variants have more than
    /// two key attributes.
    #[track_caller]
    pub const fn check(&self) {
        assert!(
            !self.has_more,
            "the variants have more than two key attributes: a table's key has at most two, and \
             those of an index belong in `index_key`"
        );
        let mut index = 0;
        while index < self.variants.len() {
            let one = self.variants[index];
            let mut next = index + 1;
            while next < self.variants.len() {
                let other = self.variants[next];
                if keys_overlap(one.key, other.key)
                    && key_contains(one.key, other.key) == key_contains(other.key, one.key)
                {
                    refuse(one.name, other.name);
                }
                next += 1;
            }
            index += 1;
        }
    }

    fn find(&self, texts: [Option<&str>; 2]) -> Option<u16> {
        let text_of = |name: &str| {
            let mut known = self.attributes.iter().zip(texts);
            known.find(|(attribute, _)| **attribute == Some(name)).and_then(|(_, text)| text)
        };
        let matches = |pattern: &KeyPattern| {
            text_of(pattern.attribute).is_some_and(|text| pattern.matches(text))
        };
        let is_key_of = |index: &&u16| {
            let variant = self.variants.get(usize::from(**index));
            variant.is_some_and(|variant| variant.key.iter().all(matches))
        };
        self.order.iter().find(is_key_of).copied().or(self.other)
    }

    /// Returns `true` if a variant has a pattern that this text of the first attribute matches.
    fn matches_first(&self, text: &str) -> bool {
        let keys = self.variants.iter().flat_map(|variant| variant.key);
        let mut firsts = keys.filter(|pattern| self.attributes[0] == Some(pattern.attribute));
        firsts.any(|pattern| pattern.matches(text))
    }
}

#[track_caller]
const fn refuse(one: &str, other: &str) -> ! {
    let message = Message::EMPTY
        .with("an item can have the keys of both `")
        .with(one)
        .with("` and `")
        .with(other)
        .with("`: give one of the two templates another text, or a narrower one");
    panic!("{}", message.as_str())
}

/// The indexes of the variants, a narrow key before each one that contains it.
#[must_use]
pub const fn narrowest_first<const N: usize>(variants: &[VariantKey; N]) -> [u16; N] {
    // A narrow key is contained in more others than each of these is.
    let mut order = [0; N];
    let mut containing = [0; N];
    let mut length = 0;
    while length < N {
        let mut count = 0;
        let mut other = 0;
        while other < N {
            if other != length && key_contains(variants[other].key, variants[length].key) {
                count += 1;
            }
            other += 1;
        }
        let mut place = length;
        while place > 0 && containing[place - 1] < count {
            containing[place] = containing[place - 1];
            order[place] = order[place - 1];
            place -= 1;
        }
        containing[place] = count;
        #[allow(clippy::cast_possible_truncation, reason = "the derive numbers the variants so")]
        {
            order[place] = length as u16;
        }
        length += 1;
    }
    order
}

impl Image<'_> {
    /// Returns the index of the variant whose key the image has. `None` means that there is none;
    /// the problem is in the report.
    pub(crate) fn select_by_key(
        &mut self,
        keys: &'static VariantKeys,
        expected: Expected,
    ) -> Option<u16> {
        let [first, second] = keys.attributes;
        let select = |text: Option<&str>| {
            let with_second = second.and_then(|name| {
                self.map.find_by_text(name, |second| keys.find([text, Some(second)]))
            });
            match with_second {
                Some(Ok(selected)) => selected,
                _ => keys.find([text, None]),
            }
        };
        let first = first.unwrap_or_default();
        let mut is_known = false;
        let selected = self.map.find_by_text(first, |text| {
            is_known = keys.matches_first(text);
            select(Some(text))
        });
        let selected = match selected {
            Some(Ok(selected)) => selected,
            _ => select(None),
        };
        if selected.is_none() {
            self.refuse_key(second.filter(|_| is_known).unwrap_or(first), expected);
        }
        selected
    }

    #[cold]
    fn refuse_key(&mut self, name: &str, expected: Expected) {
        match self.map.find_by_text(name, |_| ()) {
            None => self.report_missing(name, expected),
            Some(Ok(())) => {
                self.report.push_at(name, AttributeError::mismatch(expected, Found::OtherKey));
            }
            Some(Err(refusal)) => self.report.push_at(name, refusal.into_error(expected)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pattern(literals: &[&str]) -> KeyPattern {
        let literals: Vec<&'static str> =
            literals.iter().map(|literal| &*String::from(*literal).leak()).collect();
        KeyPattern::new("PK", literals.leak())
    }

    #[test]
    fn patterns_contain_and_overlap() {
        for (one, other, contains, overlaps) in [
            (&["ORDER#", ""][..], &["ORDER#", "#LINE#", ""][..], true, true),
            (&["ORDER#", "#LINE#", ""], &["ORDER#", ""], false, true),
            (&["A#", ""], &["", "#B"], false, true),
            (&["A#", ""], &["B#", ""], false, false),
            (&["", "#A"], &["", "#B"], false, false),
            (&["PROFILE"], &["PROFILE"], true, true),
            (&["PRO", ""], &["PROFILE"], true, true),
            (&["PROFILE", ""], &["PROFILE"], false, false),
            (&["", ""], &["A#", "#", ""], true, true),
            (&["A#", "#", ""], &["A#", "#", "#", ""], true, true),
            (&["A#", "#B"], &["A#", "#", "#B"], true, true),
            (&["A#", "#B"], &["A##B"], false, false),
        ] {
            let (one, other) = (pattern(one), pattern(other));
            assert_eq!(one.contains(&other), contains);
            assert_eq!(one.overlaps(&other), overlaps);
            assert_eq!(other.overlaps(&one), overlaps);
        }
    }

    fn literals() -> impl Strategy<Value = Vec<String>> {
        ("[ab#]{0,2}", prop::collection::vec("[ab#]{1,2}", 0..2), "[ab#]{0,2}", any::<bool>())
            .prop_map(|(first, middle, last, has_gap)| {
                let mut literals = vec![first];
                literals.extend(middle);
                if has_gap {
                    literals.push(last);
                }
                literals
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 2048,
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn a_text_that_both_match_is_an_overlap(
            one in literals(),
            other in literals(),
            text in "[ab#]{0,6}",
        ) {
            let [one, other] = [one, other].map(|literals| {
                pattern(&literals.iter().map(String::as_str).collect::<Vec<_>>())
            });
            if one.matches(&text) && other.matches(&text) {
                prop_assert!(one.overlaps(&other) && other.overlaps(&one));
            }
            if one.contains(&other) && other.contains(&one) {
                prop_assert_eq!(one.literals, other.literals);
            }
        }
    }
}
