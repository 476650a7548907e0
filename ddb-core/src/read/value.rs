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
    /// The text of an `S` or an `N`, as the element of a set.
    OwnedText(Tag, &'r mut String),
    /// The same, or what JSON text has as a string without escapes: an `S`, an `N`, or the base64
    /// of a `B`.
    Text(Tag, &'r str),
    /// A `B`, as the element of a set.
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
            Value::OwnedText(tag, _) | Value::Text(tag, _) | Value::Json(tag, _) => *tag,
            Value::OwnedBytes(_) | Value::BorrowedBytes(_) => Tag::B,
            Value::Rest(..) => Tag::M,
        }
    }
}

/// What is left to do behind a value in JSON text that is being read: nothing if it has been taken
/// as a whole.
#[derive(Default)]
pub(super) enum Opened {
    #[default]
    Whole,
    Content {
        /// Where the value begins, if it has a tag around its content.
        tagged: Option<usize>,
        /// Where the content begins.
        content: usize,
    },
}

/// Goes to what is inside the JSON value that comes next, an attribute value or the element of a
/// set of that tag; behind it, if it does not fit. Whatever comes of reading it, [`Opened::close`]
/// is next.
///
/// This and `close` are compiled once, and not for each type that is read.
pub(super) fn open<'r>(
    json: &'r mut Json<'_>,
    element: Option<Tag>,
    opened: &mut Opened,
) -> Result<Value<'r>, Refusal> {
    let start = json.position();
    let tag = match element {
        Some(tag) => tag,
        None => open_tag(json).inspect_err(|_| skip_from(json, start))?,
    };
    *opened =
        Opened::Content { tagged: element.is_none().then_some(start), content: json.position() };
    Ok(Value::Json(tag, json.reborrow()))
}

impl Opened {
    /// Goes behind the value, wherever its reading ended.
    #[inline]
    pub(super) fn close(self, json: &mut Json<'_>, is_read: bool) -> Result<(), Refusal> {
        match self {
            Self::Whole => Ok(()),
            Self::Content { tagged, content } => close(json, tagged, content, is_read),
        }
    }
}

fn close(
    json: &mut Json<'_>,
    tagged: Option<usize>,
    content: usize,
    is_read: bool,
) -> Result<(), Refusal> {
    if !is_read {
        skip_from(json, tagged.unwrap_or(content));
        return Ok(());
    }
    // An implementation need not look at the value.
    if json.position() == content {
        skip_from(json, content);
    }
    let Some(start) = tagged else { return Ok(()) };
    if json.take(b'}') || json.is_broken() {
        return Ok(());
    }
    skip_from(json, start);
    Err(Malformed::SeveralTags.into())
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
