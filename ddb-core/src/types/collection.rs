//! Sequences, from an `L` or from a set.

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::hash::{BuildHasher, Hash};

use arrayvec::ArrayVec;

use crate::attribute::FromAttribute;
use crate::error::Expected;
use crate::read::{Attribute, List};
use crate::unfit::Unfit;

pub(crate) fn read_list<T: FromAttribute>(
    attribute: Attribute<'_>,
    expected: Expected,
) -> Result<Vec<T>, Unfit> {
    let mut list = attribute.into_list(expected)?;
    let mut elements = Vec::with_capacity(list.size_hint());
    read_elements(&mut list, |element| elements.push(element))?;
    Ok(elements)
}

pub(crate) fn read_array<T: FromAttribute, const N: usize>(
    attribute: Attribute<'_>,
    expected: Expected,
) -> Result<[T; N], Unfit> {
    let mut list = attribute.into_list(expected)?;
    let mut elements = ArrayVec::new();
    let all_fit = read_elements(&mut list, |element| {
        // An element too many is dropped here and counted below.
        let _ = elements.try_push(element);
    });
    list.check_length(N, expected)?;
    all_fit?;
    elements.into_inner().map_err(|_| Unfit::reported())
}

/// Reads every element, also after one that does not fit: the report is to name them all.
fn read_elements<T: FromAttribute>(
    list: &mut List<'_>,
    mut push: impl FnMut(T),
) -> Result<(), Unfit> {
    let mut all_fit = true;
    while let Some(element) = list.read() {
        match element {
            Ok(element) => push(element),
            Err(_) => all_fit = false,
        }
    }
    if all_fit { Ok(()) } else { Err(Unfit::reported()) }
}

impl<T: FromAttribute> FromAttribute for Vec<T> {
    const EXPECTED: Expected = Expected::of::<Self>(T::LIST_TAGS);

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
        T::list_from_attribute(attribute, Self::EXPECTED)
    }
}

impl<T: FromAttribute> FromAttribute for VecDeque<T> {
    const EXPECTED: Expected = Expected::of::<Self>(T::LIST_TAGS);

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
        T::list_from_attribute(attribute, Self::EXPECTED).map(Self::from)
    }
}

impl<T: FromAttribute, const N: usize> FromAttribute for [T; N] {
    const EXPECTED: Expected = Expected::of::<Self>(T::LIST_TAGS);

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
        T::array_from_attribute(attribute, Self::EXPECTED)
    }
}

impl<T: FromAttribute + Eq + Hash, S: BuildHasher + Default> FromAttribute for HashSet<T, S> {
    const EXPECTED: Expected = Expected::of::<Self>(T::EXPECTED.tags().sequences());

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
        let mut list = attribute.into_list(Self::EXPECTED)?;
        let mut elements = Self::with_capacity_and_hasher(list.size_hint(), S::default());
        read_elements(&mut list, |element| {
            elements.insert(element);
        })?;
        Ok(elements)
    }
}

impl<T: FromAttribute + Ord> FromAttribute for BTreeSet<T> {
    const EXPECTED: Expected = Expected::of::<Self>(T::EXPECTED.tags().sequences());

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
        let mut list = attribute.into_list(Self::EXPECTED)?;
        let mut elements = Self::new();
        read_elements(&mut list, |element| {
            elements.insert(element);
        })?;
        Ok(elements)
    }
}
