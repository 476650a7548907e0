//! The depth of an item.

use std::collections::HashMap;

use serde_dynamo::AttributeValue;

use crate::error::{AttributeError, PendingProblem, ProblemKind};

/// The depth that DynamoDB stores.
///
/// Source: [Nested attribute depth](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html).
const MAX_DEPTH: usize = 32;

/// Adds a problem for each attribute that is nested too deeply.
pub(super) fn check_nesting(
    attributes: &HashMap<String, AttributeValue>,
    problems: &mut Vec<PendingProblem>,
) {
    for (name, value) in attributes {
        if !fits(value, MAX_DEPTH) {
            let error = AttributeError::new(ProblemKind::TooDeep { limit: MAX_DEPTH });
            problems.extend(error.into_problems().into_iter().map(|mut problem| {
                problem.enter_name(name);
                problem
            }));
        }
    }
}

/// Returns `true` if the value has at most `depth` levels of lists and maps.
fn fits(value: &AttributeValue, depth: usize) -> bool {
    let fits_inside = |value: &AttributeValue| match value {
        AttributeValue::L(_) | AttributeValue::M(_) => fits(value, depth.saturating_sub(1)),
        _ => true,
    };
    match value {
        AttributeValue::L(list) => depth > 0 && list.iter().all(fits_inside),
        AttributeValue::M(map) => depth > 0 && map.values().all(fits_inside),
        _ => true,
    }
}
