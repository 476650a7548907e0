//! Booleans, from a `BOOL`, and text, from an `S`.

use crate::attribute::FromAttribute;
use crate::error::{Expected, Found};
use crate::read::{Attribute, Place, Text};
use crate::tag::{Tag, Tags};
use crate::unfit::Unfit;

impl FromAttribute for bool {
    const EXPECTED: Expected = Expected::of::<Self>(Tags::of(&[Tag::Bool]));

    #[inline]
    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
        attribute.into_bool(Self::EXPECTED)
    }

    #[inline]
    fn from_plain(place: &mut Place<'_, '_>) -> Option<Self> {
        place.plain_bool()
    }
}

impl FromAttribute for String {
    const EXPECTED: Expected = Expected::of::<Self>(Tags::of(&[Tag::S]));

    #[inline]
    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
        match attribute.into_text(Tag::S) {
            Ok(text) => Ok(text.into_string()),
            Err(refusal) => Err(refusal.into_unfit(Self::EXPECTED)),
        }
    }

    #[inline]
    fn from_plain(place: &mut Place<'_, '_>) -> Option<Self> {
        place.plain_text(Tag::S).map(Text::into_string)
    }
}

/// An `S` of one character.
impl FromAttribute for char {
    const EXPECTED: Expected = Expected::of::<Self>(Tags::of(&[Tag::S])).with_length(1);

    #[inline]
    fn from_attribute(attribute: Attribute<'_>) -> Result<Self, Unfit> {
        let text = attribute.into_str(Self::EXPECTED)?;
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => Ok(character),
            _ => Err(Unfit::mismatch(Self::EXPECTED, Found::Length(Tag::S, text.chars().count()))),
        }
    }
}
