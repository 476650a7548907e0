//! Lists.

use serde_dynamo::AttributeValue;

use crate::attribute::IntoAttribute;
use crate::error::{AttributeError, KEPT_PROBLEMS, PendingProblem};

/// Writes an `L`.
pub(crate) fn write_list<T: IntoAttribute>(
    elements: impl ExactSizeIterator<Item = T>,
) -> Result<AttributeValue, AttributeError> {
    collect_list(elements.map(T::into_attribute))
}

/// Writes the elements of a tuple struct.
///
/// # Errors
///
/// Returns an error with the problems of each element.
pub fn collect_tuple<const N: usize>(
    elements: [Result<AttributeValue, AttributeError>; N],
) -> Result<AttributeValue, AttributeError> {
    collect_list(elements)
}

/// Collects the elements of an `L`, or their problems.
pub(crate) fn collect_list(
    elements: impl IntoIterator<Item = Result<AttributeValue, AttributeError>>,
) -> Result<AttributeValue, AttributeError> {
    let elements = elements.into_iter();
    let mut list = Vec::with_capacity(elements.size_hint().0);
    let mut problems = Vec::new();
    for (index, element) in elements.enumerate() {
        match element {
            Ok(value) => list.push(value),
            Err(error) => add_problems(&mut problems, index, error),
        }
    }
    if problems.is_empty() {
        Ok(AttributeValue::L(list))
    } else {
        Err(AttributeError::inside(problems))
    }
}

/// Adds the problems of the element with this index.
#[cold]
pub(super) fn add_problems(
    problems: &mut Vec<PendingProblem>,
    index: usize,
    error: AttributeError,
) {
    let room = KEPT_PROBLEMS.saturating_sub(problems.len());
    problems.extend(error.into_problems().into_iter().take(room).map(|mut problem| {
        problem.enter_index(index);
        problem
    }));
}
