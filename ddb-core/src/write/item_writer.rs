//! The attributes of an item, or of a map inside one.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde_dynamo::{AttributeValue, Item};

use crate::attribute::IntoAttribute;
use crate::error::{AttributeError, ItemError, KEPT_PROBLEMS, PendingProblem, ProblemKind};
use crate::map_key::IntoMapKey;
use crate::private::ImageNames;
use crate::read::wrap_item;
use crate::write::Layout;
use crate::write::nesting::check_nesting;

/// The attributes of an item, or of a map inside one, for a generated function to write.
#[derive(Default)]
pub struct ItemWriter {
    attributes: HashMap<String, AttributeValue>,
    problems: Vec<PendingProblem>,
    /// The names that fields of flattened types are read from, also where nothing is written. Only
    /// a `rest` field needs them.
    flattened: Option<Vec<&'static [&'static str]>>,
}

impl ItemWriter {
    /// Remembers the names of the flattened types that are written from now on, for a `rest` field.
    pub fn track_flattened(&mut self) {
        self.flattened.get_or_insert_default();
    }

    /// Claims the names of a type that is written beside others, except for those of the types that
    /// are flattened into it.
    pub(crate) fn claim(&mut self, names: &'static ImageNames) {
        if let Some(flattened) = &mut self.flattened {
            flattened.push(names.own());
        }
    }

    /// Converts the value of a field, unless it is left out. [`write_fields`](Self::write_fields)
    /// writes it.
    pub fn convert<T: IntoAttribute>(
        &mut self,
        converted: &mut Option<AttributeValue>,
        name: &str,
        value: T,
    ) {
        match value.into_field() {
            Ok(value) => *converted = value,
            Err(error) => self.fail(name, error),
        }
    }

    /// Writes the converted values of a struct's fields, in the order of the layout.
    pub fn write_fields(&mut self, layout: &'static Layout, values: &mut [Option<AttributeValue>]) {
        // The fields of a variant are claimed nowhere else.
        if let Some(flattened) = &mut self.flattened {
            flattened.push(layout.names());
        }
        let count = values.iter().flatten().count();
        // A clone of the layout's map contains every name, also those of values that are left out.
        if self.attributes.is_empty() && count >= values.len() - values.len() / 4 {
            self.attributes = layout.fill(values);
            return;
        }
        self.attributes.reserve(count);
        for (name, value) in layout.names().iter().zip(values) {
            if let Some(value) = value.take() {
                self.insert(name, value);
            }
        }
    }

    pub(crate) fn insert(&mut self, name: &str, value: AttributeValue) {
        // Unlike `entry`, this probes the map once. The error makes the old value irrelevant.
        if self.attributes.insert(name.to_owned(), value).is_some() {
            self.fail(name, AttributeError::new(ProblemKind::RepeatedName));
        }
    }

    /// Writes an attribute whose name is data.
    fn insert_entry(&mut self, name: String, value: AttributeValue) {
        match self.attributes.entry(name) {
            Entry::Vacant(entry) => {
                entry.insert(value);
            }
            Entry::Occupied(entry) => {
                let name = entry.key().clone();
                self.fail(&name, AttributeError::new(ProblemKind::RepeatedName));
            }
        }
    }

    /// Writes the attributes of a `rest` field, none of which may have the name of a field, because
    /// that field would be read from it.
    pub(crate) fn write_rest(&mut self, rest: HashMap<String, AttributeValue>, names: &ImageNames) {
        self.attributes.reserve(rest.len());
        for (name, value) in rest {
            let mut flattened = self.flattened.iter().flatten();
            if names.has_own(&name) || flattened.any(|names| names.contains(&&*name)) {
                self.fail(&name, AttributeError::new(ProblemKind::RepeatedName));
            } else {
                self.insert_entry(name, value);
            }
        }
    }

    /// Writes all attributes of an item.
    pub(crate) fn write_item(&mut self, item: HashMap<String, AttributeValue>) {
        if self.attributes.is_empty() {
            self.attributes = item;
        } else {
            self.write_rest(item, &ImageNames::UNKNOWN);
        }
    }

    #[cold]
    pub(crate) fn fail(&mut self, name: &str, error: AttributeError) {
        let problems = error.into_problems().into_iter().map(|mut problem| {
            problem.enter_name(name);
            problem
        });
        let room = KEPT_PROBLEMS.saturating_sub(self.problems.len());
        self.problems.extend(problems.take(room));
    }

    /// Adds the problem of a part of the item that has no attribute of its own.
    #[cold]
    pub(crate) fn fail_whole(&mut self, error: AttributeError) {
        self.problems.extend(error.into_problems());
    }

    /// Runs `write`, whose problems are those of a variant.
    pub fn write_variant(&mut self, variant: &'static str, write: impl FnOnce(&mut Self)) {
        let known = self.problems.len();
        write(self);
        for problem in self.problems.iter_mut().skip(known) {
            problem.enter_variant(variant);
        }
    }

    /// Returns `true` if nothing has been written, without a problem.
    pub(crate) fn is_empty(&self) -> bool {
        self.attributes.is_empty() && self.problems.is_empty()
    }

    pub(crate) fn has_problems(&self) -> bool {
        !self.problems.is_empty()
    }

    /// An attribute that has been written.
    pub(crate) fn attribute(&self, name: &str) -> Option<&AttributeValue> {
        self.attributes.get(name)
    }

    /// The item.
    pub(crate) fn finish(mut self) -> Result<Item, ItemError> {
        check_nesting(&self.attributes, &mut self.problems);
        if self.problems.is_empty() {
            Ok(wrap_item(self.attributes))
        } else {
            Err(ItemError::new(self.problems))
        }
    }

    /// The map inside an item.
    pub(crate) fn into_map(self) -> Result<AttributeValue, AttributeError> {
        if self.problems.is_empty() {
            Ok(AttributeValue::M(self.attributes))
        } else {
            Err(AttributeError::inside(self.problems))
        }
    }
}

/// Writes an `M` whose names are data. In a map, every value is written, a `None` as a `NULL`.
pub(crate) fn write_entries<K: IntoMapKey, V: IntoAttribute>(
    entries: impl ExactSizeIterator<Item = (K, V)>,
) -> Result<AttributeValue, AttributeError> {
    let mut writer = ItemWriter::default();
    writer.attributes.reserve(entries.len());
    for (key, value) in entries {
        match key.into_name() {
            Ok(name) => match value.into_attribute() {
                Ok(value) => writer.insert_entry(name, value),
                Err(error) => writer.fail(&name, error),
            },
            Err(error) => writer.fail_whole(error),
        }
    }
    writer.into_map()
}
