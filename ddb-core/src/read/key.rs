//! Key attributes whose text is made of fields.

use std::mem;

use crate::attribute_type::AttributeType;
use crate::error::{AttributeError, Cause, Expected, Found, ProblemKind, Refusal};
use crate::read::entry::Entry;
use crate::read::field::{Origin, Reading, Slot};
use crate::read::image::Image;
use crate::read::report::Report;

/// The template of a key attribute, which the derive writes as a constant.
pub struct KeyTemplate {
    /// The text before each field and after the last one, which is one more than there are
    /// fields.
    literals: &'static [&'static str],
    expected: Expected,
    /// Whether the attribute belongs to the table's key, which every item has.
    is_primary: bool,
}

impl KeyTemplate {
    /// Creates a template. Of the literals, only the first and the last can be empty.
    #[must_use]
    pub const fn new(
        literals: &'static [&'static str],
        expected: Expected,
        is_primary: bool,
    ) -> Self {
        Self { literals, expected, is_primary }
    }
}

/// Splits the text of a key into its fields. `None` means that it does not match the literals.
pub(crate) fn split_key<'t>(literals: &'static [&'static str], text: &'t str) -> Option<Split<'t>> {
    let (first, literals) = literals.split_first()?;
    let split = Split { rest: text.strip_prefix(first)?, literals };
    let mut fields = split.clone();
    while !fields.literals.is_empty() {
        fields.take()?;
    }
    fields.rest.is_empty().then_some(split)
}

/// The fields in the text of a key that have not been taken yet.
#[derive(Clone)]
pub(crate) struct Split<'t> {
    rest: &'t str,
    /// The text after each field.
    literals: &'static [&'static str],
}

impl<'t> Split<'t> {
    /// Takes the next field, which ends at the first occurrence of the text after it. `None` means
    /// that the field would be empty, or that the text after it is missing.
    pub(crate) fn take(&mut self) -> Option<&'t str> {
        let (literal, literals) = self.literals.split_first()?;
        let (field, rest) = match *literal {
            "" => (self.rest, ""),
            literal => self.rest.split_once(literal)?,
        };
        *self = Self { rest, literals };
        Some(field).filter(|field| !field.is_empty())
    }
}

/// The fields of a key, for the slots to take in their order.
pub struct KeyFields<'k> {
    /// `None` if the key does not match. The problem is in the report.
    split: Option<Split<'k>>,
    report: &'k mut Report,
}

impl KeyFields<'_> {
    /// Takes the next field into its slot.
    pub fn read<T>(
        &mut self,
        slot: &mut Slot<'_, T>,
        parse: impl FnOnce(&str) -> Result<T, Cause>,
    ) {
        slot.origin = Some(Origin::Value(0));
        slot.reading = match self.split.as_mut().and_then(Split::take).map(parse) {
            Some(Ok(value)) => Reading::Read(value),
            Some(Err(cause)) => {
                let expected = slot.field.expected();
                self.report.push(AttributeError::refused(expected, Some(AttributeType::S), cause));
                Reading::Failed
            }
            None => Reading::Failed,
        };
    }
}

impl Entry<'_, '_> {
    /// Reads the fields of a key attribute. `is_read` says whether the image has had the attribute
    /// already, which JSON text can.
    pub fn read_key(
        mut self,
        template: &'static KeyTemplate,
        is_read: &mut bool,
        read: &mut dyn FnMut(&mut KeyFields<'_>),
    ) {
        let checkpoint = self.report.checkpoint();
        self.pass.is_unread = false;
        if mem::replace(is_read, true) {
            self.report.push(AttributeError::new(ProblemKind::RepeatedName));
            read(&mut KeyFields { split: None, report: self.report });
        } else if let Err(refusal) = self.read_key_fields(template, read) {
            let is_null = matches!(refusal, Refusal::Found(Found::Type(AttributeType::Null)));
            self.pass.nulls += usize::from(is_null);
            // Like a missing attribute, a `NULL` says that the item is not in the index.
            if template.is_primary || !is_null {
                self.report.push(refusal.into_error(template.expected));
                read(&mut KeyFields { split: None, report: self.report });
            }
        }
        if self.report.count_since(checkpoint) > 0 {
            self.report.enter_name(checkpoint, self.name);
        }
    }

    fn read_key_fields(
        &mut self,
        template: &'static KeyTemplate,
        read: &mut dyn FnMut(&mut KeyFields<'_>),
    ) -> Result<(), Refusal> {
        let report = &mut *self.report;
        let is_split = self.value.find_by_text(|text| {
            let split = split_key(template.literals, text);
            let is_split = split.is_some();
            if is_split {
                read(&mut KeyFields { split, report });
            }
            is_split
        })?;
        if is_split { Ok(()) } else { Err(Refusal::Found(Found::OtherKey)) }
    }
}

impl Image<'_> {
    /// Reports that a key attribute is missing, unless it has been read. Every item has its key.
    pub fn expect_key(&mut self, name: &str, template: &'static KeyTemplate, is_read: bool) {
        if !is_read {
            self.report_missing(name, template.expected);
        }
    }

    /// Compares two values of one field. The field has the value of the other slot if its own is
    /// missing.
    pub fn agree<T: PartialEq>(&mut self, slot: &mut Slot<'_, T>, other: Slot<'_, T>) {
        let names = other.field.names();
        if let Some(Origin::Null(_)) = slot.origin {
            slot.reading = Reading::Missing;
        }
        match (&slot.reading, other.reading) {
            (Reading::Read(value), Reading::Read(other_value)) if *value != other_value => {
                let name = names.first().copied().unwrap_or_default();
                let error = AttributeError::mismatch(other.field.expected(), Found::OtherValue);
                self.report.push_at(name, error);
                slot.reading = Reading::Failed;
                self.mark_replaced(names);
            }
            (Reading::Missing, reading) => slot.reading = reading,
            (_, Reading::Failed) => {
                slot.reading = Reading::Failed;
                self.mark_replaced(names);
            }
            _ => {}
        }
    }
}
