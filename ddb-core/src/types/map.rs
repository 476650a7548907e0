//! Maps, in an `M`.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

use serde_dynamo::AttributeValue;

use crate::attribute::{FromAttribute, IntoAttribute};
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected};
use crate::map_key::{IntoMapKey, MapKey};
use crate::read::{Attribute, collect_map};
use crate::schema::Schema;
use crate::write::write_entries;

const MAP: AttributeTypes = AttributeTypes::of(&[AttributeType::M]);

impl<K: MapKey + Eq + Hash, V: FromAttribute, S: BuildHasher + Default> FromAttribute
    for HashMap<K, V, S>
{
    const EXPECTED: Expected = Expected::of::<Self>(MAP);

    const SCHEMA: &'static Schema = &Schema::of_elements(MAP, || V::SCHEMA);

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        collect_map(&mut attribute.into_image(Self::EXPECTED)?)
    }
}

impl<K: MapKey + Ord, V: FromAttribute> FromAttribute for BTreeMap<K, V> {
    const EXPECTED: Expected = Expected::of::<Self>(MAP);

    const SCHEMA: &'static Schema = &Schema::of_elements(MAP, || V::SCHEMA);

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        let mut map = Self::new();
        attribute
            .into_image(Self::EXPECTED)?
            .read_entries(|key, value| map.insert(key, value).is_none())?;
        Ok(map)
    }
}

impl<K: IntoMapKey, V: IntoAttribute, S> IntoAttribute for HashMap<K, V, S> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        write_entries(self.into_iter())
    }
}

impl<K: IntoMapKey, V: IntoAttribute> IntoAttribute for BTreeMap<K, V> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        write_entries(self.into_iter())
    }
}
