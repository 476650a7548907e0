//! Pointers: `Box`, `Rc`, `Arc` and `Cow`.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use crate::attribute::FromAttribute;
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected};
use crate::read::{Absence, Attribute};
use crate::schema::Schema;

macro_rules! pointer_from_attribute {
    ($($pointer:ident),*) => {$(
        impl<T: FromAttribute> FromAttribute for $pointer<T> {
            const EXPECTED: Expected = T::EXPECTED;

            const SCHEMA: &'static Schema = T::SCHEMA;

            fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
                T::from_attribute(attribute).map(Self::new)
            }

            const ABSENCE: Absence<Self> =
                Absence::wrapped(T::ABSENCE, || T::ABSENCE.value().map(Self::new));
        }

        impl FromAttribute for $pointer<str> {
            const EXPECTED: Expected =
                Expected::of::<Self>(AttributeTypes::of(&[AttributeType::S]));

            fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
                attribute.into_string(Self::EXPECTED).map(Self::from)
            }
        }

        impl<T: FromAttribute> FromAttribute for $pointer<[T]> {
            const EXPECTED: Expected = Expected::of::<Self>(T::LIST_TYPES);

            const SCHEMA: &'static Schema =
                &Schema::of_elements(T::LIST_TYPES, || T::SCHEMA);

            fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
                T::list_from_attribute(attribute, Self::EXPECTED).map(Self::from)
            }
        }
    )*};
}

pointer_from_attribute!(Box, Rc, Arc);

impl<T: ?Sized + ToOwned<Owned: FromAttribute>> FromAttribute for Cow<'_, T> {
    const EXPECTED: Expected = <T::Owned as FromAttribute>::EXPECTED;

    const SCHEMA: &'static Schema = <T::Owned as FromAttribute>::SCHEMA;

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
        <T::Owned as FromAttribute>::from_attribute(attribute).map(Self::Owned)
    }

    const ABSENCE: Absence<Self> = Absence::wrapped(<T::Owned as FromAttribute>::ABSENCE, || {
        <T::Owned as FromAttribute>::ABSENCE.value().map(Self::Owned)
    });
}
