//! Sets.

use std::cmp::Ordering;

use serde_dynamo::AttributeValue;

use crate::attribute::IntoAttribute;
use crate::error::{AttributeError, Unwritable};
use crate::number::decimal::Decimal;
use crate::write::write_list;

/// Writes an `SS`, an `NS` or a `BS`, whichever the elements belong to, and sorts it.
///
/// `None` means that the set is empty, which DynamoDB does not store.
pub(crate) fn write_set<T: IntoAttribute>(
    elements: impl ExactSizeIterator<Item = T>,
) -> Result<Option<AttributeValue>, AttributeError> {
    let AttributeValue::L(elements) = write_list(elements)? else { return Ok(None) };
    let set = match elements.first() {
        None => return Ok(None),
        Some(AttributeValue::S(_)) => AttributeValue::Ss(collect(elements, into_string, Ord::cmp)?),
        Some(AttributeValue::N(_)) => {
            AttributeValue::Ns(collect(elements, into_number, |one, other| {
                compare_numbers(one, other)
            })?)
        }
        Some(AttributeValue::B(_)) => AttributeValue::Bs(collect(elements, into_bytes, Ord::cmp)?),
        Some(_) => return Err(AttributeError::unwritable(Unwritable::MixedSet)),
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
    elements: Vec<AttributeValue>,
    into_scalar: fn(AttributeValue) -> Option<E>,
    compare: fn(&E, &E) -> Ordering,
) -> Result<Vec<E>, AttributeError> {
    let scalars: Option<Vec<E>> = elements.into_iter().map(into_scalar).collect();
    let mut scalars = scalars.ok_or_else(|| AttributeError::unwritable(Unwritable::MixedSet))?;
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
