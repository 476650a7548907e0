//! Integers, in an `N` with an integral value, however the number is spelled.

use std::num::NonZero;
use std::str::FromStr;

use serde_dynamo::AttributeValue;

use crate::attribute::{FromAttribute, IntoAttribute};
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected, Found, Refusal};
use crate::number::decimal::{NumberError, parse_signed, parse_unsigned};
use crate::read::{Attribute, EntryValue, read_array, read_list};
use crate::types::binary;
use crate::write::write_number;

macro_rules! integer_from_attribute {
    ($($integer:ty => $parse:ident $({ $($list:item)* })?),* $(,)?) => {$(
        impl FromAttribute for $integer {
            const EXPECTED: Expected =
                Expected::of::<Self>(AttributeTypes::of(&[AttributeType::N]));

            #[inline]
            fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
                read_integer(attribute, $parse)
                    .map_err(|refusal| refusal.into_error(Self::EXPECTED))
            }

            #[inline]
            fn from_plain(value: &mut EntryValue<'_, '_>) -> Option<Self> {
                value.plain_text(AttributeType::N)?.into_str().parse().ok()
            }

            $($($list)*)?
        }

        impl FromAttribute for NonZero<$integer> {
            const EXPECTED: Expected =
                Expected::of::<Self>(AttributeTypes::of(&[AttributeType::N]));

            #[inline]
            fn from_attribute(attribute: Attribute<'_>) -> Result<Self, AttributeError> {
                read_integer::<$integer, _>(attribute, $parse)
                    .and_then(|integer| Self::new(integer).ok_or(Refusal::Found(Found::OutOfRange)))
                    .map_err(|refusal| refusal.into_error(Self::EXPECTED))
            }
        }
    )*};
}

integer_from_attribute! {
    i8 => parse_signed,
    i16 => parse_signed,
    i32 => parse_signed,
    i64 => parse_signed,
    i128 => parse_signed,
    isize => parse_signed,
    u8 => parse_unsigned {
        // A list of bytes can also be a `B`.
        const LIST_TYPES: AttributeTypes =
            AttributeTypes::of(&[AttributeType::B, AttributeType::L, AttributeType::Ns]);

        fn list_from_attribute(
            attribute: Attribute<'_>,
            expected: Expected,
        ) -> Result<Vec<Self>, AttributeError> {
            if attribute.attribute_type() == AttributeType::B {
                return attribute.into_byte_vec(expected);
            }
            read_list(attribute, expected)
        }

        fn array_from_attribute<const N: usize>(
            attribute: Attribute<'_>,
            expected: Expected,
        ) -> Result<[Self; N], AttributeError> {
            if attribute.attribute_type() == AttributeType::B {
                return binary::read_bytes(attribute, expected);
            }
            read_array(attribute, expected)
        }
    },
    u16 => parse_unsigned,
    u32 => parse_unsigned,
    u64 => parse_unsigned,
    u128 => parse_unsigned,
    usize => parse_unsigned,
}

#[inline]
fn read_integer<T: FromStr + TryFrom<W>, W>(
    attribute: Attribute<'_>,
    parse: fn(&str) -> Result<W, NumberError>,
) -> Result<T, Refusal> {
    let text = attribute.into_text(AttributeType::N)?.into_str();
    // Nearly every number is plain digits, which the standard library parses directly.
    text.parse().or_else(|_| widen(text, parse)).map_err(Refusal::Found)
}

/// Reads a number that is not plain digits, or finds out why it does not fit.
#[cold]
fn widen<T: TryFrom<W>, W>(
    text: &str,
    parse: fn(&str) -> Result<W, NumberError>,
) -> Result<T, Found> {
    parse(text)?.try_into().map_err(|_| Found::OutOfRange)
}

macro_rules! integer_into_attribute {
    ($($integer:ty $({ $($list:item)* })?),* $(,)?) => {$(
        impl IntoAttribute for $integer {
            fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
                Ok(AttributeValue::N(self.to_string()))
            }

            $($($list)*)?
        }
    )*};
}

integer_into_attribute! {
    i8,
    i16,
    i32,
    i64,
    isize,
    u8 {
        // A list of bytes is a `B`.
        fn list_into_attribute(list: Vec<Self>) -> Result<AttributeValue, AttributeError> {
            Ok(AttributeValue::B(list))
        }
    },
    u16,
    u32,
    u64,
    usize,
}

macro_rules! wide_into_attribute {
    ($($integer:ty),*) => {$(
        /// An integer with more than 38 significant digits is an error.
        impl IntoAttribute for $integer {
            fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
                write_number(&self.to_string())
            }
        }
    )*};
}

wide_into_attribute!(i128, u128);

macro_rules! nonzero_into_attribute {
    ($($integer:ty),*) => {$(
        impl IntoAttribute for NonZero<$integer> {
            fn into_attribute(self) -> Result<AttributeValue, AttributeError> {
                self.get().into_attribute()
            }
        }
    )*};
}

nonzero_into_attribute!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);
