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

/// How a kind of map is filled: `insert` tells whether the key is new.
struct Entries<M, K, V> {
    insert: fn(&mut M, K, V) -> bool,
    clear: fn(&mut M),
}

impl<M, K: MapKey, V: FromAttribute> Entries<M, K, V> {
    /// Reads every entry, also after one that does not fit.
    fn read(&self, image: &mut Image<'_>, map: &mut M) -> Result<(), Unfit> {
        let left = image.left();
        match self.read_once(image, map, false) {
            // In JSON text, the same name may have come twice, of which only the last counts.
            Err(Fault::RepeatedKey) if image.is_text() => {
                (self.clear)(map);
                image.start_over(left);
                self.read_once(image, map, true).map_err(Fault::into_unfit)
            }
            read => read.map_err(Fault::into_unfit),
        }
    }

    /// One pass, which leaves out the names that come again if it is asked to.
    fn read_once(&self, image: &mut Image<'_>, map: &mut M, leaves_out: bool) -> Result<(), Fault> {
        let mut all_fit = true;
        let mut is_lossless = true;
        let mut attributes = image.attributes();
        while let Some(name) = attributes.next() {
            let key = K::from_name(name);
            if leaves_out && attributes.is_overridden() {
                continue;
            }
            let Some(key) = key else {
                let expected = Expected::of::<K>(Tags::ANY);
                attributes.refuse(Unfit::new(AttributeErrorKind::UnfitKey { expected }));
                all_fit = false;
                continue;
            };
            match attributes.read_value() {
                Ok(Some(value)) => is_lossless &= (self.insert)(map, key, value),
                Ok(None) => {}
                Err(_) => all_fit = false,
            }
        }
        match (is_lossless, all_fit) {
            (false, _) => Err(Fault::RepeatedKey),
            (true, false) => Err(Fault::Reported),
            (true, true) => Ok(()),
        }
    }
}

enum Fault {
    RepeatedKey,
    Reported,
}

impl Fault {
    fn into_unfit(self) -> Unfit {
        match self {
            Self::RepeatedKey => Unfit::new(AttributeErrorKind::RepeatedKey),
            Self::Reported => Unfit::reported(),
        }
    }
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
        clear: HashMap::clear,
    };
    entries.read(image, &mut map)?;
    Ok(map)
}

impl<K: MapKey + Eq + Hash, V: FromAttribute, S: BuildHasher + Default> FromAttribute for HashMap<K, V, S> {
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
        let entries =
            Entries { insert: |map: &mut Self, key, value| map.insert(key, value).is_none(), clear: Self::clear };
        entries.read(&mut image, &mut map)?;
        Ok(map)
    }
}
