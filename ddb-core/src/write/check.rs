//! Values of another crate, which may be some that DynamoDB refuses.

use std::collections::HashMap;

use serde_dynamo::AttributeValue;

use crate::attribute::IntoAttribute;
use crate::error::AttributeError;
use crate::write::{write_entries, write_inner_set, write_list, write_number};

/// Checks the numbers and the sets in a value, and writes them as this crate does.
pub(crate) fn check_value(value: AttributeValue) -> Result<AttributeValue, AttributeError> {
    match value {
        AttributeValue::N(text) => write_number(&text),
        AttributeValue::L(list) => write_list(list.into_iter().map(Checked)),
        AttributeValue::M(map) => {
            let map: HashMap<String, Checked> =
                map.into_iter().map(|(name, value)| (name, Checked(value))).collect();
            write_entries(map.into_iter())
        }
        AttributeValue::Ss(elements) => write_inner_set(elements.into_iter()),
        AttributeValue::Ns(elements) => {
            write_inner_set(elements.into_iter().map(|text| Checked(AttributeValue::N(text))))
        }
        AttributeValue::Bs(elements) => write_inner_set(elements.into_iter()),
        value => Ok(value),
    }
}

/// A value that is checked when it is written.
struct Checked(AttributeValue);

impl IntoAttribute for Checked {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        check_value(self.0)
    }
}
