//! What may be missing or `NULL`.

use crate::attribute::FromAttribute;
use crate::error::Expected;
use crate::read::{Attribute, Place};
use crate::unfit::Unfit;

impl<T: FromAttribute> FromAttribute for Option<T> {
    const EXPECTED: Expected = T::EXPECTED;

    #[inline]
    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
        if attribute.is_null() {
            return Ok(None);
        }
        T::from_attribute(attribute).map(Some)
    }

    #[inline]
    fn from_plain(place: &mut Place<'_, '_>) -> Option<Self> {
        T::from_plain(place).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}
