//! The types of `indexmap`, which keep the order of JSON text.

use std::hash::{BuildHasher, Hash};

use indexmap::{IndexMap, IndexSet};
use serde_dynamo::AttributeValue;

use crate::attribute::{FromAttribute, IntoAttribute};
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected};
use crate::map_key::{IntoMapKey, MapKey};
use crate::read::{Absence, Attribute, read_set};
use crate::schema::Schema;
use crate::write::{write_entries, write_inner_set, write_set};

impl<K: MapKey + Eq + Hash, V: FromAttribute, S: BuildHasher + Default> FromAttribute
    for IndexMap<K, V, S>
{
    const EXPECTED: Expected = Expected::of::<Self>(AttributeTypes::of(&[AttributeType::M]));

    const SCHEMA: &'static Schema = &Schema::of_elements(Self::EXPECTED.types(), || V::SCHEMA);

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        let mut image = attribute.into_image(Self::EXPECTED)?;
        let mut map = Self::with_capacity_and_hasher(image.len(), S::default());
        image.read_entries(|key, value| map.insert(key, value).is_none())?;
        Ok(map)
    }
}

/// A missing or `NULL` attribute is an empty set, as for `HashSet`.
impl<T: FromAttribute + Eq + Hash, S: BuildHasher + Default> FromAttribute for IndexSet<T, S> {
    const EXPECTED: Expected = Expected::of::<Self>(T::EXPECTED.types().sequences());

    const SCHEMA: &'static Schema = &Schema::of_elements(Self::EXPECTED.types(), || T::SCHEMA);

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        let with_capacity = |capacity| Self::with_capacity_and_hasher(capacity, S::default());
        read_set(attribute, Self::EXPECTED, with_capacity, |set, element| {
            set.insert(element);
        })
    }

    const ABSENCE: Absence<Self> = Absence::of(|| Some(Self::default()));
}

/// Writes an `M`, which does not keep the order.
impl<K: IntoMapKey, V: IntoAttribute, S> IntoAttribute for IndexMap<K, V, S> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        write_entries(self.into_iter())
    }
}

/// Writes a sorted set. An empty one is left out of a struct, and an error elsewhere.
impl<T: IntoAttribute, S> IntoAttribute for IndexSet<T, S> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        write_inner_set(self.into_iter())
    }

    fn into_field(self) -> Result<Option<AttributeValue>, AttributeError> {
        write_set(self.into_iter())
    }
}
