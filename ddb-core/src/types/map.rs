//! Maps, from an `M`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasher, Hash};

use crate::attribute::FromAttribute;
use crate::error::{AttributeErrorKind, Expected};
use crate::key::MapKey;
use crate::read::{Attribute, Image, Left};
use crate::tag::{Tag, Tags};
use crate::unfit::Unfit;

const MAP: Tags = Tags::of(&[Tag::M]);

/// How a kind of map is filled: `insert` tells whether the key is new.
struct Entries<M, K, V> {
    insert: fn(&mut M, K, V) -> bool,
    len: fn(&M) -> usize,
}

impl<M, K: MapKey, V: FromAttribute> Entries<M, K, V> {
    /// Reads every entry, also after one that does not fit.
    fn read(&self, image: &mut Image<'_>, map: &mut M) -> Result<(), Unfit> {
        let left = image.is_text().then(|| image.left());
        // The names that do not fit, of which none is in the map.
        let mut unfit = HashSet::new();
        let mut is_lossless = true;
        image.read_attributes(&mut |name, entry| {
            let Some(key) = K::from_name(name) else {
                unfit.insert(name.to_owned());
                let expected = Expected::of::<K>(Tags::ANY);
                entry.refuse(Unfit::new(AttributeErrorKind::UnfitKey { expected }));
                return;
            };
            match entry.read_value() {
                Ok(Some(value)) => is_lossless &= (self.insert)(map, key, value),
                Ok(None) => {}
                Err(_) => {
                    unfit.insert(name.to_owned());
                }
            }
        });
        // In JSON text, it may have been the same name that came twice, of which the last counts.
        if !is_lossless
            && left.is_none_or(|left| count_names(image, left) > (self.len)(map) + unfit.len())
        {
            return Err(Unfit::new(AttributeErrorKind::RepeatedKey));
        }
        if unfit.is_empty() { Ok(()) } else { Err(Unfit::reported()) }
    }
}

/// How many names there are among the attributes, each counted once. It does not read the values: a
/// map in a map in a map would be read twice, and four times, and eight.
#[cold]
fn count_names(image: &mut Image<'_>, left: Left) -> usize {
    image.start_over(left);
    let mut names = HashSet::new();
    image.read_attributes(&mut |name, _| {
        names.insert(name.to_owned());
    });
    names.len()
}

/// A map with the names as they are.
pub(crate) fn read_map<V: FromAttribute>(
    attribute: Attribute<'_>,
    expected: Expected,
) -> Result<HashMap<String, V>, Unfit> {
    read_hash_map(attribute, expected)
}

fn read_hash_map<K: MapKey + Eq + Hash, V: FromAttribute, S: BuildHasher + Default>(
    attribute: Attribute<'_>,
    expected: Expected,
) -> Result<HashMap<K, V, S>, Unfit> {
    collect_image(&mut attribute.into_image(expected)?)
}

/// All attributes of an image, as a map.
pub(crate) fn collect_image<K: MapKey + Eq + Hash, V: FromAttribute, S: BuildHasher + Default>(
    image: &mut Image<'_>,
) -> Result<HashMap<K, V, S>, Unfit> {
    let mut map = HashMap::with_capacity_and_hasher(image.len(), S::default());
    let entries = Entries {
        insert: |map: &mut HashMap<K, V, S>, key, value| map.insert(key, value).is_none(),
        len: HashMap::len,
    };
    entries.read(image, &mut map)?;
    Ok(map)
}

impl<K: MapKey + Eq + Hash, V: FromAttribute, S: BuildHasher + Default> FromAttribute
    for HashMap<K, V, S>
{
    const EXPECTED: Expected = Expected::of::<Self>(MAP);

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
        read_hash_map(attribute, Self::EXPECTED)
    }
}

impl<K: MapKey + Ord, V: FromAttribute> FromAttribute for BTreeMap<K, V> {
    const EXPECTED: Expected = Expected::of::<Self>(MAP);

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
        let mut image = attribute.into_image(Self::EXPECTED)?;
        let mut map = Self::new();
        let entries = Entries {
            insert: |map: &mut Self, key, value| map.insert(key, value).is_none(),
            len: Self::len,
        };
        entries.read(&mut image, &mut map)?;
        Ok(map)
    }
}
