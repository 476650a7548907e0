//! Whole images, which a generated function reads.

use std::any::type_name;
use std::rc::Rc;
use std::sync::Arc;

use serde_dynamo::Item;

use crate::attribute::FromAttribute;
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected};
use crate::private::names::ImageNames;
use crate::read::{Attribute, Image, Report, log_problems};

/// The one function that the derive generates for a type. Every source and every conversion calls
/// it.
pub trait ReadImage: FromAttribute {
    /// The attributes that the type maps.
    const NAMES: &'static ImageNames;

    /// Whether the type is a key, which every record has, and not an image.
    const IS_KEY: bool = false;

    /// Reads the image. `None` means that the value cannot be built; the problem is in the report.
    fn read_image(image: &mut Image<'_>) -> Option<Self>;
}

/// A [`ReadImage`] whose fields all have defaults, so that reading always returns a value.
pub trait ReadImageLossy: ReadImage {
    /// Reads the image. Every value that does not fit is replaced and reported.
    fn read_image_lossy(image: &mut Image<'_>) -> Self;
}

macro_rules! pointer_to_image {
    ($($pointer:ident),*) => {$(
        impl<T: ReadImage> ReadImage for $pointer<T> {
            const NAMES: &'static ImageNames = T::NAMES;

            const IS_KEY: bool = T::IS_KEY;

            fn read_image(image: &mut Image<'_>) -> Option<Self> {
                T::read_image(image).map(Self::new)
            }
        }

        impl<T: ReadImageLossy> ReadImageLossy for $pointer<T> {
            fn read_image_lossy(image: &mut Image<'_>) -> Self {
                Self::new(T::read_image_lossy(image))
            }
        }
    )*};
}

pointer_to_image!(Box, Rc, Arc);

/// Reads the raw image, whose names are not known at compile time.
impl ReadImage for Item {
    const NAMES: &'static ImageNames = &ImageNames::UNKNOWN;

    fn read_image(image: &mut Image<'_>) -> Option<Self> {
        image.collect_item()
    }
}

impl ReadImageLossy for Item {
    fn read_image_lossy(image: &mut Image<'_>) -> Self {
        image.collect_item().unwrap_or_default()
    }
}

/// Converts the image for [`From<Item>`](From), and logs the problems. The value is built in place,
/// which [`Lossy`](crate::image::Lossy) would prevent.
#[inline]
#[must_use]
pub fn convert_image<T: ReadImageLossy>(mut image: Item) -> T {
    let mut report = Report::default();
    let value = T::read_image_lossy(&mut Image::owned(&mut image, &mut report));
    if !report.is_empty() {
        log_problems(&report.into_problems(), type_name::<T>());
    }
    value
}

/// The [`Expected`] of an image that is a value inside another one.
#[must_use]
pub const fn expect_image<T>() -> Expected {
    Expected::of::<T>(AttributeTypes::of(&[AttributeType::M]))
}

/// Reads an image that is a value inside another one, such as a nested struct.
///
/// # Errors
///
/// Returns an error if the attribute is not an `M`, or if the value cannot be built. The problems
/// inside it are in the report.
#[inline]
pub fn read_struct<T: ReadImage + FromAttribute>(
    attribute: Attribute<'_>,
) -> Result<T, AttributeError> {
    T::read_image(&mut attribute.into_image(T::EXPECTED)?).ok_or_else(AttributeError::reported)
}

/// Calls the closure, without inlining it into the caller.
#[inline(never)]
pub fn out_of_line<T>(take: impl FnOnce() -> T) -> T {
    take()
}
