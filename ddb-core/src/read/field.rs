use std::mem;

use crate::error::Expected;

/// How a type is read, by itself or through a conversion.
///
/// All that a field asks of its type is met where this is made, so that a type that cannot be read
/// is one error.
#[derive(Clone, Copy)]
pub struct Reader<T> {
    /// What it is read from, for error messages.
    pub expected: Expected,
    /// What stands for an attribute that is not there.
    pub absent: fn() -> Option<T>,
}

/// How a field is read: a constant that the derive writes, one a field.
#[derive(Clone, Copy)]
pub struct Field<T> {
    /// The attribute's name, then its aliases.
    names: &'static [&'static str],
    reader: Reader<T>,
    pub(super) null_is_absent: bool,
}

impl<T> Field<T> {
    /// A field of these names.
    #[must_use]
    pub const fn new(names: &'static [&'static str], reader: Reader<T>) -> Self {
        Self { names, reader, null_is_absent: false }
    }

    /// A field with a default of its own, which `NULL` stands for as well.
    #[must_use]
    pub const fn with_default(names: &'static [&'static str], reader: Reader<T>) -> Self {
        Self { names, reader, null_is_absent: true }
    }

    pub(super) fn names(&self) -> &'static [&'static str] {
        self.names
    }

    pub(super) fn expected(&self) -> Expected {
        self.reader.expected
    }

    pub(super) fn absent(&self) -> Option<T> {
        (self.reader.absent)()
    }
}

/// A field's value on its way from the image into the struct.
pub struct Slot<'f, T> {
    pub(super) field: &'f Field<T>,
    /// The index among the field's names of the attribute that filled the slot.
    pub(super) rank: Option<u16>,
    pub(super) reading: Reading<T>,
    /// How many problems the reading had.
    pub(super) problems: usize,
}

pub(super) enum Reading<T> {
    Missing,
    /// The problem is in the report.
    Unfit,
    Read(T),
}

impl<'f, T> Slot<'f, T> {
    /// An empty slot.
    #[must_use]
    pub const fn new(field: &'f Field<T>) -> Self {
        Self { field, rank: None, reading: Reading::Missing, problems: 0 }
    }

    /// Fills the slot, which is empty: there is nothing in it to drop, which the compiler does not
    /// know.
    #[inline]
    pub(super) fn fill(&mut self, reading: Reading<T>) {
        mem::forget(mem::replace(&mut self.reading, reading));
    }

    /// Forgets what the slot was filled with.
    #[cold]
    pub(super) fn clear(&mut self) {
        self.reading = Reading::Missing;
        self.problems = 0;
    }
}
