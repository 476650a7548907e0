//! A whole image, read by a generated function.

use std::any::type_name;
use std::rc::Rc;
use std::sync::Arc;

use serde_dynamo::Item;

use crate::attribute::FromAttribute;
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Expected};
use crate::private::names::ImageNames;
use crate::read::{Attribute, Image, Report, log_problems};

/// The one function that the derive generates for a type: every source and every conversion calls
/// it.
pub trait ReadImage: Sized {
    /// The attributes that the type maps.
    const NAMES: &'static ImageNames;

    /// `None` if the value cannot be made, and the problem is in the report.
    fn read_image(image: &mut Image<'_>) -> Option<Self>;
}

/// A [`ReadImage`] whose fields all have defaults, so that it always gives a value.
pub trait ReadImageLossy: ReadImage {
    /// Whatever does not fit is replaced, and reported.
    fn read_image_lossy(image: &mut Image<'_>) -> Self;
}

macro_rules! pointer_to_image {
    ($($pointer:ident),*) => {$(
        impl<T: ReadImage> ReadImage for $pointer<T> {
            const NAMES: &'static ImageNames = T::NAMES;

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

/// The raw image, of which no names are known.
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

/// [`From<Item>`](From). Builds the value in place, which a [`Lossy`](crate::image::Lossy) would
/// prevent.
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

/// The [`Expected`] of an image as a value inside another one.
#[must_use]
pub const fn expect_image<T>() -> Expected {
    Expected::of::<T>(AttributeTypes::of(&[AttributeType::M]))
}

/// Reads an image as a value inside another one: of a field, of an element.
///
/// # Errors
///
/// The attribute is not an `M`, or the value cannot be made, and the problem is in the report.
#[inline]
pub fn read_struct<T: ReadImage + FromAttribute>(
    attribute: Attribute<'_>,
) -> Result<T, AttributeError> {
    T::read_image(&mut attribute.into_image(T::EXPECTED)?).ok_or_else(AttributeError::reported)
}

/// Calls the closure as a function of its own.
#[inline(never)]
pub fn out_of_line<T>(take: impl FnOnce() -> T) -> T {
    take()
}
