//! One attribute of a schema.

use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::read::{Absence, FieldType};
use crate::schema::Schema;

/// The schema of a field, without the names of its attribute.
#[derive(Clone, Copy)]
pub struct FieldSchema {
    types: AttributeTypes,
    is_required: bool,
    /// `None` for a field with a conversion, whose content is not known.
    schema: Option<fn() -> &'static Schema>,
}

impl FieldSchema {
    /// A field that is read without a conversion.
    #[must_use]
    pub(crate) const fn new(
        types: AttributeTypes,
        is_required: bool,
        schema: fn() -> &'static Schema,
    ) -> Self {
        Self { types, is_required, schema: Some(schema) }
    }

    /// A field that is read through a conversion.
    #[must_use]
    pub const fn converted<T>(field_type: &FieldType<T>) -> Self {
        Self {
            types: field_type.expected().types(),
            is_required: field_type.absence().is_required(),
            schema: None,
        }
    }

    /// A field of which a missing attribute has this value.
    #[must_use]
    pub const fn with_absence<T>(mut self, absence: Absence<T>) -> Self {
        self.is_required = absence.is_required();
        self
    }

    /// A field with a default of its own.
    #[must_use]
    pub const fn with_default(mut self) -> Self {
        self.is_required = false;
        self
    }
}

/// An attribute that a type is read from.
#[derive(Clone, Copy)]
pub struct AttributeSchema {
    /// The name, then its aliases.
    names: &'static [&'static str],
    field: FieldSchema,
    template: Option<Template>,
}

/// The template of a key attribute.
#[derive(Clone, Copy)]
struct Template {
    text: &'static str,
    /// The text before the first field.
    prefix: &'static str,
}

impl AttributeSchema {
    /// An attribute of a field. `names` is not empty.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(names: &'static [&'static str], field: FieldSchema) -> Self {
        Self { names, field, template: None }
    }

    /// A key attribute with its template, and the text before the template's first field.
    #[doc(hidden)]
    #[must_use]
    pub const fn key(
        names: &'static [&'static str],
        template: &'static str,
        prefix: &'static str,
        is_required: bool,
    ) -> Self {
        let types = AttributeTypes::of(&[AttributeType::S]);
        let field = FieldSchema { types, is_required, schema: None };
        Self { names, field, template: Some(Template { text: template, prefix }) }
    }

    /// The attribute that holds the tag.
    pub(super) const fn tag(names: &'static [&'static str], is_required: bool) -> Self {
        let types = AttributeTypes::of(&[AttributeType::S]);
        Self { names, field: FieldSchema { types, is_required, schema: None }, template: None }
    }

    /// The name of the attribute.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or_default()
    }

    /// The other names that the field is read from if there is no attribute with this one.
    #[must_use]
    pub fn aliases(&self) -> &'static [&'static str] {
        self.names.get(1..).unwrap_or_default()
    }

    /// The name and the aliases.
    pub(super) fn names(&self) -> &'static [&'static str] {
        self.names
    }

    /// The attribute types that the field is read from.
    #[must_use]
    pub const fn attribute_types(&self) -> AttributeTypes {
        self.field.types
    }

    /// Returns `true` if an image with neither this attribute nor one of its aliases does not fit.
    /// In a type with [older versions](Schema::versions), if it does not fit the newest one.
    ///
    /// A field with `try_from = Type` counts as required if a field of that `Type` is, even if the
    /// conversion refuses the value of a missing attribute.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        self.field.is_required
    }

    /// The template of a key attribute: `ORDER#{id}`.
    #[must_use]
    pub const fn template(&self) -> Option<&'static str> {
        match self.template {
            Some(template) => Some(template.text),
            None => None,
        }
    }

    /// The text before the first field of a key attribute.
    pub(crate) fn key_prefix(&self) -> Option<&'static str> {
        self.template.map(|template| template.prefix)
    }

    /// The schema of the field's type. `None` for a tag, for a key attribute, and for a field with
    /// a conversion.
    #[must_use]
    pub fn schema(&self) -> Option<&'static Schema> {
        self.field.schema.map(|schema| schema())
    }

    /// The attribute as one that an image may lack.
    pub(super) const fn optional(mut self) -> Self {
        self.field.is_required = false;
        self
    }

    /// Returns `true` if the other field is read from the same attributes.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.names == other.names
    }

    /// Adds the attribute types of another field that is read from the same attributes.
    pub(super) const fn or(mut self, other: &Self) -> Self {
        self.field.types = self.field.types.union(other.field.types);
        self
    }
}
