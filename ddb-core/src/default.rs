//! What stands for a field's value.

/// The type of a field in a struct with a lossy conversion: every type that has a `Default`.
///
/// It is there for what the compiler says of a type that has none.
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

/// The type of a field with `#[ddb(default)]` or `#[ddb(skip)]`: every type that has a `Default`.
///
/// It is there for what the compiler says of a type that has none.
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
