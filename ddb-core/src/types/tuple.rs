//! Tuples, in an `L` of exactly their length.

use serde_dynamo::AttributeValue;

use crate::attribute::{FromAttribute, IntoAttribute};
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected};
use crate::read::Attribute;
use crate::write::collect_list;

macro_rules! tuple_from_attribute {
    ($($($element:ident)+;)*) => {$(
        impl<$($element: FromAttribute),+> FromAttribute for ($($element,)+) {
            const EXPECTED: Expected =
                Expected::of::<Self>(AttributeTypes::of(&[AttributeType::L]));

            #[allow(non_snake_case, reason = "each element is named after its type parameter")]
            fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
                let mut list = attribute.into_list(Self::EXPECTED)?;
                $(let $element = list.read().and_then(Result::ok);)+
                list.check_length([$(stringify!($element)),+].len(), Self::EXPECTED)?;
                match ($($element,)+) {
                    ($(Some($element),)+) => Ok(($($element,)+)),
                    _ => Err(AttributeError::reported()),
                }
            }
        }

        impl<$($element: IntoAttribute),+> IntoAttribute for ($($element,)+) {
            #[allow(non_snake_case, reason = "each element is named after its type parameter")]
            fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
                let ($($element,)+) = self;
                collect_list([$($element.into_attribute()),+])
            }
        }
    )*};
}

tuple_from_attribute! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
    A B C D E F G H I;
    A B C D E F G H I J;
    A B C D E F G H I J K;
    A B C D E F G H I J K L;
}
