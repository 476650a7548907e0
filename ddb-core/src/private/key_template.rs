//! Fields that are part of a key's text.
//!
//! A field is parsed with `FromStr`, and an enum without data by the names of its variants. The
//! traits below have the same method, for `&&KeyField` and `&KeyField`, and method resolution tries
//! them in that order. Writing adds `&&&KeyField`. An `Option<T>` field is read as a `T`:
//! [`KeyField<Option<T>>`] has inherent functions, which take precedence over those of
//! [`KeyShape`].

use std::fmt::Display;
use std::marker::PhantomData;

use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{Cause, Expected};
use crate::private::conversion::FromText;
use crate::private::unit_enum::{UnitEnum, VariantName};
use crate::read::{Absence, FieldType};
use crate::write::PieceText;

const TEXT: AttributeTypes = AttributeTypes::of(&[AttributeType::S]);

/// The [`Expected`] of a key attribute of `T`, whose template is part of the message.
#[must_use]
pub const fn expect_key<T>(template: &'static str) -> Expected {
    Expected::of::<T>(TEXT).at(template)
}

/// The [`FieldType`] of a field in a key. `place` is the field with its template.
#[must_use]
pub const fn key_field<T>(
    expected: Expected,
    absence: Absence<T>,
    place: &'static str,
) -> FieldType<T> {
    FieldType::new(expected.at(place), absence)
}

/// The type of a field in a key.
pub struct KeyField<T>(PhantomData<fn() -> T>);

impl<T> KeyField<Option<T>> {
    #[doc(hidden)]
    pub const EXPECTED: Expected = Expected::of::<T>(TEXT);

    #[doc(hidden)]
    pub const ABSENCE: Absence<Option<T>> = Absence::option(|| Some(None));

    #[doc(hidden)]
    #[must_use]
    pub const fn __inner() -> KeyField<T> {
        KeyField(PhantomData)
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __wrap(value: T) -> Option<T> {
        Some(value)
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __as_option(value: &Option<T>) -> Option<&T> {
        value.as_ref()
    }
}

/// A type that is not an `Option`.
pub trait KeyShape {
    /// The type of the field.
    type Field;

    #[doc(hidden)]
    const EXPECTED: Expected;

    #[doc(hidden)]
    const ABSENCE: Absence<Self::Field>;

    #[doc(hidden)]
    fn __inner() -> Self;

    #[doc(hidden)]
    fn __wrap(value: Self::Field) -> Self::Field;

    #[doc(hidden)]
    fn __as_option(value: &Self::Field) -> Option<&Self::Field>;
}

impl<T> KeyShape for KeyField<T> {
    type Field = T;

    const EXPECTED: Expected = Expected::of::<T>(TEXT);

    const ABSENCE: Absence<T> = Absence::REQUIRED;

    fn __inner() -> Self {
        Self(PhantomData)
    }

    fn __wrap(value: T) -> T {
        value
    }

    fn __as_option(value: &T) -> Option<&T> {
        Some(value)
    }
}

/// An enum without data.
pub trait ParseVariant<T> {
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc, reason = "not public: the derive names it")]
    fn __parse_key(self, text: &str) -> Result<T, Cause>;
}

impl<T: UnitEnum> ParseVariant<T> for &&KeyField<T> {
    fn __parse_key(self, text: &str) -> Result<T, Cause> {
        T::from_variant_name(text).ok_or_else(|| "not the name of a variant".into())
    }
}

/// Any other type, which has to implement `FromStr`.
pub trait ParseKey<T> {
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc, reason = "not public: the derive names it")]
    fn __parse_key(self, text: &str) -> Result<T, Cause>
    where
        T: FromKey;
}

impl<T> ParseKey<T> for &KeyField<T> {
    fn __parse_key(self, text: &str) -> Result<T, Cause>
    where
        T: FromKey,
    {
        T::__parse_text(text)
    }
}

/// A type that is parsed from the text of a key.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of a key",
    label = "no `FromStr` with a usable error, and no enum without data that derives `FromAttribute`",
    note = "a field of a template is parsed with `FromStr`, whose error converts `Into<Box<dyn Error \
            + Send + Sync>>`"
)]
pub trait FromKey: FromText {}

#[diagnostic::do_not_recommend]
impl<T: FromText> FromKey for T {}

/// An enum without data that is read from a key by the names of its variants, and has to be written
/// so.
pub trait WriteUnitEnum<T> {
    #[doc(hidden)]
    fn __key_text(self, value: &T) -> PieceText
    where
        T: VariantName;
}

impl<T: UnitEnum> WriteUnitEnum<T> for &&&KeyField<T> {
    fn __key_text(self, value: &T) -> PieceText
    where
        T: VariantName,
    {
        (&&KeyField::<T>(PhantomData)).__key_text(value)
    }
}

/// An enum without data, which is written into a key by the names of its variants.
pub trait WriteVariantName<T> {
    #[doc(hidden)]
    fn __key_text(self, value: &T) -> PieceText;
}

impl<T: VariantName> WriteVariantName<T> for &&KeyField<T> {
    fn __key_text(self, value: &T) -> PieceText {
        value.variant_name().map_or(PieceText::NoForm, |name| PieceText::Some(name.to_owned()))
    }
}

/// Any other type, which has to implement `Display`.
pub trait WriteKeyText<T> {
    #[doc(hidden)]
    fn __key_text(self, value: &T) -> PieceText
    where
        T: IntoKey;
}

impl<T> WriteKeyText<T> for &KeyField<T> {
    fn __key_text(self, value: &T) -> PieceText
    where
        T: IntoKey,
    {
        PieceText::Some(value.to_string())
    }
}

/// A type that is written into the text of a key.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of a key",
    label = "neither `Display` nor an enum without data that derives `IntoAttribute`",
    note = "a field of a template is written with `Display`: implement it so that `FromStr` reads \
            the text back"
)]
pub trait IntoKey: Display {}

#[diagnostic::do_not_recommend]
impl<T: Display> IntoKey for T {}

/// A type that a width in a template can pad.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be padded with zeros",
    label = "not an unsigned integer",
    note = "a width such as `{{number:04}}` pads an unsigned integer, so that keys sort: remove the \
            width"
)]
pub trait Padded {}

macro_rules! padded {
    ($($integer:ty),*) => {$(
        impl Padded for $integer {}
    )*};
}

padded!(u8, u16, u32, u64, u128, usize);

impl<T: Padded> Padded for Option<T> {}

/// Compiles if a width in a template can pad the type.
pub const fn check_padded<T: Padded>() {}
