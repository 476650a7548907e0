//! What stands for a field's value in a lossy conversion.

/// A field's type in a struct without `#[ddb(strict)]`: it has a `Default`.
#[diagnostic::on_unimplemented(
    message = "the field's type `{Self}` has no default",
    label = "a lossy conversion needs a default for each field",
    note = "name one: `#[ddb(default = …)]` on the field",
    note = "or ask for `TryFrom<Item>` in the place of `From<Item>`: `#[ddb(strict)]` on the struct"
)]
pub trait LossyDefault: Sized {
    /// The default.
    #[must_use]
    fn lossy_default() -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: Default> LossyDefault for T {
    fn lossy_default() -> Self {
        T::default()
    }
}

/// The type of a field with `#[ddb(default)]`, or of one that is never read.
#[diagnostic::on_unimplemented(
    message = "the field's type `{Self}` has no default",
    label = "`Default` is not implemented for it",
    note = "name one: `#[ddb(default = …)]` on the field"
)]
pub trait FieldDefault: Sized {
    /// The default.
    #[must_use]
    fn field_default() -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: Default> FieldDefault for T {
    fn field_default() -> Self {
        T::default()
    }
}
