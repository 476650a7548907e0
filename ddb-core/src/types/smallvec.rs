//! The types of `smallvec`.

use serde_dynamo::AttributeValue;
use smallvec::{Array, SmallVec};

use crate::attribute::{FromAttribute, IntoAttribute};
use crate::error::{AttributeError, Expected};
use crate::read::Attribute;
use crate::schema::Schema;

impl<A: Array<Item: FromAttribute>> FromAttribute for SmallVec<A> {
    const EXPECTED: Expected = Expected::of::<Self>(A::Item::LIST_TYPES);

    const SCHEMA: &'static Schema =
        &Schema::of_elements(Self::EXPECTED.types(), || A::Item::SCHEMA);

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        A::Item::list_from_attribute(attribute, Self::EXPECTED).map(Self::from)
    }
}

impl<A: Array<Item: IntoAttribute>> IntoAttribute for SmallVec<A> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        A::Item::list_into_attribute(self.into_vec())
    }
}
