use std::fmt;
use std::mem;

use serde_dynamo::AttributeValue;

use crate::attribute::FromAttribute;
use crate::error::{Expected, Found};
use crate::read::image::{Image, Source};
use crate::read::list::{Elements, List, Text};
use crate::read::nesting::{MAX_DEPTH, NULL, is_too_deep, refuse_depth};
use crate::read::report::Report;
use crate::tag::Tag;
use crate::types::read_map;
use crate::unfit::Unfit;

/// One attribute value, wherever it is kept, for a [`FromAttribute`] to read.
///
/// Most implementations hand it on to a type that reads itself already; the `into_…` methods are for the others. Each
/// takes what the caller expected, for the error that it makes of another tag.
pub struct Attribute<'r> {
    value: Value<'r>,
    report: &'r mut Report,
    depth: usize,
}

pub(super) enum Value<'r> {
    Owned(&'r mut AttributeValue),
    Borrowed(&'r AttributeValue),
    /// The element of a set.
    OwnedString(&'r mut String),
    BorrowedString(&'r String),
    OwnedNumber(&'r mut String),
    BorrowedNumber(&'r String),
    OwnedBytes(&'r mut Vec<u8>),
    BorrowedBytes(&'r Vec<u8>),
    /// The attributes of an image that nobody mapped, by position.
    Rest(Source<'r>, &'r mut Vec<usize>),
}

impl fmt::Debug for Attribute<'_> {
    /// The tag; never the value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attribute").field("tag", &self.tag()).finish_non_exhaustive()
    }
}

/// Text or bytes as the source has them: to be moved out, or to be copied.
enum Content<'r, T: ?Sized, O> {
    Owned(&'r mut O),
    Borrowed(&'r T),
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
        match &self.value {
            Value::Owned(value) => Tag::of(value),
            Value::Borrowed(value) => Tag::of(value),
            Value::OwnedString(_) | Value::BorrowedString(_) => Tag::S,
            Value::OwnedNumber(_) | Value::BorrowedNumber(_) => Tag::N,
            Value::OwnedBytes(_) | Value::BorrowedBytes(_) => Tag::B,
            Value::Rest(..) => Tag::M,
        }
    }

    /// Whether the value is `NULL`. DynamoDB writes `{"NULL": true}`; fixtures also hold `false`, which means the same.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.tag() == Tag::Null
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
    pub fn into_str(self, expected: Expected) -> Result<&'r str, Unfit> {
        self.into_text(Text::S).map(Content::into_str).map_err(|attribute| attribute.refuse(expected))
    }

    /// The text of an `S`, owned; moved where the source is.
    ///
    /// # Errors
    ///
    /// Any other tag.
    pub fn into_string(self, expected: Expected) -> Result<String, Unfit> {
        self.into_text(Text::S).map(Content::into_string).map_err(|attribute| attribute.refuse(expected))
    }

    /// The text of an `N`, as the source spells it; not checked to be a number.
    ///
    /// # Errors
    ///
    /// Any other tag.
    pub fn into_number_str(self, expected: Expected) -> Result<&'r str, Unfit> {
        self.into_text(Text::N).map(Content::into_str).map_err(|attribute| attribute.refuse(expected))
    }

    /// The text of an `N`, owned; moved where the source is.
    ///
    /// # Errors
    ///
    /// Any other tag.
    pub fn into_number_string(self, expected: Expected) -> Result<String, Unfit> {
        self.into_text(Text::N).map(Content::into_string).map_err(|attribute| attribute.refuse(expected))
    }

    /// The bytes of a `B`.
    ///
    /// # Errors
    ///
    /// Any other tag.
    pub fn into_bytes(self, expected: Expected) -> Result<&'r [u8], Unfit> {
        match self.into_content() {
            Ok(Content::Owned(bytes)) => Ok(bytes),
            Ok(Content::Borrowed(bytes)) => Ok(bytes),
            Err(attribute) => Err(attribute.refuse(expected)),
        }
    }

    /// The bytes of a `B`, owned; moved where the source is.
    ///
    /// # Errors
    ///
    /// Any other tag.
    pub fn into_byte_vec(self, expected: Expected) -> Result<Vec<u8>, Unfit> {
        match self.into_content() {
            Ok(Content::Owned(bytes)) => Ok(mem::take(bytes)),
            Ok(Content::Borrowed(bytes)) => Ok(bytes.to_vec()),
            Err(attribute) => Err(attribute.refuse(expected)),
        }
    }

    /// The value of a `BOOL`.
    ///
    /// # Errors
    ///
    /// Any other tag.
    pub fn into_bool(self, expected: Expected) -> Result<bool, Unfit> {
        match self.value {
            Value::Owned(&mut AttributeValue::Bool(value)) | Value::Borrowed(&AttributeValue::Bool(value)) => Ok(value),
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
            Value::OwnedString(text) => AttributeValue::S(mem::take(text)),
            Value::BorrowedString(text) => AttributeValue::S(text.clone()),
            Value::OwnedNumber(text) => AttributeValue::N(mem::take(text)),
            Value::BorrowedNumber(text) => AttributeValue::N(text.clone()),
            Value::OwnedBytes(bytes) => AttributeValue::B(mem::take(bytes)),
            Value::BorrowedBytes(bytes) => AttributeValue::B(bytes.clone()),
            Value::Rest(..) => return read_map(self, AttributeValue::EXPECTED).map(AttributeValue::M),
        };
        Ok(owned)
    }

    /// The attributes of an `M`.
    pub(crate) fn into_image(self, expected: Expected) -> Result<Image<'r>, Unfit> {
        let source = match self.value {
            Value::Owned(AttributeValue::M(map)) => Source::Owned(map),
            Value::Borrowed(AttributeValue::M(map)) => Source::Borrowed(map),
            Value::Rest(source, left) => return Ok(Image::rest(source, mem::take(left), self.report, self.depth)),
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
            Value::Owned(AttributeValue::Ss(texts)) => Elements::OwnedTexts(Text::S, texts.iter_mut()),
            Value::Borrowed(AttributeValue::Ss(texts)) => Elements::BorrowedTexts(Text::S, texts.iter()),
            Value::Owned(AttributeValue::Ns(texts)) => Elements::OwnedTexts(Text::N, texts.iter_mut()),
            Value::Borrowed(AttributeValue::Ns(texts)) => Elements::BorrowedTexts(Text::N, texts.iter()),
            Value::Owned(AttributeValue::Bs(bytes)) => Elements::OwnedBytes(bytes.iter_mut()),
            Value::Borrowed(AttributeValue::Bs(bytes)) => Elements::BorrowedBytes(bytes.iter()),
            _ => return Err(self.refuse(expected)),
        };
        if self.depth >= MAX_DEPTH {
            return Err(refuse_depth());
        }
        Ok(List::new(elements, tag, self.report, self.depth + 1))
    }

    fn into_text(self, text: Text) -> Result<Content<'r, str, String>, Self> {
        match (text, self.value) {
            (Text::S, Value::Owned(AttributeValue::S(text)) | Value::OwnedString(text))
            | (Text::N, Value::Owned(AttributeValue::N(text)) | Value::OwnedNumber(text)) => Ok(Content::Owned(text)),
            (Text::S, Value::Borrowed(AttributeValue::S(text)) | Value::BorrowedString(text))
            | (Text::N, Value::Borrowed(AttributeValue::N(text)) | Value::BorrowedNumber(text)) => {
                Ok(Content::Borrowed(text))
            }
            (_, value) => Err(Self { value, ..self }),
        }
    }

    fn into_content(self) -> Result<Content<'r, [u8], Vec<u8>>, Self> {
        match self.value {
            Value::Owned(AttributeValue::B(bytes)) | Value::OwnedBytes(bytes) => Ok(Content::Owned(bytes)),
            Value::Borrowed(AttributeValue::B(bytes)) | Value::BorrowedBytes(bytes) => Ok(Content::Borrowed(bytes)),
            value => Err(Self { value, ..self }),
        }
    }
}

impl<'r> Content<'r, str, String> {
    fn into_str(self) -> &'r str {
        match self {
            Self::Owned(text) => text,
            Self::Borrowed(text) => text,
        }
    }

    fn into_string(self) -> String {
        match self {
            Self::Owned(text) => mem::take(text),
            Self::Borrowed(text) => text.to_owned(),
        }
    }
}
