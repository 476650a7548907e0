//! Tuple structs, from an `L` of exactly their length.

use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected};
use crate::read::{Attribute, FieldType, List};

/// The [`Expected`] of a tuple struct.
#[must_use]
pub const fn expect_tuple<T>() -> Expected {
    Expected::of::<T>(AttributeTypes::of(&[AttributeType::L]))
}

/// Opens the list of a tuple struct.
///
/// # Errors
///
/// Returns an error if the attribute is not an `L`.
pub fn open_tuple(
    attribute: Attribute<'_>,
    expected: Expected,
) -> Result<List<'_>, AttributeError> {
    attribute.into_list(expected)
}

/// Reads the next field. `None` means that its element is missing or does not fit. An element that
/// does not fit is in the report.
pub fn read_element<T>(
    list: &mut List<'_>,
    field_type: &FieldType<T>,
    from_attribute: impl FnOnce(Attribute<'_>) -> Result<T, AttributeError>,
) -> Option<T> {
    list.read_with(|| field_type.expected(), from_attribute, || field_type.absent())?.ok()
}

/// Checks that the list has exactly `length` elements.
///
/// # Errors
///
/// Returns an error if the list has another length.
pub fn close_tuple(
    list: &mut List<'_>,
    length: usize,
    expected: Expected,
) -> Result<(), AttributeError> {
    list.check_length(length, expected)
}

/// Returns the error of a tuple struct with an element that does not fit, which is already in the
/// report.
#[must_use]
pub fn reported() -> AttributeError {
    AttributeError::reported()
}
