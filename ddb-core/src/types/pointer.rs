//! Pointers to a type that is read from an attribute.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use crate::attribute::FromAttribute;
use crate::error::Expected;
use crate::read::Attribute;
use crate::tag::{Tag, Tags};
use crate::unfit::Unfit;

macro_rules! pointer_from_attribute {
    ($($pointer:ident),*) => {$(
        impl<T: FromAttribute> FromAttribute for $pointer<T> {
            const EXPECTED: Expected = T::EXPECTED;

            fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
                T::from_attribute(attribute).map(Self::new)
            }

            fn absent() -> Option<Self> {
                T::absent().map(Self::new)
            }
        }

        impl FromAttribute for $pointer<str> {
            const EXPECTED: Expected = Expected::of::<Self>(Tags::of(&[Tag::S]));

            fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
                attribute.into_string(Self::EXPECTED).map(Self::from)
            }
        }

        impl<T: FromAttribute> FromAttribute for $pointer<[T]> {
            const EXPECTED: Expected = Expected::of::<Self>(T::LIST_TAGS);

            fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
                T::list_from_attribute(attribute, Self::EXPECTED).map(Self::from)
            }
        }
    )*};
}

pointer_from_attribute!(Box, Rc, Arc);

impl<T: ?Sized + ToOwned<Owned: FromAttribute>> FromAttribute for Cow<'_, T> {
    const EXPECTED: Expected = <T::Owned as FromAttribute>::EXPECTED;

    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
        <T::Owned as FromAttribute>::from_attribute(attribute).map(Self::Owned)
    }

    fn absent() -> Option<Self> {
        <T::Owned as FromAttribute>::absent().map(Self::Owned)
    }
}
