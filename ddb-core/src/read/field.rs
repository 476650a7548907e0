use std::mem;

use crate::error::Expected;

/// The description of a field's type: the expectation for messages, and the value of a missing
/// attribute.
///
/// Generated code checks every bound on the field's type where it creates this, so a type that
/// lacks a bound causes a single error.
pub struct FieldType<T> {
    expected: Expected,
    absence: Absence<T>,
}

impl<T> FieldType<T> {
    /// A type with this expectation.
    #[must_use]
    pub const fn new(expected: Expected, absence: Absence<T>) -> Self {
        Self { expected, absence }
    }

    /// The expectation for error messages.
    #[must_use]
    pub const fn expected(&self) -> Expected {
        self.expected
    }

    /// The absence of the type.
    #[must_use]
    pub const fn absence(&self) -> Absence<T> {
        self.absence
    }

    /// The value of a field whose attribute is missing, if there is one.
    #[must_use]
    pub fn absent(&self) -> Option<T> {
        self.absence.value()
    }
}

/// The value of a field whose attribute is missing, if the field's type has one.
pub struct Absence<T> {
    value: fn() -> Option<T>,
    kind: AbsenceKind,
}

#[derive(Clone, Copy)]
enum AbsenceKind {
    /// There is no value.
    Required,
    /// The value is the `None` of an `Option`.
    Option,
    /// There is another value.
    Value,
}

impl<T> Absence<T> {
    /// A missing attribute is an error.
    pub const REQUIRED: Self = Self { value: || None, kind: AbsenceKind::Required };

    /// An `Option`, which is `None`.
    #[must_use]
    pub const fn option(value: fn() -> Option<T>) -> Self {
        Self { value, kind: AbsenceKind::Option }
    }

    /// A type that is not an `Option` but still has a value, such as a set: DynamoDB does not store
    /// empty sets, so a missing set is an empty one.
    #[must_use]
    pub const fn of(value: fn() -> Option<T>) -> Self {
        Self { value, kind: AbsenceKind::Value }
    }

    /// A type that is read through a conversion. It is required unless it is an `Option`.
    #[must_use]
    pub const fn converted(is_option: bool, value: fn() -> Option<T>) -> Self {
        let kind = if is_option { AbsenceKind::Option } else { AbsenceKind::Required };
        Self { value, kind }
    }

    /// A type that wraps another one, such as `Box`, and has the absence of that type.
    #[must_use]
    pub const fn wrapped<U>(inner: Absence<U>, value: fn() -> Option<T>) -> Self {
        Self { value, kind: inner.kind }
    }

    /// A type that is converted from another one. An `Option` is `None`, and any other type is converted
    /// from the value of that type.
    #[must_use]
    pub const fn converted_from<U>(
        inner: Absence<U>,
        is_option: bool,
        value: fn() -> Option<T>,
    ) -> Self {
        let kind = match inner.kind {
            _ if is_option => AbsenceKind::Option,
            AbsenceKind::Required => AbsenceKind::Required,
            AbsenceKind::Option | AbsenceKind::Value => AbsenceKind::Value,
        };
        Self { value, kind }
    }

    /// The value of a field whose attribute is missing. In a lossy conversion, also the value of a
    /// field whose attribute does not fit. `None` means that the attribute is required.
    #[must_use]
    pub fn value(&self) -> Option<T> {
        (self.value)()
    }

    /// Whether the type is an `Option`, which reads a `NULL` as its own `None`.
    pub(crate) const fn is_option(&self) -> bool {
        matches!(self.kind, AbsenceKind::Option)
    }

    /// Whether there is no value, so that a missing attribute is an error.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        matches!(self.kind, AbsenceKind::Required)
    }
}

impl<T> Clone for Absence<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Absence<T> {}

/// The description of a field, which the derive writes as a constant.
pub struct Field<T> {
    /// The attribute's name, then its aliases.
    names: &'static [&'static str],
    ty: FieldType<T>,
    pub(super) null_is_absent: bool,
}

impl<T> Field<T> {
    /// A field with these names.
    #[must_use]
    pub const fn new(names: &'static [&'static str], field_type: FieldType<T>) -> Self {
        Self { names, ty: field_type, null_is_absent: false }
    }

    /// A field with a default of its own, which also replaces a `NULL`.
    #[must_use]
    pub const fn with_default(names: &'static [&'static str], field_type: FieldType<T>) -> Self {
        Self { names, ty: field_type, null_is_absent: true }
    }

    pub(super) fn names(&self) -> &'static [&'static str] {
        self.names
    }

    pub(super) fn expected(&self) -> Expected {
        self.ty.expected()
    }

    pub(super) fn absent(&self) -> Option<T> {
        self.ty.absent()
    }
}

/// A field's value on its way from the image into the struct.
pub struct Slot<'f, T> {
    pub(super) field: &'f Field<T>,
    pub(super) origin: Option<Origin>,
    pub(super) reading: Reading<T>,
    /// The number of problems inside the attribute that filled the slot.
    pub(super) problems: usize,
}

/// The attribute that filled a slot, and whether it was a `NULL`. The number is its rank: the index
/// of its name among the field's names.
#[derive(Clone, Copy)]
pub(super) enum Origin {
    Value(u16),
    Null(u16),
}

impl Origin {
    pub(super) fn rank(self) -> u16 {
        let (Self::Value(rank) | Self::Null(rank)) = self;
        rank
    }
}

pub(super) enum Reading<T> {
    Missing,
    /// The problem is in the report.
    Failed,
    Read(T),
}

impl<'f, T> Slot<'f, T> {
    /// An empty slot.
    #[must_use]
    pub const fn new(field: &'f Field<T>) -> Self {
        Self { field, origin: None, reading: Reading::Missing, problems: 0 }
    }

    /// Fills an empty slot. The old value is forgotten, because the compiler cannot see that there
    /// is nothing to drop.
    #[inline]
    pub(super) fn fill(&mut self, reading: Reading<T>) {
        mem::forget(mem::replace(&mut self.reading, reading));
    }

    #[cold]
    pub(super) fn clear(&mut self) {
        self.reading = Reading::Missing;
        self.problems = 0;
    }
}
