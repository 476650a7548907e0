//! Pointers: `Box`, `Rc`, `Arc` and `Cow`.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use serde_dynamo::AttributeValue;

use crate::attribute::{FromAttribute, IntoAttribute};
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

impl<T: IntoAttribute> IntoAttribute for Box<T> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        (*self).into_attribute()
    }

    fn into_field(self) -> Result<Option<AttributeValue>, AttributeError> {
        (*self).into_field()
    }

    const OPTIONS: usize = T::OPTIONS;
}

impl IntoAttribute for Box<str> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        self.into_string().into_attribute()
    }
}

impl<T: IntoAttribute> IntoAttribute for Box<[T]> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        T::list_into_attribute(self.into_vec())
    }
}

macro_rules! shared_into_attribute {
    ($($pointer:ident),*) => {$(
        /// Moves the value out of the pointer, or copies it if it is shared.
        impl<T: IntoAttribute + Clone> IntoAttribute for $pointer<T> {
            fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
                $pointer::unwrap_or_clone(self).into_attribute()
            }

            fn into_field(self) -> Result<Option<AttributeValue>, AttributeError> {
                $pointer::unwrap_or_clone(self).into_field()
            }

            const OPTIONS: usize = T::OPTIONS;
        }

        impl IntoAttribute for $pointer<str> {
            fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
                (*self).into_attribute()
            }
        }

        impl<T: IntoAttribute + Clone> IntoAttribute for $pointer<[T]> {
            fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
                T::list_into_attribute(self.to_vec())
            }
        }
    )*};
}

shared_into_attribute!(Rc, Arc);

impl<T: ?Sized + ToOwned<Owned: IntoAttribute>> IntoAttribute for Cow<'_, T> {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        self.into_owned().into_attribute()
    }

    fn into_field(self) -> Result<Option<AttributeValue>, AttributeError> {
        self.into_owned().into_field()
    }

    const OPTIONS: usize = <T::Owned as IntoAttribute>::OPTIONS;
}

/// Writes a copy, for a type that is only written and borrows what it contains.
impl<T: IntoAttribute + Clone> IntoAttribute for &T {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        self.clone().into_attribute()
    }

    fn into_field(self) -> Result<Option<AttributeValue>, AttributeError> {
        self.clone().into_field()
    }

    const OPTIONS: usize = T::OPTIONS;
}

/// Writes a copy of a list or of bytes.
impl<T: IntoAttribute + Clone> IntoAttribute for &[T] {
    fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
        T::list_into_attribute(self.to_vec())
    }
}
