//! The patterns of keys, by which the variants of an enum are told apart.
//!
//! Whether two patterns overlap is decided at compile time, where neither iterators nor most
//! functions of `str` are available.

use crate::error::{Expected, Found, Refusal};
use crate::message::Message;
use crate::read::image::Image;
use crate::read::key::split_key;

/// The text of a key attribute with a gap for each field, at least one character long.
pub struct KeyPattern {
    attribute: &'static str,
    /// The text before each gap and after the last one, which is one more than there are gaps.
    literals: &'static [&'static str],
    /// The first bytes of the text before the first gap, from the highest byte down.
    head: u128,
    head_length: u32,
}

impl KeyPattern {
    /// Creates a pattern.
    #[must_use]
    pub const fn new(attribute: &'static str, literals: &'static [&'static str]) -> Self {
        let first = literals[0].as_bytes();
        let mut head = 0;
        let mut head_length = 0;
        while head_length < 16 && (head_length as usize) < first.len() {
            head |= (first[head_length as usize] as u128) << (120 - 8 * head_length);
            head_length += 1;
        }
        Self { attribute, literals, head, head_length }
    }

    #[cfg(feature = "events")]
    pub(crate) const fn attribute(&self) -> &'static str {
        self.attribute
    }

    #[cfg(feature = "events")]
    pub(crate) const fn literals(&self) -> &'static [&'static str] {
        self.literals
    }

    /// Returns `false` if the patterns differ at their very beginning, so that they cannot overlap.
    /// Of many variants, nearly all pairs do, and the compiler evaluates longer comparisons slowly.
    const fn may_overlap(&self, other: &Self) -> bool {
        let length =
            if self.head_length < other.head_length { self.head_length } else { other.head_length };
        length == 0 || (self.head ^ other.head) >> (128 - 8 * length) == 0
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

    /// Returns `true` if the other pattern has the literals of this one, in their order, at its
    /// ends and between its gaps, so that it is the narrower of the two.
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

/// A place in a pattern: before a byte of a literal, or before the gap that follows it.
#[derive(Clone, Copy)]
struct Place {
    literal: usize,
    at: usize,
}

impl Place {
    /// The place after the next byte or gap. `None` at the end.
    const fn advance(self, pattern: &KeyPattern) -> Option<Self> {
        if self.at < pattern.literals[self.literal].len() {
            Some(Self { literal: self.literal, at: self.at + 1 })
        } else if self.literal + 1 < pattern.literals.len() {
            Some(Self { literal: self.literal + 1, at: 0 })
        } else {
            None
        }
    }

    /// The place after the first occurrence of this text.
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

/// The key of a variant: its patterns for the two attributes that a table's key can have.
pub(crate) type Key = [Option<&'static KeyPattern>; 2];

/// Returns `true` if each item with the narrow key has the wide one too.
const fn key_contains(wide: Key, narrow: Key) -> bool {
    let mut index = 0;
    while index < wide.len() {
        match (wide[index], narrow[index]) {
            (None, _) => {}
            (Some(wide), Some(narrow)) if wide.contains(narrow) => {}
            _ => return false,
        }
        index += 1;
    }
    true
}

/// Returns `true` if there can be an item with both keys.
const fn keys_overlap(one: Key, other: Key) -> bool {
    let mut index = 0;
    while index < one.len() {
        if let (Some(one), Some(other)) = (one[index], other[index]) {
            if !one.may_overlap(other) {
                return false;
            }
        }
        index += 1;
    }
    index = 0;
    while index < one.len() {
        if let (Some(one), Some(other)) = (one[index], other[index]) {
            if !one.overlaps(other) {
                return false;
            }
        }
        index += 1;
    }
    true
}

/// The key of a variant, as the derive writes it.
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

/// The keys of the variants, compared with each other.
pub struct ComparedKeys<const N: usize> {
    keys: [Key; N],
    /// The indexes of the variants, a narrow key before each one that contains it.
    order: [u16; N],
    /// The names of the table's key attributes.
    attributes: [Option<&'static str>; 2],
    /// The mistake that keeps the keys from telling the variants apart.
    mistake: Option<Mistake>,
}

#[derive(Clone, Copy)]
enum Mistake {
    /// An item can have the keys of both variants.
    Overlap(&'static str, &'static str),
    ThreeAttributes,
}

impl<const N: usize> ComparedKeys<N> {
    /// Compares the keys.
    #[must_use]
    pub const fn new(variants: &[VariantKey; N]) -> Self {
        let mut compared =
            Self { keys: [[None; 2]; N], order: [0; N], attributes: [None; 2], mistake: None };
        // The number of keys that contain the key of each variant. A narrow key is contained in
        // more of them than each of these is.
        let mut containing = [0; N];
        let mut variant = 0;
        while variant < N {
            compared.align(variant, variants[variant].key);
            let mut other = 0;
            while other < variant {
                let keys = [compared.keys[variant], compared.keys[other]];
                if keys_overlap(keys[0], keys[1]) {
                    match (key_contains(keys[0], keys[1]), key_contains(keys[1], keys[0])) {
                        (true, false) => containing[other] += 1,
                        (false, true) => containing[variant] += 1,
                        // A struct with mistakes has no patterns.
                        _ if matches!(keys, [[None, None], _] | [_, [None, None]]) => {}
                        _ if compared.mistake.is_none() => {
                            compared.mistake = Some(Mistake::Overlap(
                                variants[other].name,
                                variants[variant].name,
                            ));
                        }
                        _ => {}
                    }
                }
                other += 1;
            }
            variant += 1;
        }
        compared.sort(containing);
        compared
    }

    /// Puts the patterns of a variant into the order of the attributes.
    const fn align(&mut self, variant: usize, key: &'static [KeyPattern]) {
        let mut index = 0;
        while index < key.len() {
            let pattern = &key[index];
            let place = match self.attributes {
                [Some(first), _] if is_equal(first, pattern.attribute) => 0,
                [_, Some(second)] if is_equal(second, pattern.attribute) => 1,
                [None, _] => 0,
                [_, None] => 1,
                _ => {
                    self.mistake = Some(Mistake::ThreeAttributes);
                    return;
                }
            };
            self.attributes[place] = Some(pattern.attribute);
            self.keys[variant][place] = Some(pattern);
            index += 1;
        }
    }

    /// Orders the variants by these numbers, the greatest first.
    const fn sort(&mut self, containing: [usize; N]) {
        let mut next = 0;
        while next < N {
            let mut place = next;
            while place > 0 && containing[self.order[place - 1] as usize] < containing[next] {
                self.order[place] = self.order[place - 1];
                place -= 1;
            }
            #[allow(
                clippy::cast_possible_truncation,
                reason = "the derive numbers the variants so"
            )]
            {
                self.order[place] = next as u16;
            }
            next += 1;
        }
    }
}

/// The keys of an enum's variants, which the derive writes as a constant.
pub struct VariantKeys {
    keys: &'static [Key],
    order: &'static [u16],
    attributes: [Option<&'static str>; 2],
    mistake: Option<Mistake>,
    /// The index of the variant that takes every other key.
    other: Option<u16>,
}

impl VariantKeys {
    /// Creates the keys.
    #[must_use]
    pub const fn new<const N: usize>(
        compared: &'static ComparedKeys<N>,
        other: Option<u16>,
    ) -> Self {
        let ComparedKeys { keys, order, attributes, mistake } = compared;
        Self { keys, order, attributes: *attributes, mistake: *mistake, other }
    }

    /// The index of the variant that takes every other key.
    pub(crate) const fn other(&self) -> Option<u16> {
        self.other
    }

    /// The keys of the variants.
    #[cfg(feature = "events")]
    pub(crate) const fn keys(&self) -> &'static [Key] {
        self.keys
    }

    /// Fails to compile if the key of an item does not say which variant it is.
    ///
    /// # Panics
    ///
    /// Panics at compile time. If an item can have the keys of two variants, the message names
    /// both.
    #[track_caller]
    pub const fn check(&self) {
        match self.mistake {
            None => {}
            Some(Mistake::Overlap(one, other)) => refuse(one, other),
            Some(Mistake::ThreeAttributes) => panic!(
                "the variants have more than two key attributes: a table's key has at most two, and \
                 those of an index belong in `index_key`"
            ),
        }
    }

    /// The names of the key's attributes.
    pub(crate) const fn attributes(&self) -> [Option<&'static str>; 2] {
        self.attributes
    }

    pub(crate) fn find(&self, texts: [Option<&str>; 2]) -> Option<u16> {
        let has_key = |index: &&u16| {
            let key = self.keys.get(usize::from(**index)).into_iter().flatten();
            key.zip(texts).all(|(pattern, text)| {
                pattern.is_none_or(|pattern| text.is_some_and(|text| pattern.matches(text)))
            })
        };
        self.order.iter().find(has_key).copied().or(self.other)
    }

    /// Returns `true` if this text of the first attribute is that of a variant.
    fn has_first(&self, text: &str) -> bool {
        self.keys.iter().any(|[first, _]| first.is_some_and(|pattern| pattern.matches(text)))
    }
}

#[track_caller]
const fn refuse(one: &str, other: &str) -> ! {
    let message = Message::EMPTY
        .with("an item can have the keys of both `")
        .with(one)
        .with("` and `")
        .with(other)
        .with("`: change one of the two templates, or select the variant by a `tag`");
    panic!("{}", message.as_str())
}

impl Image<'_> {
    /// Returns the index of the variant whose key the image has. `None` means that there is none;
    /// the problem is in the report.
    pub(crate) fn select_by_key(
        &mut self,
        keys: &'static VariantKeys,
        expected: Expected,
    ) -> Option<u16> {
        let [Some(first), second] = keys.attributes else { return keys.other };
        let (selected, is_known) = if self.is_tracked() {
            // Looking for the second text is another pass, during which the first cannot be
            // borrowed.
            let text = self.find_by_text(first, str::to_owned).and_then(Result::ok);
            let text = text.as_deref();
            let found = second
                .and_then(|name| self.find_by_text(name, |second| keys.find([text, Some(second)])));
            let found = found.and_then(Result::ok).unwrap_or_else(|| keys.find([text, None]));
            (found, text.is_some_and(|text| keys.has_first(text)))
        } else {
            let map = &self.map;
            let select = |text: Option<&str>| {
                let found = second.and_then(|name| {
                    map.find_by_text(name, |second| keys.find([text, Some(second)]))
                });
                found.and_then(Result::ok).unwrap_or_else(|| keys.find([text, None]))
            };
            let with_first = map.find_by_text(first, |text| {
                let selected = select(Some(text));
                (selected, selected.is_none() && keys.has_first(text))
            });
            with_first.and_then(Result::ok).unwrap_or_else(|| (select(None), false))
        };
        if selected.is_none() {
            self.refuse_key(second.filter(|_| is_known).unwrap_or(first), expected);
        }
        selected
    }

    #[cold]
    fn refuse_key(&mut self, name: &str, expected: Expected) {
        match self.find_by_text(name, |_| ()) {
            None => self.report_missing(name, expected),
            Some(found) => {
                let refusal = found.err().unwrap_or(Refusal::Found(Found::OtherKey));
                self.report.push_at(name, refusal.into_error(expected));
                self.drop_unread();
            }
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
