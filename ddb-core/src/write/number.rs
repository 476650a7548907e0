//! Numbers.

use serde_dynamo::AttributeValue;

use crate::error::AttributeError;
use crate::number::canonical::canonical;

/// Writes an `N` from the text of a number.
pub(crate) fn write_number(text: &str) -> Result<AttributeValue, AttributeError> {
    canonical(text).map(AttributeValue::N).map_err(|fault| AttributeError::unwritable(fault.into()))
}
