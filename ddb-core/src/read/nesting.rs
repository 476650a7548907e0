//! The limit on recursion.

use serde_dynamo::AttributeValue;

use crate::error::{AttributeError, ProblemKind};

/// The number of maps and lists that may enclose a value, somewhat more than the 32 levels that
/// DynamoDB stores, see
/// [Constraints](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-attributes).
///
/// Each level of a recursive type takes one stack frame of a generated function. Without
/// optimization, this many frames of a large struct fit into the 2 MiB stack of a spawned thread.
pub(super) const MAX_DEPTH: usize = 40;

#[cold]
pub(super) fn too_deep() -> AttributeError {
    AttributeError::new(ProblemKind::TooDeep { limit: MAX_DEPTH })
}

/// Returns `true` if the value, which `depth` maps and lists enclose, contains a map or list that
/// more than [`MAX_DEPTH`] levels would enclose.
pub(super) fn is_too_deep(value: &AttributeValue, depth: usize) -> bool {
    match value {
        AttributeValue::M(_) | AttributeValue::L(_) if depth >= MAX_DEPTH => true,
        AttributeValue::M(map) => map.values().any(|value| is_too_deep(value, depth + 1)),
        AttributeValue::L(list) => list.iter().any(|value| is_too_deep(value, depth + 1)),
        _ => false,
    }
}
