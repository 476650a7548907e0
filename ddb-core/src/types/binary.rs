//! Bytes of a fixed length, from a `B`.

use crate::error::{Expected, Found};
use crate::read::Attribute;
use crate::tag::Tag;
use crate::unfit::Unfit;

pub(super) fn read_bytes<const N: usize>(
    attribute: Attribute<'_>,
    expected: Expected,
) -> Result<[u8; N], Unfit> {
    let bytes = attribute.into_bytes(expected)?;
    (*bytes)
        .try_into()
        .map_err(|_| Unfit::mismatch(expected.with_length(N), Found::Length(Tag::B, bytes.len())))
}
