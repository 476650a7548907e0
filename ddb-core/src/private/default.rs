//! Defaults of fields.

use std::marker::PhantomData;

use crate::attribute::FromAttribute;

/// The type of a field in a type with a lossy conversion: one that implements `Default`.
///
/// Equivalent to `Default`. It exists only so that rustc prints this diagnostic when the bound is
/// missing.
#[diagnostic::on_unimplemented(
    message = "the field's type `{Self}` has no default",
    label = "a lossy conversion needs a default for each field",
    note = "name one: `#[ddb(default = …)]` on the field, or `Default` for a type of yours",
    note = "or leave the lossy conversion out: `#[ddb(strict)]` on the struct, which then needs no \
            defaults, and has `TryFrom<Item>` instead of `From<Item>` if it is a whole item"
)]
pub trait LossyDefault: Sized {
    /// Returns the default.
    #[must_use]
    fn __lossy_value() -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: Default> LossyDefault for T {
    fn __lossy_value() -> Self {
        T::default()
    }
}

/// The type of a field with `#[ddb(default)]` or `#[ddb(skip)]`, and of a struct with
/// `#[ddb(default)]`: one that implements `Default`.
///
/// Equivalent to `Default`. It exists only so that rustc prints this diagnostic when the bound is
/// missing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no default",
    label = "`Default` is not implemented for it",
    note = "name one: `default = …`, with `skip` as well",
    note = "or derive or implement `Default` for a type of yours"
)]
pub trait FieldDefault: Sized {
    /// Returns the default.
    #[must_use]
    fn __field_value() -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: Default> FieldDefault for T {
    fn __field_value() -> Self {
        T::default()
    }
}

/// Selects the default that a field of type `T` has in a lossy conversion.
///
/// The three traits below have the same method, for `&&DefaultOf`, `&DefaultOf` and `DefaultOf`,
/// and method resolution tries them in that order. A type that cannot be read already is a compile
/// error, so the last trait spares it a second error about its missing default.
pub struct DefaultOf<T>(PhantomData<fn() -> T>);

impl<T> DefaultOf<T> {
    /// The type `T`.
    pub const TYPE: Self = Self(PhantomData);
}

/// A type with a default.
pub trait HasDefault<T> {
    #[doc(hidden)]
    fn __lossy_default(self) -> fn() -> T;
}

impl<T: Default> HasDefault<T> for &&DefaultOf<T> {
    fn __lossy_default(self) -> fn() -> T {
        T::default
    }
}

/// A type that can be read but has no default, which is a compile error.
pub trait NeedsDefault<T> {
    #[doc(hidden)]
    fn __lossy_default(self) -> fn() -> T
    where
        T: LossyDefault;
}

impl<T: FromAttribute> NeedsDefault<T> for &DefaultOf<T> {
    fn __lossy_default(self) -> fn() -> T
    where
        T: LossyDefault,
    {
        <T as LossyDefault>::__lossy_value
    }
}

/// A type that cannot be read.
pub trait Unreadable<T> {
    #[doc(hidden)]
    fn __lossy_default(self) -> fn() -> T;
}

impl<T> Unreadable<T> for DefaultOf<T> {
    fn __lossy_default(self) -> fn() -> T {
        || unreachable!("a type that cannot be read does not compile")
    }
}
