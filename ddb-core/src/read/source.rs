//! Where the attributes of an image are kept.

use std::collections::HashMap;

use serde_dynamo::AttributeValue;

use crate::json::Json;
use crate::read::members::visit_names;

pub(super) enum Source<'r> {
    /// Strings and bytes are moved out of the values; the map itself is dropped by its owner.
    Owned(&'r mut HashMap<String, AttributeValue>),
    Borrowed(&'r HashMap<String, AttributeValue>),
    /// An object in JSON text, from the position of its brace on.
    Json(Json<'r>, usize),
}

impl<'r> Source<'r> {
    pub(super) fn json(json: Json<'r>) -> Self {
        let start = json.position();
        Self::Json(json, start)
    }

    pub(super) fn reborrow(&mut self) -> Source<'_> {
        match self {
            Self::Owned(map) => Source::Owned(map),
            Self::Borrowed(map) => Source::Borrowed(map),
            Self::Json(json, start) => Source::Json(json.reborrow(), *start),
        }
    }

    /// How many attributes there are; unknown, and none, in JSON text.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Owned(map) => map.len(),
            Self::Borrowed(map) => map.len(),
            Self::Json(..) => 0,
        }
    }

    /// An attribute that a field might have been meant to read: a forgotten `rename_all` is a
    /// common mistake.
    pub(super) fn find_similar(&self, name: &str) -> Option<String> {
        let mut similar = None;
        let mut look = |key: &str| {
            if key != name
                && letters(key).eq(letters(name))
                && similar.as_deref().is_none_or(|similar| key < similar)
            {
                similar = Some(key.to_owned());
            }
        };
        match self {
            Self::Owned(map) => map.keys().for_each(|key| look(key)),
            Self::Borrowed(map) => map.keys().for_each(|key| look(key)),
            Self::Json(json, start) => visit_names(json, *start, &mut look),
        }
        similar
    }
}

/// What names that differ by a rule of `rename_all` have in common.
fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars()
        .filter(|character| !matches!(character, '_' | '-'))
        .map(|character| character.to_ascii_lowercase())
}
