//! `Option`: an attribute that may be missing or `NULL`.

use serde_dynamo::AttributeValue;

use crate::attribute::{FromAttribute, IntoAttribute};
use crate::error::{AttributeError, Expected, Unwritable};
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

/// A `None` is left out of a struct, and a `NULL` in a list or a map. In an `Option<Option<T>>`,
/// the inner `None` is a `NULL` in a struct, and an error elsewhere.
impl<T: IntoAttribute> IntoAttribute for Option<T> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        match self {
            None => Ok(AttributeValue::Null(true)),
            Some(value) if T::OPTIONS > 0 => value
                .into_field()?
                .ok_or_else(|| AttributeError::unwritable(Unwritable::NestedNone)),
            Some(value) => value.into_attribute(),
        }
    }

    fn into_field(self) -> Result<Option<AttributeValue>, AttributeError> {
        match self {
            None => Ok(None),
            Some(value) if T::OPTIONS > 0 => value.into_attribute().map(Some),
            Some(value) => value.into_field(),
        }
    }

    const OPTIONS: usize = T::OPTIONS + 1;
}
