//! Where one value is kept.

use serde_dynamo::AttributeValue;

use crate::error::{Expected, Found, Malformed};
use crate::json::{Broken, Json};
use crate::read::attribute::Attribute;
use crate::read::report::Report;
use crate::read::source::Source;
use crate::tag::Tag;
use crate::unfit::Unfit;

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
    /// What stands in JSON text behind a tag, or as an element of a set.
    Json(Tag, Json<'r>),
    /// The attributes of an image that nobody mapped, by position.
    Rest(Source<'r>, &'r mut Vec<usize>),
}

impl Value<'_> {
    pub(super) fn tag(&self) -> Tag {
        match self {
            Value::Owned(value) => Tag::of(value),
            Value::Borrowed(value) => Tag::of(value),
            Value::OwnedString(_) | Value::BorrowedString(_) => Tag::S,
            Value::OwnedNumber(_) | Value::BorrowedNumber(_) => Tag::N,
            Value::OwnedBytes(_) | Value::BorrowedBytes(_) => Tag::B,
            Value::Json(tag, _) => *tag,
            Value::Rest(..) => Tag::M,
        }
    }
}

/// Reads the JSON value that comes next, which has a tag of its own, or is the element of a set. Wherever `from` stops, the reader
/// is behind the value afterwards.
pub(super) fn read_json<T>(
    json: &mut Json<'_>,
    element: Option<Tag>,
    report: &mut Report,
    depth: usize,
    expected: Expected,
    from: impl FnOnce(Attribute<'_>) -> Result<T, Unfit>,
) -> Result<T, Unfit> {
    let before = json.peek_value().map(|_| json.position()).map_err(|Broken| Unfit::reported())?;
    let tag = match element {
        Some(tag) => Ok(tag),
        None => open_tag(json).ok_or_else(Unfit::reported)?,
    };
    let content = json.position();
    let read = match tag {
        Ok(tag) => from(Attribute::new(Value::Json(tag, json.reborrow()), report, depth)),
        Err(found) => Err(Unfit::mismatch(expected, found)),
    };
    if read.is_err() {
        skip_from(json, before);
        return read;
    }
    // An implementation need not look at the value.
    if json.position() == content {
        skip_from(json, content);
    }
    if element.is_some() || json.take(b'}') || json.is_broken() {
        return read;
    }
    skip_from(json, before);
    Err(Unfit::mismatch(expected, Found::Malformed(Malformed::SeveralTags)))
}

/// Reads the `{"N":` of a value, and leaves the reader at what is inside; `None` if the text is not JSON.
#[inline]
fn open_tag(json: &mut Json<'_>) -> Option<Result<Tag, Found>> {
    let tag = match json.take_letter() {
        Some(letter) => Tag::of_letter(letter).ok_or(Malformed::UnknownTag),
        None => open_any_tag(json)?,
    };
    let tag = match tag {
        Ok(tag) => tag,
        Err(malformed) => return Some(Err(Found::Malformed(malformed))),
    };
    let fits = matches!(
        (tag, json.peek_value().ok()?),
        (Tag::S | Tag::N | Tag::B, b'"')
            | (Tag::Bool | Tag::Null, b't' | b'f')
            | (Tag::M, b'{')
            | (Tag::L | Tag::Ss | Tag::Ns | Tag::Bs, b'[')
    );
    Some(if fits { Ok(tag) } else { Err(Found::Malformed(Malformed::Content(tag))) })
}

fn open_any_tag(json: &mut Json<'_>) -> Option<Result<Tag, Malformed>> {
    if !json.take(b'{') {
        return Some(Err(Malformed::NotTagged));
    }
    if json.take(b'}') {
        return Some(Err(Malformed::NoTag));
    }
    let name = json.read_name().ok()?;
    Some(Tag::parse(&name).ok_or(Malformed::UnknownTag))
}

/// Goes past the value that begins at `value`, wherever its reading ended.
fn skip_from(json: &mut Json<'_>, value: usize) {
    json.rewind(value);
    // The cursor knows if that is no JSON.
    let _: Result<(), Broken> = json.skip_value();
}
