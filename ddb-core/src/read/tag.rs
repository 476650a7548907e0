//! The selection of an enum's variant by the text of one attribute, the tag.

use crate::attribute_type::AttributeType;
use crate::error::{Expected, Found, Refusal};
use crate::read::image::Image;

/// The tags of an enum, which the derive writes as a constant.
pub struct Tags {
    /// The name of the attribute that holds the tag.
    pub(crate) attribute: &'static str,
    /// The names of the variants, aliases included, in ascending order of their bytes, each with
    /// the index of its variant.
    names: &'static [(&'static str, u16)],
    /// The prefixes, the longest first, each with the index of its variant.
    prefixes: &'static [(&'static str, u16)],
    /// The index of the variant that takes every other tag.
    other: Option<u16>,
    /// The tags for messages: the names without aliases, and the prefixes.
    pub(crate) labels: &'static [&'static str],
}

impl Tags {
    /// Creates the tags of an enum. `names` are in ascending order of their bytes, and the longest
    /// of the `prefixes` comes first.
    #[must_use]
    pub const fn new(
        attribute: &'static str,
        names: &'static [(&'static str, u16)],
        prefixes: &'static [(&'static str, u16)],
        other: Option<u16>,
        labels: &'static [&'static str],
    ) -> Self {
        Self { attribute, names, prefixes, other, labels }
    }

    /// The index of the variant that takes every other tag.
    pub(crate) const fn other(&self) -> Option<u16> {
        self.other
    }

    /// The names of the variants, in the order in which they are declared.
    #[cfg(feature = "events")]
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        let mut names = self.names.to_vec();
        names.sort_by_key(|&(_, variant)| variant);
        names.into_iter().map(|(name, _)| name)
    }

    /// The prefixes, the longest first.
    #[cfg(feature = "events")]
    pub(crate) fn prefixes(&self) -> impl Iterator<Item = &'static str> {
        self.prefixes.iter().map(|&(prefix, _)| prefix)
    }

    /// The index of the variant with this tag, or of the one that takes every other tag.
    pub(crate) fn find(&self, tag: &str) -> Option<u16> {
        if let Ok(index) = self.names.binary_search_by(|(name, _)| (**name).cmp(tag)) {
            return self.names.get(index).map(|&(_, variant)| variant);
        }
        let prefix = self.prefixes.iter().find(|(prefix, _)| tag.starts_with(prefix));
        prefix.map(|&(_, variant)| variant).or(self.other)
    }
}

impl Image<'_> {
    /// Returns the index of the variant that the image's tag selects. `None` means that there is
    /// none; the problem is in the report.
    pub(crate) fn select_variant(
        &mut self,
        tags: &'static Tags,
        expected: Expected,
    ) -> Option<u16> {
        let name = tags.attribute;
        let (selected, refusal) = match self.find_by_text(name, |tag| tags.find(tag)) {
            Some(Ok(variant)) => (variant, Some(Refusal::Found(Found::OtherName))),
            Some(Err(refusal)) => (tags.other, Some(refusal)),
            None => (tags.other, None),
        };
        self.claim_tag(name);
        if selected.is_none() {
            self.refuse_tag(name, refusal, expected);
        }
        selected
    }

    #[cold]
    fn refuse_tag(&mut self, name: &'static str, refusal: Option<Refusal>, expected: Expected) {
        let Some(refusal) = refusal else {
            return self.report_missing(name, expected);
        };
        let is_null = matches!(refusal, Refusal::Found(Found::Type(AttributeType::Null)));
        self.report.push_at(name, refusal.into_error(expected));
        if is_null {
            // A flattened `Option` of the enum is `None`.
            self.pass.nulls += 1;
        } else {
            self.drop_unread();
        }
    }

    /// Reads the content of a variant. `None` means that the variant cannot be built; the problem
    /// is in the report.
    pub(crate) fn read_variant<T>(
        &mut self,
        variant: &'static str,
        read: impl FnOnce(&mut Image<'_>) -> Option<T>,
    ) -> Option<T> {
        let checkpoint = self.report.checkpoint();
        let value = read(&mut *self);
        if self.report.count_since(checkpoint) > 0 {
            self.report.enter_variant(checkpoint, variant);
        }
        value
    }
}
