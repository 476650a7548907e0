use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};

use serde_dynamo::{AttributeValue, Item};

use crate::attribute::FromAttribute;
use crate::error::{AttributeError, Expected, ProblemKind};
use crate::map_key::MapKey;
use crate::read::attribute::Attribute;
use crate::read::image::Image;

impl Image<'_> {
    /// Reads every attribute into a map, and does not stop at one that does not fit. `insert`
    /// returns `true` if the key is new.
    pub(crate) fn read_entries<K: MapKey, V: FromAttribute>(
        &mut self,
        mut insert: impl FnMut(K, V) -> bool,
    ) -> Result<(), AttributeError> {
        let mut all_fit = true;
        let mut has_repeated_key = false;
        self.read_attributes(&mut |name, entry| {
            let Some(key) = K::from_name(name) else {
                all_fit = false;
                let expected = K::EXPECTED;
                entry.refuse(AttributeError::new(ProblemKind::InvalidKey { expected }));
                return;
            };
            match entry.into_value() {
                Some(value) => has_repeated_key |= !insert(key, value),
                None => all_fit = false,
            }
        });
        if has_repeated_key {
            Err(AttributeError::new(ProblemKind::RepeatedKey))
        } else if all_fit {
            Ok(())
        } else {
            Err(AttributeError::reported())
        }
    }
}

/// Reads an `M` whose names are the keys.
pub(crate) fn read_map<V: FromAttribute>(
    attribute: Attribute<'_>,
    expected: Expected,
) -> Result<HashMap<String, V>, AttributeError> {
    collect_map(&mut attribute.into_image(expected)?)
}

/// Reads all attributes of an image into a map.
pub(crate) fn collect_map<K: MapKey + Eq + Hash, V: FromAttribute, S: BuildHasher + Default>(
    image: &mut Image<'_>,
) -> Result<HashMap<K, V, S>, AttributeError> {
    let mut map = HashMap::with_capacity_and_hasher(image.len(), S::default());
    image.read_entries(|key, value| map.insert(key, value).is_none())?;
    Ok(map)
}

/// Wraps the map in an item. `Item::from` would collect it again.
pub(crate) fn wrap_item(attributes: HashMap<String, AttributeValue>) -> Item {
    let mut item = Item::default();
    *item.inner_mut() = attributes;
    item
}

impl Image<'_> {
    /// Reads the whole image into an item. `None` means that this failed; the problem is in the
    /// report.
    pub(crate) fn collect_item(&mut self) -> Option<Item> {
        match collect_map(self) {
            Ok(attributes) => Some(wrap_item(attributes)),
            Err(error) => {
                self.report.push(error);
                None
            }
        }
    }
}
