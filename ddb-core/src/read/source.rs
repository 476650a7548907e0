//! Where the attributes of an image are kept.

use std::collections::HashMap;

use serde_dynamo::AttributeValue;

use crate::json::Json;
use crate::read::members::scan_names;

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

    /// An attribute that a field might have been meant to read: a forgotten `rename_all` is a common mistake.
    ///
    /// `names` keeps what has been found of them in JSON text.
    pub(super) fn find_similar(&self, name: &str, names: &mut Option<Vec<String>>) -> Option<String> {
        let is_similar = |key: &str| key != name && letters(key).eq(letters(name));
        match self {
            Self::Owned(map) => map.keys().filter(|key| is_similar(key)).min().cloned(),
            Self::Borrowed(map) => map.keys().filter(|key| is_similar(key)).min().cloned(),
            Self::Json(json, start) => {
                let names = names.get_or_insert_with(|| scan_names(json, *start));
                names.iter().filter(|key| is_similar(key)).min().cloned()
            }
        }
    }
}

/// What names that differ by a rule of `rename_all` have in common.
fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|character| !matches!(character, '_' | '-')).map(|character| character.to_ascii_lowercase())
}
