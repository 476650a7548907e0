//! Numbers.

use serde_dynamo::AttributeValue;

use crate::error::{AttributeError, Unwritable};
use crate::number::canonical::canonical;
use crate::number::decimal::NumberError;

/// Writes an `N` from the text of a number.
pub(crate) fn write_number(text: &str) -> Result<AttributeValue, AttributeError> {
    canonical(text).map(AttributeValue::N).map_err(|fault| {
        // Another crate writes NaN and infinity as text.
        AttributeError::unwritable(match fault {
            NumberError::Invalid => Unwritable::NotFinite,
            fault => fault.into(),
        })
    })
}
