//! Sequences, in an `L` or in a set.

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::hash::{BuildHasher, Hash};

use serde_dynamo::AttributeValue;

use crate::attribute::{FromAttribute, IntoAttribute};
use crate::error::{AttributeError, Expected};
use crate::read::{Absence, Attribute, read_set};
use crate::schema::Schema;
use crate::write::{write_inner_set, write_set};

impl<T: FromAttribute> FromAttribute for Vec<T> {
    const EXPECTED: Expected = Expected::of::<Self>(T::LIST_TYPES);

    const SCHEMA: &'static Schema = &Schema::of_elements(Self::EXPECTED.types(), || T::SCHEMA);

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        T::list_from_attribute(attribute, Self::EXPECTED)
    }
}

impl<T: FromAttribute> FromAttribute for VecDeque<T> {
    const EXPECTED: Expected = Expected::of::<Self>(T::LIST_TYPES);

    const SCHEMA: &'static Schema = &Schema::of_elements(Self::EXPECTED.types(), || T::SCHEMA);

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        T::list_from_attribute(attribute, Self::EXPECTED).map(Self::from)
    }
}

impl<T: FromAttribute, const N: usize> FromAttribute for [T; N] {
    const EXPECTED: Expected = Expected::of::<Self>(T::LIST_TYPES);

    const SCHEMA: &'static Schema = &Schema::of_elements(Self::EXPECTED.types(), || T::SCHEMA);

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        T::array_from_attribute(attribute, Self::EXPECTED)
    }
}

/// A missing attribute is an empty set, because DynamoDB does not store empty sets. So is a `NULL`,
/// which other SDKs write for an empty set.
impl<T: FromAttribute + Eq + Hash, S: BuildHasher + Default> FromAttribute for HashSet<T, S> {
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

/// A missing or `NULL` attribute is an empty set, as for [`HashSet`].
impl<T: FromAttribute + Ord> FromAttribute for BTreeSet<T> {
    const EXPECTED: Expected = Expected::of::<Self>(T::EXPECTED.types().sequences());

    const SCHEMA: &'static Schema = &Schema::of_elements(Self::EXPECTED.types(), || T::SCHEMA);

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        read_set(
            attribute,
            Self::EXPECTED,
            |_| Self::new(),
            |set, element| {
                set.insert(element);
            },
        )
    }

    const ABSENCE: Absence<Self> = Absence::of(|| Some(Self::new()));
}

impl<T: IntoAttribute> IntoAttribute for Vec<T> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        T::list_into_attribute(self)
    }
}

impl<T: IntoAttribute> IntoAttribute for VecDeque<T> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        T::list_into_attribute(self.into())
    }
}

impl<T: IntoAttribute, const N: usize> IntoAttribute for [T; N] {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        T::list_into_attribute(self.into())
    }
}

macro_rules! set_into_attribute {
    ($(impl<$($parameter:ident),*> $set:ty;)*) => {$(
        /// Writes a sorted set. An empty one is left out of a struct, and an error elsewhere.
        impl<$($parameter),*> IntoAttribute for $set
        where
            T: IntoAttribute,
        {
            fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
                write_inner_set(self.into_iter())
            }

            fn into_field(self) -> Result<Option<AttributeValue>, AttributeError> {
                write_set(self.into_iter())
            }
        }
    )*};
}

set_into_attribute! {
    impl<T, S> HashSet<T, S>;
    impl<T> BTreeSet<T>;
}
