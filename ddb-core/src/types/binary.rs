//! Bytes of a fixed length, in a `B`.

use crate::attribute_type::AttributeType;
use crate::error::{AttributeError, Expected, Found};
use crate::read::Attribute;

pub(super) fn read_bytes<const N: usize>(
    attribute: Attribute<'_>,
    expected: Expected,
) -> Result<[u8; N], AttributeError> {
    let bytes = attribute.into_bytes(expected)?;
    (*bytes).try_into().map_err(|_| {
        AttributeError::mismatch(
            expected.with_length(N),
            Found::Length(AttributeType::B, bytes.len()),
        )
    })
}
