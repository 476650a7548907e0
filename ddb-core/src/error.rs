//! What an image did not fit, said without its values.

use std::error::Error;
use std::fmt;

use crate::path::{self, INDEX};
use crate::tag::{Tag, Tags, write_alternatives};

/// How many problems [`ImageError`] writes out, and a lossy conversion logs: a line stays a line,
/// and a log a log.
pub(crate) const SHOWN_PROBLEMS: usize = 8;

/// How many names a message lists before it only counts them.
const SHOWN_NAMES: usize = 16;

/// An image that does not fit its type, with every problem in it.
///
/// Neither `Display` nor `Debug` contains an attribute's value: items hold personal data, and
/// errors end up in logs.
///
/// ```
/// use ddb_core::{FromStreamImage, Item};
///
/// #[derive(Debug, FromStreamImage)]
/// struct Line {
///     sku: String,
///     qty: u32,
/// }
///
/// let error = Line::from_image(Item::default()).unwrap_err();
/// assert_eq!(error.problems().len(), 2);
/// assert_eq!(
///     error.to_string(),
///     "2 problems: qty: missing, expected N (u32); sku: missing, expected S (String)"
/// );
/// ```
pub struct ImageError {
    problems: Vec<AttributeError>,
}

impl ImageError {
    pub(crate) fn new(problems: Vec<AttributeError>) -> Self {
        Self { problems }
    }

    /// Every problem of the image, or the first thousand, in the order of their paths. Never empty.
    #[must_use]
    pub fn problems(&self) -> &[AttributeError] {
        &self.problems
    }
}

impl fmt::Display for ImageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.problems.len() > 1 {
            write!(f, "{} problems: ", self.problems.len())?;
        }
        for (index, problem) in self.problems.iter().take(SHOWN_PROBLEMS).enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{problem}")?;
        }
        match self.problems.len().saturating_sub(SHOWN_PROBLEMS) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

impl fmt::Debug for ImageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ImageError").field(&self.problems).finish()
    }
}

impl Error for ImageError {}

impl IntoIterator for ImageError {
    type Item = AttributeError;
    type IntoIter = std::vec::IntoIter<AttributeError>;

    fn into_iter(self) -> Self::IntoIter {
        self.problems.into_iter()
    }
}

/// One attribute that does not fit: where it is, what was expected, what was found.
///
/// `Display` reads `lines[1].qty: expected N (u32), found S`.
pub struct AttributeError {
    path: String,
    kind: AttributeErrorKind,
    cause: Option<Box<dyn Error + Send + Sync>>,
    /// In a lossy conversion, how many bytes of the path's end lie inside the place that got its
    /// default.
    inside_replaced: Option<usize>,
}

impl AttributeError {
    pub(crate) fn new(kind: AttributeErrorKind) -> Self {
        Self { path: String::new(), kind, cause: None, inside_replaced: None }
    }

    pub(crate) fn with_cause(mut self, cause: Box<dyn Error + Send + Sync>) -> Self {
        self.cause = Some(cause);
        self
    }

    /// Where the attribute is, from the image down: `lines[1].qty`.
    ///
    /// A name that holds a dot, a bracket, a quote, white space or a control character, and the
    /// empty name, are quoted and escaped: `meta."a.b"`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong there.
    #[must_use]
    pub fn kind(&self) -> &AttributeErrorKind {
        &self.kind
    }

    /// The place whose default stands in for what is there, in the report of a lossy conversion.
    ///
    /// It is `path()` itself or encloses it: a list element without a default costs the whole list.
    /// The empty path is the image itself, of which a flattened field or the rest got its
    /// default. `None` in an [`ImageError`], and where nothing was replaced: an unknown
    /// attribute is only reported.
    #[must_use]
    pub fn replaced(&self) -> Option<&str> {
        let inside = self.inside_replaced?;
        let place = self.path.get(..self.path.len().checked_sub(inside)?)?;
        // What lies inside the image itself, rather than inside an attribute, comes after a dot.
        Some(place.strip_suffix('.').unwrap_or(place))
    }

    /// The error of a conversion that is not this crate's: a `FromStr`, a `TryFrom`, a
    /// `Deserialize` or a `with` module.
    ///
    /// Such errors like to quote the value they refuse, so this one is kept out of `Display`,
    /// `Debug` and [`source`](Error::source). Do not log it where item data must not be.
    #[must_use]
    pub fn cause(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
        self.cause.as_deref()
    }

    pub(crate) fn enter_name(&mut self, name: &str) {
        path::prefix_name(&mut self.path, name);
    }

    pub(crate) fn enter_index(&mut self, index: usize) {
        path::prefix_index(&mut self.path, index);
    }

    /// Whether the problem lies at the attribute or inside it; the name is quoted as in a path.
    pub(crate) fn is_under(&self, name: &str) -> bool {
        path::starts_with_name(&self.path, name)
    }

    /// Notes that the place that the path starts from got its default, with all that is inside.
    pub(crate) fn settle(&mut self) {
        self.inside_replaced = Some(self.path.len());
    }

    /// The same for the attribute `name`, the first of the path.
    pub(crate) fn settle_at(&mut self, name: &str) {
        let outer = path::quote_name(name).len();
        self.inside_replaced = Some(self.path.len().saturating_sub(outer));
    }

    /// The same for the element `index`, the first of the path.
    pub(crate) fn settle_at_index(&mut self) {
        let outer = self.path.find(INDEX.1).map_or(0, |end| end + 1);
        self.inside_replaced = Some(self.path.len().saturating_sub(outer));
    }

    pub(crate) fn unsettle(&mut self) {
        self.inside_replaced = None;
    }
}

impl fmt::Display for AttributeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            return write!(f, "{}", self.kind);
        }
        write!(f, "{}: {}", self.path, self.kind)
    }
}

impl fmt::Debug for AttributeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttributeError")
            .field("path", &self.path)
            .field("kind", &format_args!("{}", self.kind))
            .field("replaced", &self.replaced())
            .finish_non_exhaustive()
    }
}

impl Error for AttributeError {}

/// What is wrong with an attribute.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum AttributeErrorKind {
    /// The image has no such attribute.
    Missing {
        /// What the field is read from.
        expected: Expected,
        /// An attribute of the image whose name differs from the field's by no more than its ASCII
        /// case, `_` and `-`: `id` for `Id`. It is looked for at the first hundred
        /// attributes that an image is missing, and not at those of a flattened `Option`.
        similar: Option<String>,
    },
    /// The attribute is there and does not fit.
    Mismatch {
        /// What the field is read from.
        expected: Expected,
        /// What the image has.
        found: Found,
    },
    /// A struct with `#[ddb(deny_unknown)]` does not map the attribute.
    Unknown {
        /// The names that the struct maps, but for those of its flattened fields.
        expected: &'static [&'static str],
    },
    /// The name of a map's attribute does not read as the map's key.
    UnfitKey {
        /// The key's type.
        expected: Expected,
    },
    /// There were more problems than are kept, and none of those that were counts any more.
    Unkept,
    /// Two names of the map read as the same key, so that one of the two would be lost.
    RepeatedKey,
    /// The text is not JSON, or not an object.
    NotJson {
        /// Where, in bytes from its beginning.
        offset: usize,
    },
    /// The value is nested deeper than any item that DynamoDB stores.
    TooDeep {
        /// The greatest depth that is read.
        limit: usize,
    },
}

impl AttributeErrorKind {
    /// What the field is read from, where the problem is about that.
    #[must_use]
    pub fn expected(&self) -> Option<&Expected> {
        match self {
            Self::Missing { expected, .. }
            | Self::Mismatch { expected, .. }
            | Self::UnfitKey { expected } => Some(expected),
            Self::Unknown { .. }
            | Self::Unkept
            | Self::RepeatedKey
            | Self::NotJson { .. }
            | Self::TooDeep { .. } => None,
        }
    }

    /// What the image has, where the attribute is there.
    #[must_use]
    pub fn found(&self) -> Option<&Found> {
        match self {
            Self::Mismatch { found, .. } => Some(found),
            _ => None,
        }
    }
}

impl fmt::Display for AttributeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { expected, similar: None } => write!(f, "missing, expected {expected}"),
            Self::Missing { expected, similar: Some(similar) } => {
                write!(
                    f,
                    "missing, expected {expected}, but there is {}",
                    path::quote_name(similar)
                )
            }
            Self::Mismatch { expected, found: Found::Unsaid } => write!(f, "expected {expected}"),
            Self::Mismatch { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::Unknown { expected: [] } => f.write_str("unknown attribute"),
            Self::Unknown { expected } => {
                f.write_str("unknown attribute, the struct has ")?;
                write_names(f, expected)
            }
            Self::UnfitKey { expected } => {
                write!(f, "expected a name that reads as {}", expected.rust_type())
            }
            Self::Unkept => f.write_str("more problems than are kept"),
            Self::RepeatedKey => f.write_str("two of its names read as the same key"),
            Self::NotJson { offset } => write!(f, "not an image in JSON, from byte {offset} on"),
            Self::TooDeep { limit } => write!(f, "nested deeper than {limit} levels"),
        }
    }
}

/// What a Rust type is read from: the tags, and the type's name.
///
/// `Display` reads `N (u32)`, or `L of length 2 ([f64; 2])`.
#[derive(Clone, Copy)]
pub struct Expected {
    tags: Tags,
    what: What,
    length: Option<usize>,
    names: &'static [&'static str],
}

#[derive(Clone, Copy)]
enum What {
    /// A function, because a type's name is no constant yet.
    Type(fn() -> &'static str),
    Rule(&'static str),
}

impl Expected {
    /// `T`, read from any of the tags.
    ///
    /// ```
    /// use ddb_core::{Expected, Tag, Tags};
    ///
    /// assert_eq!(Expected::of::<u32>(Tags::of(&[Tag::N])).to_string(), "N (u32)");
    /// ```
    #[must_use]
    pub const fn of<T: ?Sized>(tags: Tags) -> Self {
        Self { tags, what: What::Type(std::any::type_name::<T>), length: None, names: &[] }
    }

    /// A rule in words: `degrees above absolute zero`. The text is fixed so that no value can get
    /// into it.
    #[must_use]
    pub const fn rule(rule: &'static str) -> Self {
        Self { tags: Tags::ANY, what: What::Rule(rule), length: None, names: &[] }
    }

    pub(crate) const fn with_length(mut self, length: usize) -> Self {
        self.length = Some(length);
        self
    }

    pub(crate) const fn with_names(mut self, names: &'static [&'static str]) -> Self {
        self.names = names;
        self
    }

    /// The tags that fit.
    #[must_use]
    pub const fn tags(&self) -> Tags {
        self.tags
    }

    /// The Rust type's name without its modules, `Vec<Line>`, or the rule's words.
    #[must_use]
    pub fn rust_type(&self) -> String {
        match self.what {
            What::Type(name) => shorten_type_name(name()),
            What::Rule(rule) => rule.to_owned(),
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.tags == Tags::ANY {
            return f.write_str(&self.rust_type());
        }
        write!(f, "{}", self.tags)?;
        if let Some(length) = self.length {
            write!(f, " of length {length}")?;
        }
        write!(f, " ({}", self.rust_type())?;
        if !self.names.is_empty() {
            f.write_str(": ")?;
            write_names(f, self.names)?;
        }
        f.write_str(")")
    }
}

impl fmt::Debug for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Expected({self})")
    }
}

/// What an image has in the place of what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Found {
    /// A value of another tag.
    Tag(Tag),
    /// An `N` or a number of an `NS` whose text is not a number.
    NotANumber,
    /// An `N` that is not integral.
    Fraction,
    /// An `N` beyond the type's range.
    OutOfRange,
    /// An `N` with more digits than the type can hold.
    TooPrecise,
    /// A list, text or bytes of another length, in elements, characters or bytes.
    Length(Tag, usize),
    /// A name that is none of the known ones.
    OtherName,
    /// A value that a conversion refused; [`AttributeError::cause`] has its error.
    Refused(Option<Tag>),
    /// Nothing more is said of it: the rule is the user's own.
    Unsaid,
    /// JSON that is not DynamoDB JSON.
    Malformed(Malformed),
}

/// What makes JSON no attribute value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Malformed {
    /// No object: `5`, `null`, `"text"`.
    NotTagged,
    /// An empty object.
    NoTag,
    /// An object of more than one member.
    SeveralTags,
    /// An object whose member is none of the ten tags.
    UnknownTag,
    /// Another kind of JSON than the tag has, such as a number in an `N`.
    Content(Tag),
    /// A `B` or an element of a `BS` that is not base64.
    NotBase64,
    /// A string with half of a surrogate pair.
    NotUnicode(Tag),
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotTagged => f.write_str("JSON that is no attribute value"),
            Self::NoTag => f.write_str("a value without a tag"),
            Self::SeveralTags => f.write_str("a value with several tags"),
            Self::UnknownTag => f.write_str("a value with an unknown tag"),
            Self::Content(tag) => write!(f, "{tag} with the wrong kind of JSON in it"),
            Self::NotBase64 => f.write_str("B that is not base64"),
            Self::NotUnicode(tag) => write!(f, "{tag} that is not Unicode"),
        }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(tag) => write!(f, "{tag}"),
            Self::NotANumber => f.write_str("N that is not a number"),
            Self::Fraction => f.write_str("N with a fraction"),
            Self::OutOfRange => f.write_str("N out of range"),
            Self::TooPrecise => f.write_str("N with too many digits"),
            Self::Length(tag, length) => write!(f, "{tag} of length {length}"),
            Self::OtherName => f.write_str("an S that is none of these"),
            Self::Refused(Some(tag)) => write!(f, "{tag} that does not convert"),
            Self::Refused(None) => f.write_str("a value that does not convert"),
            Self::Unsaid => f.write_str("something else"),
            Self::Malformed(malformed) => write!(f, "{malformed}"),
        }
    }
}

fn write_names(f: &mut fmt::Formatter<'_>, names: &[&str]) -> fmt::Result {
    let shown = names.iter().take(SHOWN_NAMES).map(|name| path::quote_name(name));
    match names.len().saturating_sub(SHOWN_NAMES) {
        0 => write_alternatives(f, shown),
        more => write_alternatives(f, shown.chain([format!("{more} more").into()])),
    }
}

/// `alloc::vec::Vec<shop::Line>` as `Vec<Line>`: drops every `module::` in front of a name.
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
            // What is not ASCII can only be in a name; to ask whether it is a letter takes a table,
            // 3 KB of each function's binary.
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

    #[test]
    fn a_long_error_is_cut_and_counted() {
        let problem = || AttributeError::new(AttributeErrorKind::RepeatedKey);
        let error = ImageError::new((0..10).map(|_| problem()).collect());
        assert!(error.to_string().starts_with("10 problems: "));
        assert!(error.to_string().ends_with("; and 2 more"));
    }
}
