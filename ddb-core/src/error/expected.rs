use std::borrow::Cow;
use std::fmt;

use crate::attribute_type::{AttributeTypes, write_alternatives};
use crate::error::path::quote_name;

/// The largest number of names that a message lists. The others are counted.
const SHOWN_NAMES: usize = 16;

/// The expectation in an error message: a Rust type with the attribute types that it is read from,
/// or a rule in words.
///
/// `Display` writes `N (u32)` or `L of length 2 ([f64; 2])`.
#[derive(Clone, Copy)]
pub struct Expected {
    types: AttributeTypes,
    subject: Subject,
    detail: Detail,
}

#[derive(Clone, Copy)]
enum Subject {
    /// A function, because `type_name` is not const yet.
    Type(fn() -> &'static str),
    Rule(&'static str),
}

/// A restriction on the values of the attribute types.
#[derive(Clone, Copy)]
enum Detail {
    None,
    /// The length, in elements, characters or bytes.
    Length(usize),
    /// A restriction in words: `in RFC 3339`.
    Only(&'static str),
    /// The place of the type in the template of a key.
    At(&'static str),
    /// The values that are allowed. A function, so that only a binary that needs the list contains
    /// the code that writes it.
    Choices(fn(&mut fmt::Formatter<'_>) -> fmt::Result),
}

impl Expected {
    /// The type `T`, read from any of the attribute types.
    ///
    /// ```
    /// use ddb_core::attribute::{AttributeType, AttributeTypes};
    /// use ddb_core::error::Expected;
    ///
    /// let expected = Expected::of::<u32>(AttributeTypes::of(&[AttributeType::N]));
    /// assert_eq!(expected.to_string(), "N (u32)");
    /// ```
    #[must_use]
    pub const fn of<T: ?Sized>(types: AttributeTypes) -> Self {
        let subject = Subject::Type(std::any::type_name::<T>);
        Self { types, subject, detail: Detail::None }
    }

    /// A rule in words: `degrees above absolute zero`. The text is `'static`, so that no value can
    /// get into it.
    #[must_use]
    pub const fn rule(rule: &'static str) -> Self {
        let subject = Subject::Rule(rule);
        Self { types: AttributeTypes::ANY, subject, detail: Detail::None }
    }

    pub(crate) const fn with_length(mut self, length: usize) -> Self {
        self.detail = Detail::Length(length);
        self
    }

    /// Restricts the attribute types in words: `S in RFC 3339 (DateTime<Utc>)`.
    pub(crate) const fn only(mut self, restriction: &'static str) -> Self {
        self.detail = Detail::Only(restriction);
        self
    }

    /// Adds the place of the type: `S (u64: id in ORDER#{id})`.
    pub(crate) const fn at(mut self, place: &'static str) -> Self {
        self.detail = Detail::At(place);
        self
    }

    /// Lists the allowed values behind the type: `S (Status: Open or Shipped)`.
    pub(crate) const fn with_choices(
        mut self,
        write_choices: fn(&mut fmt::Formatter<'_>) -> fmt::Result,
    ) -> Self {
        self.detail = Detail::Choices(write_choices);
        self
    }

    /// The attribute types that fit. For a rule, that is every attribute type.
    #[must_use]
    pub const fn types(&self) -> AttributeTypes {
        self.types
    }

    /// The Rust type's name without its modules, such as `Vec<Line>`, or the words of the rule.
    #[must_use]
    pub fn rust_type(&self) -> String {
        match self.subject {
            Subject::Type(name) => shorten_type_name(name()),
            Subject::Rule(rule) => rule.to_owned(),
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.types == AttributeTypes::ANY {
            return f.write_str(&self.rust_type());
        }
        self.types.fmt(f)?;
        match self.detail {
            Detail::Length(length) => write!(f, " of length {length}")?,
            Detail::Only(restriction) => write!(f, " {restriction}")?,
            Detail::At(_) | Detail::Choices(_) | Detail::None => {}
        }
        write!(f, " ({}", self.rust_type())?;
        match self.detail {
            Detail::At(place) => write!(f, ": {place}")?,
            Detail::Choices(write_choices) => {
                f.write_str(": ")?;
                write_choices(f)?;
            }
            Detail::Length(_) | Detail::None | Detail::Only(_) => {}
        }
        f.write_str(")")
    }
}

impl fmt::Debug for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Expected({self})")
    }
}

/// Writes a list of names as alternatives.
pub(crate) fn write_names(f: &mut fmt::Formatter<'_>, names: &[&str]) -> fmt::Result {
    let shown = names.iter().take(SHOWN_NAMES).map(|name| quote_name(name)).collect();
    write_shown(f, shown, names.len())
}

/// Writes a list of numbers as alternatives.
pub(crate) fn write_numbers(f: &mut fmt::Formatter<'_>, numbers: &[i128]) -> fmt::Result {
    let shown = numbers.iter().take(SHOWN_NAMES).map(|number| number.to_string().into()).collect();
    write_shown(f, shown, numbers.len())
}

/// Writes the first of this many alternatives, and how many more there are.
fn write_shown(
    f: &mut fmt::Formatter<'_>,
    mut shown: Vec<Cow<'_, str>>,
    count: usize,
) -> fmt::Result {
    if count > shown.len() {
        shown.push(format!("{} more", count - shown.len()).into());
    }
    write_alternatives(f, shown.iter())
}

/// Shortens `alloc::vec::Vec<shop::Line>` to `Vec<Line>`: drops every `module::` in front of a
/// name.
fn shorten_type_name(name: &str) -> String {
    let mut short = String::with_capacity(name.len());
    let mut word = 0;
    let mut rest = name.chars().peekable();
    while let Some(character) = rest.next() {
        if character == ':' && rest.peek() == Some(&':') {
            rest.next();
            short.truncate(word);
        } else {
            short.push(character);
            // A character beyond ASCII can only be part of a name. `char::is_alphanumeric` would
            // also link Unicode's tables into every binary.
            if character.is_ascii_punctuation() && character != '_' || character == ' ' {
                word = short.len();
            }
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_names_lose_their_modules_only() {
        let table = [
            ("u32", "u32"),
            ("alloc::string::String", "String"),
            ("alloc::vec::Vec<shop::model::Line>", "Vec<Line>"),
            ("(core::num::NonZero<u8>, [f64; 2])", "(NonZero<u8>, [f64; 2])"),
            ("[größe::Maß; 2]", "[Maß; 2]"),
            (
                "std::collections::HashMap<alloc::string::String, a::B<c::D>>",
                "HashMap<String, B<D>>",
            ),
        ];
        for (long, short) in table {
            assert_eq!(shorten_type_name(long), short);
        }
    }
}
