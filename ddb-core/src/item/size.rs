//! The size of items.

use std::collections::HashMap;

use serde_dynamo::{AttributeValue, Item};

use crate::number::decimal::Decimal;

/// The size of an item, by which DynamoDB charges and which it limits to 400 KB.
///
/// The documented rules are approximate, and so is the size: about 1 byte for two digits of a
/// number, for example. Nothing in this crate refuses an item because of its size.
///
/// Source: [DynamoDB item sizes and formats](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html).
///
/// ```
/// use ddb_core::IntoItem;
/// use ddb_core::item::ItemSize;
///
/// #[derive(IntoItem)]
/// struct Order {
///     id: u32,
///     paid: bool,
/// }
///
/// let item = Order { id: 1234, paid: true }.into_item()?;
/// // The names, 2 digits in a byte and 1 byte more, and 1 byte for a `BOOL`.
/// assert_eq!(item.size_bytes(), "id".len() + 3 + "paid".len() + 1);
/// # Ok::<(), ddb_core::ItemError>(())
/// ```
pub trait ItemSize {
    /// The size in bytes.
    fn size_bytes(&self) -> usize;
}

impl ItemSize for Item {
    fn size_bytes(&self) -> usize {
        size_of_attributes(self.inner())
    }
}

impl ItemSize for AttributeValue {
    fn size_bytes(&self) -> usize {
        match self {
            Self::S(text) => text.len(),
            Self::N(number) => size_of_number(number),
            Self::B(bytes) => bytes.len(),
            Self::Bool(_) | Self::Null(_) => 1,
            Self::Ss(elements) => elements.iter().map(String::len).sum(),
            Self::Ns(elements) => elements.iter().map(|number| size_of_number(number)).sum(),
            Self::Bs(elements) => elements.iter().map(Vec::len).sum(),
            Self::L(elements) => {
                let sizes = elements.iter().map(|value| value.size_bytes() + ELEMENT_OVERHEAD);
                CONTAINER_OVERHEAD + sizes.sum::<usize>()
            }
            Self::M(map) => {
                CONTAINER_OVERHEAD + size_of_attributes(map) + map.len() * ELEMENT_OVERHEAD
            }
        }
    }
}

/// The bytes of a list or a map, whatever is in it.
const CONTAINER_OVERHEAD: usize = 3;

/// The bytes of each element of a list or a map.
const ELEMENT_OVERHEAD: usize = 1;

fn size_of_attributes(attributes: &HashMap<String, AttributeValue>) -> usize {
    attributes.iter().map(|(name, value)| name.len() + value.size_bytes()).sum()
}

/// Leading and trailing zeros do not count.
fn size_of_number(number: &str) -> usize {
    let digits = Decimal::parse(number).map_or(number.len(), |number| number.digits().count());
    digits.div_ceil(2) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_follow_the_documented_rules() {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let number = |text: &str| AttributeValue::N(text.to_owned());
        let map = AttributeValue::M([("ab".to_owned(), text("c"))].into());
        for (value, size) in [
            (text(""), 0),
            (text("ä"), 2),
            (number("0"), 1),
            (number("-12.50"), 3),
            (number("1E100"), 2),
            (AttributeValue::B(vec![0; 7]), 7),
            (AttributeValue::Null(true), 1),
            (AttributeValue::Ss(vec!["a".to_owned(), "bc".to_owned()]), 3),
            (AttributeValue::Ns(vec!["1".to_owned(), "23".to_owned()]), 4),
            (AttributeValue::Bs(vec![vec![1], vec![2, 3]]), 3),
            (AttributeValue::L(vec![]), 3),
            (AttributeValue::L(vec![text("ab"), number("1")]), 3 + 3 + 3),
            (map, 3 + 3 + 1),
        ] {
            assert_eq!(value.size_bytes(), size, "{value:?}");
        }
        let item =
            Item::from([("id".to_owned(), number("7"))].into_iter().collect::<HashMap<_, _>>());
        assert_eq!(item.size_bytes(), 4);
    }
}
