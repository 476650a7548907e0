//! Reads one attribute value in JSON text, `{"N":"7"}`, or one element of a set, `"7"`.

use crate::attribute_type::AttributeType;
use crate::error::{AttributeError, Malformed, Refusal};
use crate::json::reader::{JsonReader, SyntaxError};

/// Reads the next attribute value, or the next element of a set if `set_type` is given. All
/// elements of a set have that type.
///
/// Afterwards, the JSON reader is past the value, even if `read` consumed only a part of it.
///
/// # Errors
///
/// The outer error means that the JSON is not an attribute value; the inner error is the one of
/// `read`.
#[inline]
pub(crate) fn read_attribute<T>(
    json: &mut JsonReader<'_>,
    set_type: Option<AttributeType>,
    read: impl FnOnce(AttributeType, JsonReader<'_>) -> Result<T, AttributeError>,
) -> Result<Result<T, AttributeError>, Refusal> {
    let opened = open(json, set_type)?;
    let read = read(opened.attribute_type, json.reborrow());
    close(json, &opened, read.is_ok())?;
    Ok(read)
}

struct Opened {
    attribute_type: AttributeType,
    /// The position of the value.
    start: usize,
    /// The position of its content, which is `start` for an element of a set.
    content: usize,
}

/// Moves to the content of the value, or past the value if it is malformed.
fn open(json: &mut JsonReader<'_>, set_type: Option<AttributeType>) -> Result<Opened, Refusal> {
    let start = json.position();
    let attribute_type = match set_type {
        Some(attribute_type) => attribute_type,
        None => open_type(json).inspect_err(|_| skip_from(json, start))?,
    };
    Ok(Opened { attribute_type, start, content: json.position() })
}

/// Moves past the value.
fn close(json: &mut JsonReader<'_>, opened: &Opened, is_read: bool) -> Result<(), Refusal> {
    if !is_read {
        skip_from(json, opened.start);
        return Ok(());
    }
    // An implementation of `FromAttribute` need not read the value.
    if json.position() == opened.content {
        skip_from(json, opened.content);
    }
    let is_set_element = opened.content == opened.start;
    if is_set_element || json.take(b'}') || json.is_broken() {
        return Ok(());
    }
    skip_from(json, opened.start);
    Err(Malformed::SeveralTypes.into())
}

/// Reads the `{"N":` of a value, and checks that its content begins like an `N`.
#[inline]
fn open_type(json: &mut JsonReader<'_>) -> Result<AttributeType, Refusal> {
    let attribute_type = match json.take_letter() {
        Some(letter) => AttributeType::of_letter(letter).ok_or(Malformed::UnknownType)?,
        None => open_any_type(json)?,
    };
    let fits = matches!(
        (attribute_type, json.peek_value()?),
        (AttributeType::S | AttributeType::N | AttributeType::B, b'"')
            | (AttributeType::Bool | AttributeType::Null, b't' | b'f')
            | (AttributeType::M, b'{')
            | (AttributeType::L | AttributeType::Ss | AttributeType::Ns | AttributeType::Bs, b'[')
    );
    if fits { Ok(attribute_type) } else { Err(Malformed::Content(attribute_type).into()) }
}

fn open_any_type(json: &mut JsonReader<'_>) -> Result<AttributeType, Refusal> {
    if !json.take(b'{') {
        return Err(Malformed::NotAnObject.into());
    }
    if json.take(b'}') {
        return Err(Malformed::NoType.into());
    }
    let name = json.read_name()?;
    Ok(AttributeType::parse(&name).ok_or(Malformed::UnknownType)?)
}

/// Moves past the value that begins at `start`, wherever its reader stopped.
#[cold]
fn skip_from(json: &mut JsonReader<'_>, start: usize) {
    json.rewind(start);
    // The cursor records a syntax error.
    let _: Result<(), SyntaxError> = json.skip_value();
}

impl From<SyntaxError> for Refusal {
    fn from(SyntaxError: SyntaxError) -> Self {
        Self::Reported
    }
}
