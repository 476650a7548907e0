//! Maps, from an `M`.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

use crate::attribute::FromAttribute;
use crate::error::{AttributeErrorKind, Expected};
use crate::key::MapKey;
use crate::read::{Attribute, Image};
use crate::tag::{Tag, Tags};
use crate::unfit::Unfit;

const MAP: Tags = Tags::of(&[Tag::M]);

/// Reads every entry, also after one that does not fit. `insert` tells whether the key is new.
fn read_entries<K: MapKey, V: FromAttribute>(
    image: &mut Image<'_>,
    mut insert: impl FnMut(K, V) -> bool,
) -> Result<(), Unfit> {
    let mut all_fit = true;
    let mut is_lossless = true;
    let mut attributes = image.attributes();
    while let Some(name) = attributes.next() {
        let Some(key) = K::from_name(name) else {
            let expected = Expected::of::<K>(Tags::ANY);
            attributes.refuse(Unfit::new(AttributeErrorKind::UnfitKey { expected }));
            all_fit = false;
            continue;
        };
        match attributes.read_value() {
            Ok(Some(value)) => {
                is_lossless &= insert(key, value) || attributes.is_repeated();
            }
            Ok(None) => {}
            Err(_) => all_fit = false,
        }
    }
    if !is_lossless {
        return Err(Unfit::new(AttributeErrorKind::RepeatedKey));
    }
    if all_fit { Ok(()) } else { Err(Unfit::reported()) }
}

/// A map with the names as they are.
pub(crate) fn read_map<V: FromAttribute>(
    attribute: Attribute<'_>,
    expected: Expected,
) -> Result<HashMap<String, V>, Unfit> {
    let mut image = attribute.into_image(expected)?;
    let mut map = HashMap::with_capacity(image.len());
    read_entries(&mut image, |name, value| map.insert(name, value).is_none())?;
    Ok(map)
}

impl<K: MapKey + Eq + Hash, V: FromAttribute, S: BuildHasher + Default> FromAttribute for HashMap<K, V, S> {
    const EXPECTED: Expected = Expected::of::<Self>(MAP);

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
        let mut image = attribute.into_image(Self::EXPECTED)?;
        let mut map = Self::with_capacity_and_hasher(image.len(), S::default());
        read_entries(&mut image, |key, value| map.insert(key, value).is_none())?;
        Ok(map)
    }
}

impl<K: MapKey + Ord, V: FromAttribute> FromAttribute for BTreeMap<K, V> {
    const EXPECTED: Expected = Expected::of::<Self>(MAP);

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
        let mut image = attribute.into_image(Self::EXPECTED)?;
        let mut map = Self::new();
        read_entries(&mut image, |key, value| map.insert(key, value).is_none())?;
        Ok(map)
    }
}
