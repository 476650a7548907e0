//! Sequences, from an `L` or from a set.

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::hash::{BuildHasher, Hash};

use crate::attribute::FromAttribute;
use crate::error::{AttributeError, Expected};
use crate::read::{Absence, Attribute};

impl<T: FromAttribute> FromAttribute for Vec<T> {
    const EXPECTED: Expected = Expected::of::<Self>(T::LIST_TYPES);

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        T::list_from_attribute(attribute, Self::EXPECTED)
    }
}

impl<T: FromAttribute> FromAttribute for VecDeque<T> {
    const EXPECTED: Expected = Expected::of::<Self>(T::LIST_TYPES);

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        T::list_from_attribute(attribute, Self::EXPECTED).map(Self::from)
    }
}

impl<T: FromAttribute, const N: usize> FromAttribute for [T; N] {
    const EXPECTED: Expected = Expected::of::<Self>(T::LIST_TYPES);

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        T::array_from_attribute(attribute, Self::EXPECTED)
    }
}

/// A missing attribute is an empty set, because DynamoDB does not store empty sets. So is a `NULL`,
/// which other SDKs write for an empty set.
impl<T: FromAttribute + Eq + Hash, S: BuildHasher + Default> FromAttribute for HashSet<T, S> {
    const EXPECTED: Expected = Expected::of::<Self>(T::EXPECTED.types().sequences());

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        if attribute.is_null() {
            return Ok(Self::default());
        }
        let mut list = attribute.into_list(Self::EXPECTED)?;
        let mut elements = Self::with_capacity_and_hasher(list.size_hint(), S::default());
        list.read_elements(|element| {
            elements.insert(element);
        })?;
        Ok(elements)
    }

    const ABSENCE: Absence<Self> = Absence::of(|| Some(Self::default()));
}

/// A missing or `NULL` attribute is an empty set, as for [`HashSet`].
impl<T: FromAttribute + Ord> FromAttribute for BTreeSet<T> {
    const EXPECTED: Expected = Expected::of::<Self>(T::EXPECTED.types().sequences());

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        if attribute.is_null() {
            return Ok(Self::new());
        }
        let mut list = attribute.into_list(Self::EXPECTED)?;
        let mut elements = Self::new();
        list.read_elements(|element| {
            elements.insert(element);
        })?;
        Ok(elements)
    }

    const ABSENCE: Absence<Self> = Absence::of(|| Some(Self::new()));
}
