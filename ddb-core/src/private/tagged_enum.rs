//! Enums whose variants are told apart by the text of one attribute, the tag.

use crate::attribute::FromAttribute;
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{Expected, write_names};
use crate::private::image::ReadImage;
use crate::private::names::ImageNames;
use crate::read::{Image, Tags};
use crate::schema::Schema;

/// An enum with a tag.
pub trait TaggedEnum: Sized {
    /// The tags of the variants.
    const TAGS: &'static Tags;
}

/// The type in a variant such as `Order(Order)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the content of a variant",
    label = "not a struct with named fields that derives `FromStreamImage` or `FromAttribute`",
    note = "the content of a variant is read from the attributes of the item: write \
            `#[derive(FromStreamImage)]` on its type, or give the variant named fields",
    note = "for a variant that takes every other tag, write `#[ddb(other)] Other(Item)`"
)]
pub trait VariantContent: Sized {
    /// The attributes that the type maps.
    const NAMES: &'static ImageNames;

    /// The schema of the type.
    const SCHEMA: &'static Schema;

    /// Reads the content. `None` means that it cannot be built; the problem is in the report.
    fn __read_content(image: &mut Image<'_>) -> Option<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: ReadImage> VariantContent for T {
    const NAMES: &'static ImageNames = T::NAMES;

    const SCHEMA: &'static Schema = <T as FromAttribute>::SCHEMA;

    fn __read_content(image: &mut Image<'_>) -> Option<Self> {
        T::read_image(image)
    }
}

/// The [`Expected`] of the tag.
const fn expect_tag<T: TaggedEnum>() -> Expected {
    Expected::of::<T>(AttributeTypes::of(&[AttributeType::S]))
        .with_choices(|f| write_names(f, T::TAGS.labels))
}

/// Returns the index of the variant that the image's tag selects. `None` means that there is none;
/// the problem is in the report.
pub fn select_variant<T: TaggedEnum>(image: &mut Image<'_>) -> Option<u16> {
    image.select_variant(T::TAGS, const { expect_tag::<T>() })
}

/// Reads a variant such as `Order(Order)`. `None` means that it cannot be built; the problem is in
/// the report.
pub fn read_content<C: VariantContent, T>(
    image: &mut Image<'_>,
    variant: &'static str,
    wrap: fn(C) -> T,
) -> Option<T> {
    image.read_variant(variant, C::__read_content).map(wrap)
}

/// An enum whose variant with this index has named fields.
///
/// Each variant is an impl of its own, because the compiler needs quadratic time for what is in one
/// function.
pub trait ReadFields<const INDEX: u16>: Sized {
    /// Reads the variant. `None` means that it cannot be built; the problem is in the report.
    fn read_fields(image: &mut Image<'_>) -> Option<Self>;
}

/// Reads a variant with named fields. `None` means that it cannot be built; the problem is in the
/// report.
#[inline(never)]
pub fn read_fields<T: ReadFields<INDEX>, const INDEX: u16>(
    image: &mut Image<'_>,
    variant: &'static str,
) -> Option<T> {
    image.read_variant(variant, T::read_fields)
}
