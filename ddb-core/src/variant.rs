//! Enums without data, from the text of an `S`.

use crate::attribute::FromAttribute;
use crate::error::{Expected, Found};
use crate::read::Attribute;
use crate::tag::{Tag, Tags};
use crate::unfit::Unfit;

/// An enum that the derive reads by the names of its variants.
pub trait UnitEnum: Sized {
    /// The names, for error messages; aliases are not among them.
    const NAMES: &'static [&'static str];

    /// The variant of that name or alias, or the one that takes all others.
    fn from_variant_name(name: &str) -> Option<Self>;
}

/// What a [`UnitEnum`] is read from.
#[must_use]
pub const fn expect_variant<T: UnitEnum>() -> Expected {
    Expected::of::<T>(Tags::of(&[Tag::S])).with_names(T::NAMES)
}

/// Reads the variant that the text names.
///
/// # Errors
///
/// Any tag but `S`, and a text that names no variant.
pub fn read_variant<T: UnitEnum + FromAttribute>(attribute: Attribute<'_>) -> Result<T, Unfit> {
    let name = attribute.into_str(T::EXPECTED)?;
    T::from_variant_name(name).ok_or_else(|| Unfit::mismatch(T::EXPECTED, Found::OtherName))
}
