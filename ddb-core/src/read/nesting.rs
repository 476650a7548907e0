//! The bound on recursion.

use serde_dynamo::AttributeValue;

use crate::error::{AttributeError, ProblemKind};

/// The number of maps and lists that may enclose a value: somewhat more than the 32 levels that
/// DynamoDB stores, see
/// [Constraints](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-attributes).
///
/// A level of a recursive type costs the stack frame of a generated function. This many frames of a
/// large struct, without optimisation, fit into the 2 MiB of a thread.
pub(super) const MAX_DEPTH: usize = 40;

#[cold]
pub(super) fn too_deep() -> AttributeError {
    AttributeError::new(ProblemKind::TooDeep { limit: MAX_DEPTH })
}

/// Whether the value, itself inside `depth` maps and lists, holds one at more than [`MAX_DEPTH`].
pub(super) fn is_too_deep(value: &AttributeValue, depth: usize) -> bool {
    match value {
        AttributeValue::M(_) | AttributeValue::L(_) if depth >= MAX_DEPTH => true,
        AttributeValue::M(map) => map.values().any(|value| is_too_deep(value, depth + 1)),
        AttributeValue::L(list) => list.iter().any(|value| is_too_deep(value, depth + 1)),
        _ => false,
    }
}
