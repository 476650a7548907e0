//! The schema of an image: of a struct, or of an enum with data.

use std::slice;

use crate::read::{KeyPattern, Tags, VariantKeys};
use crate::schema::{AttributeSchema, Content, Schema};

/// The schema of an image.
#[derive(Clone, Copy)]
pub(super) struct ImageSchema {
    attributes: &'static [AttributeSchema],
    flattened: &'static [FlattenedSchema],
    variants: &'static [VariantSchema],
    versions: &'static [&'static Schema],
    collects_rest: bool,
    /// Whether an image may not fit for another reason than an attribute that is missing.
    may_refuse: bool,
    selector: Selector,
}

/// The part of an image that distinguishes the type from others.
#[derive(Clone, Copy)]
pub(super) enum Selector {
    /// There is none.
    None,
    /// By the attributes of the table's key.
    #[cfg_attr(not(feature = "events"), allow(dead_code, reason = "a filter needs the patterns"))]
    Key(&'static [KeyPattern]),
    /// By the tag of the variants.
    Tag(&'static Tags),
    /// By the keys of the variants.
    VariantKeys(&'static VariantKeys),
}

/// The schema of a flattened field.
#[derive(Clone, Copy)]
pub struct FlattenedSchema {
    schema: &'static Schema,
    is_required: bool,
}

impl FlattenedSchema {
    /// A flattened struct.
    pub(crate) const fn new(schema: &'static Schema) -> Self {
        Self { schema, is_required: true }
    }

    /// A flattened field that is an `Option`, or that has a default.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.is_required = false;
        self
    }
}

/// A variant of an enum with data.
pub struct VariantSchema {
    name: &'static str,
    schema: &'static Schema,
}

impl VariantSchema {
    /// The variant with this name.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, schema: &'static Schema) -> Self {
        Self { name, schema }
    }

    /// The name of the variant in Rust.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The schema of the variant's content.
    #[must_use]
    pub const fn schema(&self) -> &'static Schema {
        self.schema
    }
}

/// The schemas of images, as the derive writes them.
impl Schema {
    /// A variant without data.
    #[doc(hidden)]
    pub const UNIT: Self = Self::of_struct(&[], &[], false);

    /// An image whose attributes are not known, and that every image fits.
    pub(crate) const UNKNOWN: Self = Self::of_struct(&[], &[], true);

    /// A struct, or a variant with named fields.
    #[doc(hidden)]
    #[must_use]
    pub const fn of_struct(
        attributes: &'static [AttributeSchema],
        flattened: &'static [FlattenedSchema],
        collects_rest: bool,
    ) -> Self {
        Self::of_image(ImageSchema { attributes, flattened, collects_rest, ..ImageSchema::EMPTY })
    }

    /// An enum with a tag. `other_collects` says whether a variant takes every other item as it is.
    #[doc(hidden)]
    #[must_use]
    pub const fn of_tagged(
        tags: &'static Tags,
        variants: &'static [VariantSchema],
        other_collects: bool,
    ) -> Self {
        Self::of_image(ImageSchema {
            variants,
            collects_rest: other_collects,
            selector: Selector::Tag(tags),
            ..ImageSchema::EMPTY
        })
    }

    /// An enum with `by_key`. `other_collects` says whether a variant takes every other item as it
    /// is.
    #[doc(hidden)]
    #[must_use]
    pub const fn of_keyed(
        keys: &'static VariantKeys,
        variants: &'static [VariantSchema],
        other_collects: bool,
    ) -> Self {
        Self::of_image(ImageSchema {
            variants,
            collects_rest: other_collects,
            selector: Selector::VariantKeys(keys),
            ..ImageSchema::EMPTY
        })
    }

    /// Adds the patterns of the table's key.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_key(mut self, key: &'static [KeyPattern]) -> Self {
        if let Content::Image(image) = &mut self.content {
            image.selector = Selector::Key(key);
        }
        self
    }

    /// The schema of a type that may refuse an image, such as in a conversion that the user writes.
    #[doc(hidden)]
    #[must_use]
    pub const fn may_refuse(mut self, may_refuse: bool) -> Self {
        if let Content::Image(image) = &mut self.content {
            image.may_refuse |= may_refuse;
        }
        self
    }

    /// Adds the older versions.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_versions(mut self, versions: &'static [&'static Self]) -> Self {
        if let Content::Image(image) = &mut self.content {
            image.versions = versions;
        }
        self
    }

    /// Returns `true` if an image may not fit because an attribute is missing. Otherwise, the items of
    /// every version fit.
    pub(crate) const fn can_refuse(&self) -> bool {
        match &self.content {
            Content::Value | Content::Elements(_) => true,
            Content::Image(image) => image.can_refuse(),
        }
    }
}

impl ImageSchema {
    const EMPTY: Self = Self {
        attributes: &[],
        flattened: &[],
        variants: &[],
        versions: &[],
        collects_rest: false,
        may_refuse: false,
        selector: Selector::None,
    };

    const fn can_refuse(&self) -> bool {
        match self.selector {
            Selector::Tag(tags) => return tags.other().is_none(),
            Selector::VariantKeys(keys) => return keys.other().is_none(),
            Selector::Key(_) => return true,
            Selector::None if self.may_refuse => return true,
            Selector::None => {}
        }
        let mut index = 0;
        while index < self.attributes.len() {
            if self.attributes[index].is_required() {
                return true;
            }
            index += 1;
        }
        index = 0;
        while index < self.flattened.len() {
            let flattened = &self.flattened[index];
            if flattened.is_required && flattened.schema.can_refuse() {
                return true;
            }
            index += 1;
        }
        false
    }

    /// The attributes, those of flattened fields and of variants included.
    pub(super) fn attributes(&self) -> Vec<AttributeSchema> {
        let mut attributes = Vec::new();
        if let Selector::Tag(tags) = self.selector {
            let names = slice::from_ref(&tags.attribute);
            attributes.push(AttributeSchema::tag(names, tags.other().is_none()));
        }
        attributes.extend(self.attributes);
        for FlattenedSchema { schema, is_required } in self.flattened {
            let inner = schema.attributes();
            attributes.extend(inner.map(|it| if *is_required { it } else { it.optional() }));
        }
        for variant in self.variants {
            for attribute in variant.schema.attributes() {
                let known = attributes.iter_mut().find(|known| known.is_same(&attribute));
                match known {
                    Some(known) => *known = known.or(&attribute),
                    None => attributes.push(attribute),
                }
            }
        }
        if !self.variants.is_empty() {
            for attribute in attributes.iter_mut().filter(|it| !self.is_in_every_variant(it)) {
                *attribute = attribute.optional();
            }
        }
        attributes
    }

    /// Returns `true` if the attribute is the tag, or if each variant requires it.
    fn is_in_every_variant(&self, attribute: &AttributeSchema) -> bool {
        let other = match self.selector {
            Selector::Tag(tags) if tags.attribute == attribute.name() => return true,
            Selector::Tag(tags) => tags.other(),
            Selector::VariantKeys(keys) => keys.other(),
            Selector::None | Selector::Key(_) => None,
        };
        other.is_none()
            && self.variants.iter().all(|variant| {
                variant.schema.attributes().any(|it| it.is_same(attribute) && it.is_required())
            })
    }

    /// Adds the names of all attributes of all versions. `None` if every attribute is needed.
    pub(super) fn collect_names(&self, names: &mut Vec<&'static str>) -> Option<()> {
        if self.collects_rest {
            return None;
        }
        let mut add = |name| {
            if !names.contains(&name) {
                names.push(name);
            }
        };
        if let Selector::Tag(tags) = self.selector {
            add(tags.attribute);
        }
        self.attributes.iter().flat_map(AttributeSchema::names).copied().for_each(add);
        let flattened = self.flattened.iter().map(|flattened| flattened.schema);
        let variants = self.variants.iter().map(|variant| variant.schema);
        flattened
            .chain(variants)
            .chain(self.versions.iter().copied())
            .try_for_each(|schema| schema.image()?.collect_names(names))
    }

    pub(super) fn variants(&self) -> &'static [VariantSchema] {
        self.variants
    }

    pub(super) fn versions(&self) -> &'static [&'static Schema] {
        self.versions
    }

    pub(super) fn tag(&self) -> Option<&'static str> {
        match self.selector {
            Selector::Tag(tags) => Some(tags.attribute),
            _ => None,
        }
    }

    #[cfg(feature = "events")]
    pub(super) fn selector(&self) -> Selector {
        self.selector
    }

    /// The flattened structs that every image of the type has.
    #[cfg(feature = "events")]
    pub(super) fn required_flattened(&self) -> impl Iterator<Item = &'static Schema> {
        let required = self.flattened.iter().filter(|flattened| flattened.is_required);
        required.map(|flattened| flattened.schema)
    }

    pub(super) fn collects_rest(&self) -> bool {
        self.collects_rest
            || self.flattened.iter().any(|flattened| flattened.schema.collects_rest())
            || self.variants.iter().any(|variant| variant.schema.collects_rest())
    }
}
