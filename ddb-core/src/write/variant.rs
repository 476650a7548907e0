//! The variants of an enum with data.

use serde_dynamo::AttributeValue;

use crate::error::{AttributeError, Unwritable};
use crate::read::{Tags, VariantKeys};
use crate::write::ItemWriter;

impl ItemWriter {
    /// Writes the tag of the variant with this index, unless its content has written the tag, which
    /// then has to select the variant again.
    pub fn write_tag(&mut self, tags: &'static Tags, index: u16, name: Option<&'static str>) {
        let written = match (self.attribute(tags.attribute), name) {
            (None, Some(name)) => {
                let tag = AttributeValue::S(name.to_owned());
                return self.insert(tags.attribute, tag);
            }
            (Some(AttributeValue::S(text)), _) => Some(text),
            _ => None,
        };
        if written.and_then(|text| tags.find(text)) != Some(index) {
            self.fail(tags.attribute, AttributeError::unwritable(Unwritable::OtherTag));
        }
    }

    /// Checks that the key that has been written selects the variant with this index.
    pub fn check_key(&mut self, keys: &'static VariantKeys, index: usize) {
        if self.has_problems() {
            return;
        }
        let text = |name: Option<&'static str>| match self.attribute(name?) {
            Some(AttributeValue::S(text)) => Some(text.as_str()),
            _ => None,
        };
        let attributes = keys.attributes();
        if keys.find(attributes.map(text)).map(usize::from) != Some(index) {
            let name = attributes.into_iter().flatten().next_back().unwrap_or_default();
            self.fail(name, AttributeError::unwritable(Unwritable::OtherVariant));
        }
    }

    /// Refuses a variant that stands for whatever no other one claims.
    pub fn refuse_variant(&mut self, variant: &'static str) {
        self.write_variant(variant, |writer| {
            writer.fail_whole(AttributeError::unwritable(Unwritable::NoForm));
        });
    }
}
