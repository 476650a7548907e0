//! `Option`: an attribute that may be missing or `NULL`.

use crate::attribute::FromAttribute;
use crate::error::{AttributeError, Expected};
use crate::read::{Absence, Attribute, EntryValue};
use crate::schema::Schema;

/// A `NULL` reads as `None`. In an `Option<Option<T>>`, the outer `Option` is `None` only if the
/// attribute is missing, and a `NULL` is `Some(None)`.
impl<T: FromAttribute> FromAttribute for Option<T> {
    const EXPECTED: Expected = T::EXPECTED;

    const SCHEMA: &'static Schema = T::SCHEMA;

    #[inline]
    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        if attribute.is_null() && !const { T::ABSENCE.is_option() } {
            return Ok(None);
        }
        T::from_attribute(attribute).map(Some)
    }

    const ABSENCE: Absence<Self> = Absence::option(|| Some(None));

    #[inline]
    fn from_plain(value: &mut EntryValue<'_, '_>) -> Option<Self> {
        T::from_plain(value).map(Some)
    }
}
