//! Integers, from an `N`: exact, however it is spelled.

use std::num::NonZero;
use std::str::FromStr;

use crate::attribute::FromAttribute;
use crate::decimal::{Decimal, NotIntegral};
use crate::error::{Expected, Found};
use crate::read::{Attribute, Place};
use crate::tag::{Tag, Tags};
use crate::types::{binary, collection};
use crate::unfit::{Refusal, Unfit};

macro_rules! integer_from_attribute {
    ($($integer:ty => $parse:ident $({ $($list:item)* })?),* $(,)?) => {$(
        impl FromAttribute for $integer {
            const EXPECTED: Expected = Expected::of::<Self>(Tags::of(&[Tag::N]));

            #[inline]
            fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
                read_integer(attribute, $parse).map_err(|refusal| refusal.into_unfit(Self::EXPECTED))
            }

            #[inline]
            fn from_plain(place: &mut Place<'_, '_>) -> Option<Self> {
                place.plain_text(Tag::N)?.into_str().parse().ok()
            }

            $($($list)*)?
        }

        impl FromAttribute for NonZero<$integer> {
            const EXPECTED: Expected = Expected::of::<Self>(Tags::of(&[Tag::N]));

            #[inline]
            fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
                read_integer::<$integer, _>(attribute, $parse)
                    .and_then(|integer| Self::new(integer).ok_or(Refusal::Found(Found::OutOfRange)))
                    .map_err(|refusal| refusal.into_unfit(Self::EXPECTED))
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
        // A list of bytes is a `B` as well.
        const LIST_TAGS: Tags = Tags::of(&[Tag::B, Tag::L, Tag::Ns]);

        fn list_from_attribute(attribute: Attribute<'_>, expected: Expected) -> Result<Vec<Self>, Unfit> {
            if attribute.tag() == Tag::B {
                return attribute.into_byte_vec(expected);
            }
            collection::read_list(attribute, expected)
        }

        fn array_from_attribute<const N: usize>(
            attribute: Attribute<'_>,
            expected: Expected,
        ) -> Result<[Self; N], Unfit> {
            if attribute.tag() == Tag::B {
                return binary::read_bytes(attribute, expected);
            }
            collection::read_array(attribute, expected)
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
    parse: fn(&str) -> Result<W, Found>,
) -> Result<T, Refusal> {
    let text = attribute.into_text(Tag::N)?.into_str();
    // Nearly every number is plain digits, which the standard library reads fastest.
    text.parse().or_else(|_| widen(text, parse)).map_err(Refusal::Found)
}

/// Reads what is not plain digits.
#[cold]
fn widen<T: TryFrom<W>, W>(text: &str, parse: fn(&str) -> Result<W, Found>) -> Result<T, Found> {
    parse(text)?.try_into().map_err(|_| Found::OutOfRange)
}

fn parse_unsigned(text: &str) -> Result<u128, Found> {
    let (is_negative, magnitude) = parse_magnitude(text)?;
    if is_negative { Err(Found::OutOfRange) } else { Ok(magnitude) }
}

fn parse_signed(text: &str) -> Result<i128, Found> {
    let (is_negative, magnitude) = parse_magnitude(text)?;
    let integer = if is_negative {
        0_i128.checked_sub_unsigned(magnitude)
    } else {
        0_i128.checked_add_unsigned(magnitude)
    };
    integer.ok_or(Found::OutOfRange)
}

fn parse_magnitude(text: &str) -> Result<(bool, u128), Found> {
    let decimal = Decimal::parse(text).ok_or(Found::NotANumber)?;
    let magnitude = decimal.magnitude().map_err(|reason| match reason {
        NotIntegral::Fraction => Found::Fraction,
        NotIntegral::OutOfRange => Found::OutOfRange,
    })?;
    Ok((decimal.is_negative(), magnitude))
}
