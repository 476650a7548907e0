use std::borrow::Cow;
use std::fmt;
use std::mem;

use serde_dynamo::AttributeValue;

use crate::attribute::FromAttribute;
use crate::error::{Expected, Found, Malformed};
use crate::json::{Broken, Json, decode_base64};
use crate::read::image::Image;
use crate::read::list::{Elements, JsonElements, List};
use crate::read::nesting::{MAX_DEPTH, NULL, is_too_deep, refuse_depth};
use crate::read::report::Report;
use crate::read::source::Source;
use crate::read::value::Value;
use crate::tag::{Tag, Tags};
use crate::types::{read_list, read_map};
use crate::unfit::{Refusal, Unfit};

/// One attribute value, wherever it is kept, for a [`FromAttribute`] to read.
///
/// Most implementations hand it on to a type that reads itself already; the `into_…` methods are
/// for the others. Each takes what the caller expected, for the error that it makes of another tag.
pub struct Attribute<'r> {
    value: Value<'r>,
    report: &'r mut Report,
    depth: usize,
}

impl fmt::Debug for Attribute<'_> {
    /// The tag; never the value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attribute").field("tag", &self.tag()).finish_non_exhaustive()
    }
}

impl<'r> Attribute<'r> {
    pub(crate) fn owned(value: &'r mut AttributeValue, report: &'r mut Report) -> Self {
        Self::new(Value::Owned(value), report, 0)
    }

    pub(super) fn new(value: Value<'r>, report: &'r mut Report, depth: usize) -> Self {
        Self { value, report, depth }
    }

    /// The value's tag.
    #[must_use]
    pub fn tag(&self) -> Tag {
        self.value.tag()
    }

    /// Whether the value is `NULL`. DynamoDB writes `{"NULL": true}`; fixtures also hold `false`,
    /// which means the same.
    #[must_use]
    #[inline]
    pub fn is_null(&self) -> bool {
        matches!(
            self.value,
            Value::Owned(AttributeValue::Null(_))
                | Value::Borrowed(AttributeValue::Null(_))
                | Value::Json(Tag::Null, _)
        )
    }

    /// The error for a value whose tag does not fit.
    #[cold]
    #[must_use]
    pub fn refuse(self, expected: Expected) -> Unfit {
        Unfit::mismatch(expected, Found::Tag(self.tag()))
    }

    /// The text of an `S`.
    ///
    /// # Errors
    ///
    /// Any other tag.
    #[inline]
    pub fn into_str(self, expected: Expected) -> Result<&'r str, Unfit> {
        self.into_text(Tag::S).map(Text::into_str).map_err(|refusal| refusal.into_unfit(expected))
    }

    /// The text of an `S`, owned; moved where the source is.
    ///
    /// # Errors
    ///
    /// Any other tag.
    #[inline]
    pub fn into_string(self, expected: Expected) -> Result<String, Unfit> {
        self.into_text(Tag::S)
            .map(Text::into_string)
            .map_err(|refusal| refusal.into_unfit(expected))
    }

    /// The text of an `N`, as the source spells it; not checked to be a number.
    ///
    /// # Errors
    ///
    /// Any other tag.
    #[inline]
    pub fn into_number_str(self, expected: Expected) -> Result<&'r str, Unfit> {
        self.into_text(Tag::N).map(Text::into_str).map_err(|refusal| refusal.into_unfit(expected))
    }

    /// The text of an `N`, owned; moved where the source is.
    ///
    /// # Errors
    ///
    /// Any other tag.
    #[inline]
    pub fn into_number_string(self, expected: Expected) -> Result<String, Unfit> {
        self.into_text(Tag::N)
            .map(Text::into_string)
            .map_err(|refusal| refusal.into_unfit(expected))
    }

    /// The bytes of a `B`.
    ///
    /// # Errors
    ///
    /// Any other tag.
    pub fn into_bytes(self, expected: Expected) -> Result<Cow<'r, [u8]>, Unfit> {
        match self.value {
            Value::Owned(AttributeValue::B(bytes)) | Value::OwnedBytes(bytes) => {
                Ok(Cow::Borrowed(bytes))
            }
            Value::Borrowed(AttributeValue::B(bytes)) | Value::BorrowedBytes(bytes) => {
                Ok(Cow::Borrowed(bytes))
            }
            value => Self { value, ..self }.into_byte_vec(expected).map(Cow::Owned),
        }
    }

    /// The bytes of a `B`, owned; moved where the source is.
    ///
    /// # Errors
    ///
    /// Any other tag.
    pub fn into_byte_vec(self, expected: Expected) -> Result<Vec<u8>, Unfit> {
        match self.value {
            Value::Owned(AttributeValue::B(bytes)) | Value::OwnedBytes(bytes) => {
                Ok(mem::take(bytes))
            }
            Value::Borrowed(AttributeValue::B(bytes)) | Value::BorrowedBytes(bytes) => {
                Ok(bytes.clone())
            }
            Value::Text(Tag::B, base64) => match decode_base64(base64) {
                Some(bytes) => Ok(bytes),
                None => Err(Unfit::mismatch(expected, Found::Malformed(Malformed::NotBase64))),
            },
            Value::Json(Tag::B, mut json) => {
                if json.peek() != Some(b'"') {
                    return Err(refuse_content(expected, Tag::B));
                }
                match json.into_bytes() {
                    Ok(Some(bytes)) => Ok(bytes),
                    Ok(None) => {
                        Err(Unfit::mismatch(expected, Found::Malformed(Malformed::NotBase64)))
                    }
                    Err(Broken) => Err(Unfit::reported()),
                }
            }
            _ => Err(self.refuse(expected)),
        }
    }

    /// The value of a `BOOL`.
    ///
    /// # Errors
    ///
    /// Any other tag.
    pub fn into_bool(self, expected: Expected) -> Result<bool, Unfit> {
        match self.value {
            Value::Owned(&mut AttributeValue::Bool(value))
            | Value::Borrowed(&AttributeValue::Bool(value)) => Ok(value),
            Value::Json(Tag::Bool, mut json) => {
                json.read_bool().map_err(|Broken| Unfit::reported())
            }
            _ => Err(self.refuse(expected)),
        }
    }

    /// The value as it is, of any tag.
    ///
    /// # Errors
    ///
    /// A value that is nested deeper than anything DynamoDB stores.
    pub fn into_value(self) -> Result<AttributeValue, Unfit> {
        let owned = match self.value {
            Value::Owned(value) => {
                if is_too_deep(value, self.depth) {
                    return Err(refuse_depth());
                }
                mem::replace(value, NULL)
            }
            Value::Borrowed(value) => {
                if is_too_deep(value, self.depth) {
                    return Err(refuse_depth());
                }
                value.clone()
            }
            Value::OwnedText(..)
            | Value::Text(..)
            | Value::OwnedBytes(_)
            | Value::BorrowedBytes(_)
            | Value::Json(..)
            | Value::Rest(_) => return self.build_value(),
        };
        Ok(owned)
    }

    /// Builds the value that is none where it is kept.
    fn build_value(self) -> Result<AttributeValue, Unfit> {
        let expected = AttributeValue::EXPECTED;
        match self.tag() {
            Tag::S => self.into_string(expected).map(AttributeValue::S),
            Tag::N => self.into_number_string(expected).map(AttributeValue::N),
            Tag::B => self.into_byte_vec(expected).map(AttributeValue::B),
            Tag::Bool => self.into_bool(expected).map(AttributeValue::Bool),
            Tag::Null => match self.value {
                Value::Json(_, mut json) => {
                    json.read_bool().map(AttributeValue::Null).map_err(|Broken| Unfit::reported())
                }
                _ => Ok(NULL),
            },
            Tag::M => read_map(self, expected).map(AttributeValue::M),
            Tag::L => read_list(self, expected).map(AttributeValue::L),
            Tag::Ss => read_list(self, expected).map(AttributeValue::Ss),
            Tag::Ns => read_list::<NumberText>(self, expected).map(|texts| {
                AttributeValue::Ns(texts.into_iter().map(|NumberText(text)| text).collect())
            }),
            Tag::Bs => read_list::<Bytes>(self, expected).map(|bytes| {
                AttributeValue::Bs(bytes.into_iter().map(|Bytes(bytes)| bytes).collect())
            }),
        }
    }

    /// The attributes of an `M`.
    pub(crate) fn into_image(self, expected: Expected) -> Result<Image<'r>, Unfit> {
        let source = match self.value {
            Value::Owned(AttributeValue::M(map)) => Source::Owned(map),
            Value::Borrowed(AttributeValue::M(map)) => Source::Borrowed(map),
            Value::Json(Tag::M, json) => Source::json(json),
            Value::Rest(rest) => {
                return Ok(Image::rest(rest.source, rest.left, self.report, self.depth));
            }
            _ => return Err(self.refuse(expected)),
        };
        if self.depth >= MAX_DEPTH {
            return Err(refuse_depth());
        }
        Ok(Image::new(source, self.report, self.depth + 1))
    }

    /// The elements of an `L`, or of a set whose elements `expected` allows.
    pub(crate) fn into_list(self, expected: Expected) -> Result<List<'r>, Unfit> {
        let tag = self.tag();
        if !expected.tags().contains(tag) {
            return Err(self.refuse(expected));
        }
        let elements = match self.value {
            Value::Owned(AttributeValue::L(values)) => Elements::Owned(values.iter_mut()),
            Value::Borrowed(AttributeValue::L(values)) => Elements::Borrowed(values.iter()),
            Value::Owned(AttributeValue::Ss(texts)) => {
                Elements::OwnedTexts(Tag::S, texts.iter_mut())
            }
            Value::Borrowed(AttributeValue::Ss(texts)) => {
                Elements::BorrowedTexts(Tag::S, texts.iter())
            }
            Value::Owned(AttributeValue::Ns(texts)) => {
                Elements::OwnedTexts(Tag::N, texts.iter_mut())
            }
            Value::Borrowed(AttributeValue::Ns(texts)) => {
                Elements::BorrowedTexts(Tag::N, texts.iter())
            }
            Value::Owned(AttributeValue::Bs(bytes)) => Elements::OwnedBytes(bytes.iter_mut()),
            Value::Borrowed(AttributeValue::Bs(bytes)) => Elements::BorrowedBytes(bytes.iter()),
            Value::Json(Tag::L | Tag::Ss | Tag::Ns | Tag::Bs, json) => {
                Elements::Json(JsonElements::new(json))
            }
            _ => return Err(self.refuse(expected)),
        };
        if tag == Tag::L && self.depth >= MAX_DEPTH {
            return Err(refuse_depth());
        }
        Ok(List::new(elements, tag, self.report, self.depth + 1))
    }

    /// The text of the tag, which is `S` or `N`.
    #[inline]
    pub(crate) fn into_text(self, tag: Tag) -> Result<Text<'r>, Refusal> {
        match (tag, self.value) {
            (Tag::S, Value::Owned(AttributeValue::S(text)))
            | (Tag::N, Value::Owned(AttributeValue::N(text))) => Ok(Text::Owned(text)),
            (Tag::S, Value::Borrowed(AttributeValue::S(text)))
            | (Tag::N, Value::Borrowed(AttributeValue::N(text))) => Ok(Text::Borrowed(text)),
            (_, Value::Text(found, text)) if found == tag => Ok(Text::Borrowed(text)),
            (_, value) => value.into_other_text(tag),
        }
    }
}

impl<'r> Value<'r> {
    fn into_other_text(self, tag: Tag) -> Result<Text<'r>, Refusal> {
        match self {
            Value::OwnedText(found, text) if found == tag => Ok(Text::Owned(text)),
            Value::Json(found, json) if found == tag => read_text(json, tag),
            value => Err(Refusal::Found(Found::Tag(value.tag()))),
        }
    }
}

fn read_text(json: Json<'_>, tag: Tag) -> Result<Text<'_>, Refusal> {
    match json.into_string()? {
        Some(Some(text)) => Ok(Text::Borrowed(text)),
        Some(None) => Err(Malformed::NotUnicode(tag).into()),
        // The element of a set can be anything.
        None => Err(Malformed::Content(tag).into()),
    }
}

/// An element of a set, or a value, whose JSON is of another kind than its tag's.
#[cold]
fn refuse_content(expected: Expected, tag: Tag) -> Unfit {
    Unfit::mismatch(expected, Found::Malformed(Malformed::Content(tag)))
}

/// Text as the source has it: to be moved out, or to be copied.
pub(crate) enum Text<'r> {
    Owned(&'r mut String),
    Borrowed(&'r str),
}

impl<'r> Text<'r> {
    #[inline]
    pub(crate) fn into_str(self) -> &'r str {
        match self {
            Self::Owned(text) => text,
            Self::Borrowed(text) => text,
        }
    }

    #[inline]
    pub(crate) fn into_string(self) -> String {
        match self {
            Self::Owned(text) => mem::take(text),
            Self::Borrowed(text) => text.to_owned(),
        }
    }
}

/// An element of an `NS`, as it is.
struct NumberText(String);

impl FromAttribute for NumberText {
    const EXPECTED: Expected = Expected::of::<AttributeValue>(Tags::of(&[Tag::N]));

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
        attribute.into_number_string(Self::EXPECTED).map(Self)
    }
}

/// An element of a `BS`, as it is.
struct Bytes(Vec<u8>);

impl FromAttribute for Bytes {
    const EXPECTED: Expected = Expected::of::<AttributeValue>(Tags::of(&[Tag::B]));

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
        attribute.into_byte_vec(Self::EXPECTED).map(Self)
    }
}
