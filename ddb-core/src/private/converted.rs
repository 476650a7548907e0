//! Containers that are converted from another type: `try_from` and `from`.

use crate::attribute::FromAttribute;
use crate::attribute_type::{AttributeType, AttributeTypes};
use crate::error::{AttributeError, Cause, Expected, ImageError};
use crate::private::conversion::FromValue;
use crate::private::image::{ReadImage, ReadImageLossy};
use crate::private::names::ImageNames;
use crate::read::Image;
use crate::schema::Schema;

/// The `Type` of `try_from = Type` or `from = Type` on a whole image: an `Item`, or a type that
/// derives `FromStreamImage`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an image",
    label = "not an `Item`, nor a type that derives `FromStreamImage`",
    note = "`try_from` and `from` on a type that derives `FromStreamImage` take an `Item` or another \
            whole image; for a value inside an image, derive `FromAttribute`"
)]
pub trait ConvertImage: Sized {
    /// The attributes that the type maps.
    const NAMES: &'static ImageNames;

    /// The schema of the type.
    const SCHEMA: &'static Schema;

    /// Whether the type is a key.
    const IS_KEY: bool = false;

    /// Reads the value. `None` means that it cannot be built; the problem is in the report.
    fn __read_converted(image: &mut Image<'_>) -> Option<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: ReadImage> ConvertImage for T {
    const NAMES: &'static ImageNames = T::NAMES;

    const SCHEMA: &'static Schema = <T as FromAttribute>::SCHEMA;

    const IS_KEY: bool = T::IS_KEY;

    fn __read_converted(image: &mut Image<'_>) -> Option<Self> {
        T::read_image(image)
    }
}

/// Reads a `V` and converts it, unless it has problems.
///
/// A conversion that fails with an [`ImageError`] adds that error's problems to the report.
pub fn convert_container<T: FromValue<V>, V: ConvertImage>(image: &mut Image<'_>) -> Option<T> {
    let checkpoint = image.report.checkpoint();
    let value = V::__read_converted(image)?;
    if image.report.count_since(checkpoint) > 0 {
        // The value contains defaults, which the user's conversion must not see.
        return None;
    }
    match T::__convert_other(value) {
        Ok(value) => Some(value),
        Err(cause) => {
            let expected = Expected::of::<T>(AttributeTypes::of(&[AttributeType::M]));
            refuse(image, expected, cause);
            None
        }
    }
}

/// Reads a `V` lossily and converts it.
pub fn convert_container_lossy<T: From<V>, V: ReadImageLossy>(image: &mut Image<'_>) -> T {
    V::read_image_lossy(image).into()
}

#[cold]
fn refuse(image: &mut Image<'_>, expected: Expected, cause: Cause) {
    match cause.downcast::<ImageError>() {
        Ok(error) if !error.problems().is_empty() => {
            error.into_iter().for_each(|problem| image.report.push_problem(problem));
        }
        Ok(error) => refuse_as(image, expected, error),
        Err(cause) => refuse_as(image, expected, cause),
    }
}

fn refuse_as(image: &mut Image<'_>, expected: Expected, cause: Cause) {
    image.report.push(AttributeError::refused(expected, Some(AttributeType::M), cause));
}
