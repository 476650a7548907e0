//! Where an attribute's value is.

use serde_dynamo::AttributeValue;

use crate::read::attribute::Text;
use crate::read::members::Members;
use crate::tag::Tag;

/// Where an attribute's value is, before anybody has looked at it.
pub enum Place<'e, 'i> {
    /// In an image that is ours: strings and bytes are moved.
    Owned(&'e mut AttributeValue),
    /// In an image that is somebody else's.
    Borrowed(&'e AttributeValue),
    /// It comes next in the text, or has been taken already.
    Json(&'e mut Members<'i>),
}

impl Place<'_, '_> {
    /// The text of the tag, `S` or `N`, if it is there as it stands.
    #[inline]
    pub(crate) fn plain_text(&mut self, tag: Tag) -> Option<Text<'_>> {
        match (self, tag) {
            (Self::Owned(AttributeValue::S(text)), Tag::S)
            | (Self::Owned(AttributeValue::N(text)), Tag::N) => Some(Text::Owned(text)),
            (Self::Borrowed(AttributeValue::S(text)), Tag::S)
            | (Self::Borrowed(AttributeValue::N(text)), Tag::N) => Some(Text::Borrowed(text)),
            (Self::Json(members), _) => members
                .plain()
                .filter(|(found, _)| *found == tag)
                .map(|(_, text)| Text::Borrowed(text)),
            _ => None,
        }
    }

    /// The value of a `BOOL`, if it is there as it stands.
    #[inline]
    pub(crate) fn plain_bool(&self) -> Option<bool> {
        match self {
            Self::Owned(AttributeValue::Bool(value))
            | Self::Borrowed(AttributeValue::Bool(value)) => Some(*value),
            _ => None,
        }
    }
}
