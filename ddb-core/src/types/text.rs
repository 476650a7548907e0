//! Types of other crates that are parsed from an `S`.

use std::error::Error;

use crate::attribute_type::AttributeType;
use crate::error::{AttributeError, Expected};
use crate::read::Attribute;

/// Parses the text of an `S`. The parser's error may quote the text, so it becomes the cause.
pub(super) fn parse_text<T, E: Into<Box<dyn Error + Send + Sync>>>(
    attribute: Attribute<'_>,
    expected: Expected,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> Result<T, AttributeError> {
    let text = attribute.into_str(expected)?;
    parse(text)
        .map_err(|cause| AttributeError::refused(expected, Some(AttributeType::S), cause.into()))
}
