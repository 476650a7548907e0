//! The schema of a type: the attributes that it is read from, and the filter and the projection
//! that are derived from them.

pub(crate) mod attribute;
#[cfg(feature = "events")]
mod filter_criteria;
pub(crate) mod image;
mod projection;

pub use self::attribute::AttributeSchema;
#[cfg(feature = "events")]
pub use self::filter_criteria::{FilterCriteria, FilterCriteriaError, filter_criteria};
pub use self::image::VariantSchema;
pub use self::projection::{Projection, projection};

use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::schema::image::ImageSchema;

/// The attribute types that a Rust type is read from and, for a whole item or an `M`, the attributes
/// in it.
///
/// Every type that implements [`FromAttribute`](crate::FromAttribute) has a schema, in
/// [`FromAttribute::SCHEMA`](crate::FromAttribute::SCHEMA).
///
/// ```
/// use ddb_core::attribute::AttributeType;
/// use ddb_core::{FromAttribute, FromStreamImage};
///
/// #[derive(FromStreamImage)]
/// struct Order {
///     id: u64,
///     note: Option<String>,
///     lines: Vec<Line>,
/// }
///
/// #[derive(FromAttribute)]
/// struct Line {
///     sku: String,
/// }
///
/// let attributes: Vec<_> = Order::SCHEMA.attributes().collect();
/// let names: Vec<_> = attributes.iter().map(|attribute| attribute.name()).collect();
/// assert_eq!(names, ["id", "note", "lines"]);
/// assert!(attributes[0].attribute_types().contains(AttributeType::N));
/// assert!(attributes[0].is_required() && !attributes[1].is_required());
///
/// let lines = attributes[2].schema().expect("no conversion");
/// let line = lines.element().expect("a list");
/// assert_eq!(line.attributes().count(), 1);
/// ```
#[derive(Clone, Copy)]
pub struct Schema {
    types: AttributeTypes,
    content: Content,
}

#[derive(Clone, Copy)]
enum Content {
    /// A value without attributes or elements.
    Value,
    /// A list, a set, or a map whose keys are data. A function, because a type can contain itself.
    Elements(fn() -> &'static Schema),
    Image(ImageSchema),
}

impl Schema {
    /// A type without attributes or elements of its own.
    pub(crate) const fn of_value(types: AttributeTypes) -> Self {
        Self { types, content: Content::Value }
    }

    /// A list, a set or a map, with the schema of its elements.
    pub(crate) const fn of_elements(types: AttributeTypes, element: fn() -> &'static Self) -> Self {
        Self { types, content: Content::Elements(element) }
    }

    const fn of_image(image: ImageSchema) -> Self {
        Self { types: AttributeTypes::of(&[AttributeType::M]), content: Content::Image(image) }
    }

    /// The attribute types that the type is read from. A whole item counts as an `M`.
    #[must_use]
    pub const fn attribute_types(&self) -> AttributeTypes {
        self.types
    }

    /// The schema of the elements of a list or a set, or of the values of a map.
    #[must_use]
    pub fn element(&self) -> Option<&'static Self> {
        match self.content {
            Content::Elements(element) => Some(element()),
            Content::Value | Content::Image(_) => None,
        }
    }

    /// The attributes of a struct or of an enum with data, those of flattened fields included. Empty
    /// for any other type.
    ///
    /// An enum has the attributes of all its variants. One that several variants have appears once, and
    /// is required if each variant requires it. The attributes of [older versions](Self::versions) are
    /// not included.
    pub fn attributes(&'static self) -> impl Iterator<Item = AttributeSchema> {
        self.image().map(ImageSchema::attributes).unwrap_or_default().into_iter()
    }

    /// The variants of an enum with data, except for the one that takes everything else.
    pub fn variants(&self) -> impl Iterator<Item = &'static VariantSchema> {
        self.image().map(ImageSchema::variants).unwrap_or_default().iter()
    }

    /// The attribute whose text selects the variant, for an enum with a `tag`.
    #[must_use]
    pub fn tag(&self) -> Option<&'static str> {
        self.image().and_then(ImageSchema::tag)
    }

    /// The older versions of `upgrade_from`, which are tried in this order if an image does not fit.
    pub fn versions(&self) -> impl Iterator<Item = &'static Self> {
        self.image().map(ImageSchema::versions).unwrap_or_default().iter().copied()
    }

    /// Returns `true` if the type also takes attributes that are not among its
    /// [`attributes`](Self::attributes): with a `rest` field, as an `other(Item)`, or if it is
    /// converted from an `Item`.
    #[must_use]
    pub fn collects_rest(&self) -> bool {
        self.image().is_some_and(ImageSchema::collects_rest)
    }

    const fn image(&self) -> Option<&ImageSchema> {
        match &self.content {
            Content::Image(image) => Some(image),
            Content::Value | Content::Elements(_) => None,
        }
    }
}
