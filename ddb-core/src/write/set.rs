//! Sets.

use std::cmp::Ordering;
use std::iter;

use serde_dynamo::AttributeValue;

use crate::attribute::IntoAttribute;
use crate::error::{AttributeError, Unwritable};
use crate::number::decimal::Decimal;
use crate::write::list::{add_problems, collect_list};

/// Writes an `SS`, an `NS` or a `BS`, whichever the elements belong to, and sorts it.
///
/// `None` means that the set is empty, which DynamoDB does not store.
pub(crate) fn write_set<T: IntoAttribute>(
    elements: impl ExactSizeIterator<Item = T>,
) -> Result<Option<AttributeValue>, AttributeError> {
    let mut elements = elements.map(T::into_attribute);
    let Some(first) = elements.next() else { return Ok(None) };
    let set = match first {
        Ok(AttributeValue::S(first)) => {
            AttributeValue::Ss(collect(first, elements, into_string, Ord::cmp)?)
        }
        Ok(AttributeValue::N(first)) => {
            let compare: fn(&String, &String) -> Ordering =
                |one, other| compare_numbers(one, other);
            AttributeValue::Ns(collect(first, elements, into_number, compare)?)
        }
        Ok(AttributeValue::B(first)) => {
            AttributeValue::Bs(collect(first, elements, into_bytes, Ord::cmp)?)
        }
        first => {
            // The list is written only for the problems of its elements.
            collect_list(iter::once(first).chain(elements))?;
            return Err(AttributeError::unwritable(Unwritable::MixedSet));
        }
    };
    Ok(Some(set))
}

/// Writes a set that is inside a list or a map, where it cannot be left out.
pub(crate) fn write_inner_set<T: IntoAttribute>(
    elements: impl ExactSizeIterator<Item = T>,
) -> Result<AttributeValue, AttributeError> {
    write_set(elements)?.ok_or_else(|| AttributeError::unwritable(Unwritable::EmptySet))
}

fn collect<E>(
    first: E,
    elements: impl ExactSizeIterator<Item = Result<AttributeValue, AttributeError>>,
    into_scalar: fn(AttributeValue) -> Option<E>,
    compare: fn(&E, &E) -> Ordering,
) -> Result<Vec<E>, AttributeError> {
    let mut scalars = Vec::with_capacity(elements.len() + 1);
    scalars.push(first);
    let mut problems = Vec::new();
    let mut is_mixed = false;
    for (element, index) in elements.zip(1..) {
        match element.map(into_scalar) {
            Ok(Some(scalar)) => scalars.push(scalar),
            Ok(None) => is_mixed = true,
            Err(error) => add_problems(&mut problems, index, error),
        }
    }
    if !problems.is_empty() {
        return Err(AttributeError::inside(problems));
    }
    if is_mixed {
        return Err(AttributeError::unwritable(Unwritable::MixedSet));
    }
    scalars.sort_unstable_by(compare);
    let is_equal = |pair: &[E]| matches!(pair, [one, other] if compare(one, other).is_eq());
    if scalars.windows(2).any(is_equal) {
        return Err(AttributeError::unwritable(Unwritable::RepeatedElement));
    }
    Ok(scalars)
}

fn into_string(value: AttributeValue) -> Option<String> {
    if let AttributeValue::S(text) = value { Some(text) } else { None }
}

fn into_number(value: AttributeValue) -> Option<String> {
    if let AttributeValue::N(text) = value { Some(text) } else { None }
}

fn into_bytes(value: AttributeValue) -> Option<Vec<u8>> {
    if let AttributeValue::B(bytes) = value { Some(bytes) } else { None }
}

/// Compares by value. The texts are those of numbers.
fn compare_numbers(one: &str, other: &str) -> Ordering {
    Decimal::parse(one).cmp(&Decimal::parse(other))
}
