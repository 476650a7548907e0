//! Enums without data, from the text of an `S`.

use crate::attribute::FromAttribute;
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected, Found};
use crate::read::Attribute;

/// An enum that is read by the names of its variants.
pub trait UnitEnum: Sized {
    /// The names, without aliases, for error messages.
    const NAMES: &'static [&'static str];

    /// The variant of that name or alias, or the one that takes every other name.
    fn from_variant_name(name: &str) -> Option<Self>;
}

/// The [`Expected`] of a [`UnitEnum`].
#[must_use]
pub const fn expect_variant<T: UnitEnum>() -> Expected {
    Expected::of::<T>(AttributeTypes::of(&[AttributeType::S])).with_names(T::NAMES)
}

/// Reads the variant that the text names.
///
/// # Errors
///
/// The attribute is not an `S`, or its text does not name a variant.
pub fn read_variant<T: UnitEnum + FromAttribute>(
    attribute: Attribute<'_>,
) -> Result<T, AttributeError> {
    let name = attribute.into_str(T::EXPECTED)?;
    T::from_variant_name(name)
        .ok_or_else(|| AttributeError::mismatch(T::EXPECTED, Found::OtherName))
}
