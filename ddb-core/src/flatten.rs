//! Structs whose attributes stand among those of another.

use crate::image::{FromImageLossy, FromStreamImage};
use crate::read::Image;

/// The type of a `#[ddb(flatten)]` field: a struct that derives [`FromStreamImage`], or an `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be flattened",
    label = "not a struct that derives `FromStreamImage`, nor an `Option` of one",
    note = "to collect the attributes that nobody mapped, write `#[ddb(rest)]` in the place of `#[ddb(flatten)]`"
)]
pub trait Flatten: Sized {
    /// `None` if the struct could not be made, for which there is then a problem in the report.
    #[doc(hidden)]
    fn flatten(image: &mut Image<'_>) -> Option<Self>;

    /// The default stands for an image that has none of the struct's attributes, and for one that does not fit.
    #[doc(hidden)]
    fn flatten_or(image: &mut Image<'_>, default: fn() -> Self) -> Self;
}

/// The type of such a field in a struct with a lossy conversion: one that has a lossy conversion too, or an `Option`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be flattened into a struct with a lossy conversion",
    label = "not a struct that derives `FromStreamImage` without `strict`, nor an `Option`",
    note = "name a default, `#[ddb(flatten, default)]`, or write `#[ddb(strict)]` on the struct around it",
    note = "to collect the attributes that nobody mapped, write `#[ddb(rest)]` in the place of `#[ddb(flatten)]`"
)]
pub trait FlattenLossy: Flatten {
    /// What does not fit is replaced inside the struct.
    #[doc(hidden)]
    fn flatten_lossy(image: &mut Image<'_>) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: FromStreamImage> Flatten for T {
    fn flatten(image: &mut Image<'_>) -> Option<Self> {
        image.flatten(T::read)
    }

    fn flatten_or(image: &mut Image<'_>, default: fn() -> Self) -> Self {
        image.flatten_optional(T::read).ok().flatten().unwrap_or_else(default)
    }
}

#[diagnostic::do_not_recommend]
impl<T: FromImageLossy> FlattenLossy for T {
    fn flatten_lossy(image: &mut Image<'_>) -> Self {
        image.flatten(T::read_lossy)
    }
}

/// `None` for an image that has none of the struct's attributes.
#[diagnostic::do_not_recommend]
impl<T: FromStreamImage> Flatten for Option<T> {
    fn flatten(image: &mut Image<'_>) -> Option<Self> {
        image.flatten_optional(T::read).ok()
    }

    fn flatten_or(image: &mut Image<'_>, default: fn() -> Self) -> Self {
        image.flatten_optional(T::read).ok().flatten().map_or_else(default, Some)
    }
}

#[diagnostic::do_not_recommend]
impl<T: FromStreamImage> FlattenLossy for Option<T> {
    fn flatten_lossy(image: &mut Image<'_>) -> Self {
        image.flatten_optional(T::read).ok().flatten()
    }
}
