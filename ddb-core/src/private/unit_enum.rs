//! Enums without data: the text of an `S`, or an `N`.

use serde_dynamo::AttributeValue;

use crate::attribute::{FromAttribute, IntoAttribute as _};
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected, Found, Unwritable, write_names, write_numbers};
use crate::number::decimal::{NumberError, parse_signed};
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
    let expected = Expected::of::<T>(AttributeTypes::of(&[AttributeType::S]));
    if T::NAMES.is_empty() { expected } else { expected.with_choices(|f| write_names(f, T::NAMES)) }
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

/// An enum without data, which is read by the discriminants of its variants.
pub trait NumberedEnum: Sized {
    /// The discriminants, for error messages.
    const NUMBERS: &'static [i128];

    /// Returns the variant with this discriminant, or the `other` variant.
    fn from_number(number: i128) -> Option<Self>;
}

/// The [`Expected`] of a [`NumberedEnum`].
#[must_use]
pub const fn expect_number<T: NumberedEnum>() -> Expected {
    let expected = Expected::of::<T>(AttributeTypes::of(&[AttributeType::N]));
    if T::NUMBERS.is_empty() {
        expected
    } else {
        expected.with_choices(|f| write_numbers(f, T::NUMBERS))
    }
}

/// Reads the variant with the number as its discriminant.
///
/// # Errors
///
/// Returns an error if the attribute is not an `N`, or if its number is not a discriminant.
pub fn read_numbered<T: NumberedEnum + FromAttribute>(
    attribute: Attribute<'_>,
) -> Result<T, AttributeError> {
    let text = attribute.into_number_str(T::EXPECTED)?;
    let variant = match parse_signed(text) {
        Ok(number) => T::from_number(number),
        Err(NumberError::Invalid) => {
            return Err(AttributeError::mismatch(T::EXPECTED, Found::InvalidNumber));
        }
        // No discriminant is a fraction or this large, but the `other` variant takes both.
        Err(_) => T::from_number(i128::MIN),
    };
    variant.ok_or_else(|| AttributeError::mismatch(T::EXPECTED, Found::OtherNumber))
}

/// Reads the variant whose discriminant is the key of a map.
#[must_use]
pub fn numbered_key<T: NumberedEnum>(name: &str) -> Option<T> {
    T::from_number(name.parse().ok()?)
}

/// An enum without data, which is written by the names of its variants.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is read from a key by the names of its variants, but cannot be written so",
    label = "no `IntoAttribute` derived",
    note = "derive `IntoAttribute` for the enum"
)]
pub trait VariantName {
    /// The name of the variant. `None` for an `other` variant without the name that it was read
    /// from, or with that of another variant.
    fn variant_name(&self) -> Option<&str>;
}

/// Writes the name of the variant.
///
/// # Errors
///
/// Returns an error for an `other` variant without a name.
pub fn write_variant_name(variant: &impl VariantName) -> Result<AttributeValue, AttributeError> {
    name_of_variant(variant).map(AttributeValue::S)
}

/// An enum without data, which is written by the discriminants of its variants.
pub trait VariantNumber {
    /// The discriminant of the variant. `None` for an `other` variant.
    fn variant_number(&self) -> Option<i128>;
}

/// Writes the discriminant of the variant.
///
/// # Errors
///
/// Returns an error for an `other` variant.
pub fn write_variant_number(
    variant: &impl VariantNumber,
) -> Result<AttributeValue, AttributeError> {
    let number = variant.variant_number();
    number.ok_or_else(|| AttributeError::unwritable(Unwritable::NoForm))?.into_attribute()
}

/// Writes the name of the variant as the key of a map.
///
/// # Errors
///
/// Returns an error for an `other` variant without a name.
pub fn name_of_variant(variant: &impl VariantName) -> Result<String, AttributeError> {
    let name = variant.variant_name();
    Ok(name.ok_or_else(|| AttributeError::unwritable(Unwritable::NoForm))?.to_owned())
}

/// Writes the discriminant of the variant as the key of a map.
///
/// # Errors
///
/// Returns an error for an `other` variant.
pub fn name_of_number(variant: &impl VariantNumber) -> Result<String, AttributeError> {
    let number = variant.variant_number();
    Ok(number.ok_or_else(|| AttributeError::unwritable(Unwritable::NoForm))?.to_string())
}
