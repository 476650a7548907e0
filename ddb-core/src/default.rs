//! What stands for a field's value.

/// The type of a field in a struct with a lossy conversion: every type that has a `Default`.
///
/// It is there for what the compiler says of a type that has none.
#[diagnostic::on_unimplemented(
    message = "the field's type `{Self}` has no default",
    label = "a lossy conversion needs a default for each field",
    note = "name one: `#[ddb(default = …)]` on the field, or `Default` for a type of yours",
    note = "or leave the lossy conversion out: `#[ddb(strict)]` on the struct gives `TryFrom<Item>` in the place of `From<Item>`"
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

/// The type of a field with `#[ddb(default)]` or `#[ddb(skip)]`, and of a struct with
/// `#[ddb(default)]`: every type that has a `Default`.
///
/// It is there for what the compiler says of a type that has none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no default",
    label = "`Default` is not implemented for it",
    note = "name one: `default = …`, with `skip` as well",
    note = "or derive or implement `Default` for a type of yours"
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
