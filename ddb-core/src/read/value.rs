//! Where one value is kept.

use serde_dynamo::AttributeValue;

use crate::error::Malformed;
use crate::json::{Broken, Json};
use crate::read::source::Source;
use crate::tag::Tag;
use crate::unfit::Refusal;

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
    /// In a box, because it would be the largest of all these.
    Rest(Box<Rest<'r>>),
}

/// The attributes of an image that nobody mapped, by position.
pub(super) struct Rest<'r> {
    pub(super) source: Source<'r>,
    pub(super) left: Vec<usize>,
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

/// A value in JSON text that is being read.
#[derive(Clone, Copy, Default)]
pub(super) struct Opened {
    /// Where it begins.
    start: usize,
    /// Where what is behind its tag begins.
    content: usize,
    has_tag: bool,
}

impl Opened {
    /// Goes to what is inside the JSON value that comes next: behind its tag, or at it if it is the element of a set. Whatever comes of it,
    /// [`close`](Self::close) is next.
    #[inline]
    pub(super) fn open(&mut self, json: &mut Json<'_>, element: Option<Tag>) -> Result<Tag, Refusal> {
        self.start = json.position();
        self.has_tag = element.is_none();
        let tag = match element {
            Some(tag) => tag,
            None => open_tag(json)?,
        };
        self.content = json.position();
        Ok(tag)
    }

    /// Goes behind the value, wherever its reading ended.
    #[inline]
    pub(super) fn close(&self, json: &mut Json<'_>, is_read: bool) -> Result<(), Refusal> {
        if !is_read {
            skip_from(json, self.start);
            return Ok(());
        }
        // An implementation need not look at the value.
        if json.position() == self.content {
            skip_from(json, self.content);
        }
        if !self.has_tag || json.take(b'}') || json.is_broken() {
            return Ok(());
        }
        skip_from(json, self.start);
        Err(Malformed::SeveralTags.into())
    }
}

/// Reads the `{"N":` of a value, and leaves the reader at what is inside.
#[inline]
fn open_tag(json: &mut Json<'_>) -> Result<Tag, Refusal> {
    let tag = match json.take_letter() {
        Some(letter) => Tag::of_letter(letter).ok_or(Malformed::UnknownTag)?,
        None => open_any_tag(json)?,
    };
    let fits = matches!(
        (tag, json.peek_value()?),
        (Tag::S | Tag::N | Tag::B, b'"')
            | (Tag::Bool | Tag::Null, b't' | b'f')
            | (Tag::M, b'{')
            | (Tag::L | Tag::Ss | Tag::Ns | Tag::Bs, b'[')
    );
    if fits { Ok(tag) } else { Err(Malformed::Content(tag).into()) }
}

fn open_any_tag(json: &mut Json<'_>) -> Result<Tag, Refusal> {
    if !json.take(b'{') {
        return Err(Malformed::NotTagged.into());
    }
    if json.take(b'}') {
        return Err(Malformed::NoTag.into());
    }
    let name = json.read_name()?;
    Ok(Tag::parse(&name).ok_or(Malformed::UnknownTag)?)
}

/// Goes past the value that begins at `value`, wherever its reading ended.
#[cold]
fn skip_from(json: &mut Json<'_>, value: usize) {
    json.rewind(value);
    // The cursor knows if that is no JSON.
    let _: Result<(), Broken> = json.skip_value();
}
