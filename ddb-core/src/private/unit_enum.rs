//! Enums without data, from the text of an `S`.

use crate::attribute::FromAttribute;
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected, Found};
use crate::read::Attribute;

/// An enum without data, which is read by the names of its variants.
pub trait UnitEnum: Sized {
    /// The names of the variants without aliases, for error messages.
    const NAMES: &'static [&'static str];

    /// Returns the variant with this name or alias, or the `other` variant.
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
/// Returns an error if the attribute is not an `S`, or if its text is not the name of a variant.
pub fn read_variant<T: UnitEnum + FromAttribute>(
    attribute: Attribute<'_>,
) -> Result<T, AttributeError> {
    let name = attribute.into_str(T::EXPECTED)?;
    T::from_variant_name(name)
        .ok_or_else(|| AttributeError::mismatch(T::EXPECTED, Found::OtherName))
}
