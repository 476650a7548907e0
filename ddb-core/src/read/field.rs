use crate::attribute::FromAttribute;
use crate::error::Expected;
use crate::read::Attribute;
use crate::unfit::Unfit;

/// How a field is read: a constant that the derive writes, one a field.
///
/// All bounds on a field's type are met where this is made, so that a type that cannot be read is one error.
#[derive(Clone, Copy)]
pub struct Field<T> {
    /// The attribute's name, then its aliases.
    names: &'static [&'static str],
    expected: Expected,
    from: fn(Attribute<'_>) -> Result<T, Unfit>,
    absent: fn() -> Option<T>,
    null_is_absent: bool,
}

impl<T> Field<T> {
    /// A field whose type says how it is read.
    #[must_use]
    pub const fn plain(names: &'static [&'static str]) -> Self
    where
        T: FromAttribute,
    {
        Self { names, expected: T::EXPECTED, from: T::from_attribute, absent: T::absent, null_is_absent: false }
    }

    /// A field that a conversion reads.
    #[must_use]
    pub const fn converted(
        names: &'static [&'static str],
        expected: Expected,
        from: fn(Attribute<'_>) -> Result<T, Unfit>,
        absent: fn() -> Option<T>,
    ) -> Self {
        Self { names, expected, from, absent, null_is_absent: false }
    }

    /// The field has a default of its own, which `NULL` stands for as well.
    #[must_use]
    pub const fn with_default(mut self) -> Self {
        self.null_is_absent = true;
        self
    }

    pub(super) fn names(&self) -> &'static [&'static str] {
        self.names
    }

    pub(super) fn expected(&self) -> Expected {
        self.expected
    }

    pub(super) fn absent(&self) -> Option<T> {
        (self.absent)()
    }

    pub(super) fn read(&self, attribute: Attribute<'_>) -> Result<Reading<T>, Unfit> {
        if self.null_is_absent && attribute.is_null() {
            return Ok(Reading::Missing);
        }
        (self.from)(attribute).map(Reading::Read)
    }
}

/// A field's value on its way from the image into the struct.
pub struct Slot<'f, T> {
    pub(super) field: &'f Field<T>,
    /// The index among the field's names of the attribute that filled the slot.
    pub(super) rank: Option<u8>,
    pub(super) reading: Reading<T>,
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
        Self { field, rank: None, reading: Reading::Missing }
    }
}
