//! Fields that are read from the attributes that others leave.

use std::collections::{BTreeMap, HashMap};

use serde_dynamo::Item;

use crate::attribute::FromAttribute;
use crate::image::{FromImageLossy, FromStreamImage};
use crate::read::{Image, Reader};

/// The type of a `#[ddb(flatten)]` field: a struct that derives [`FromStreamImage`], or an `Option`
/// of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be flattened",
    label = "not a struct that derives `FromStreamImage`, nor an `Option` of one",
    note = "to collect the attributes that nobody mapped, write `#[ddb(rest)]` in the place of `#[ddb(flatten)]`"
)]
pub trait Flatten: Sized {
    /// `None` if the struct could not be made, for which there is then a problem in the report.
    #[doc(hidden)]
    fn flatten(image: &mut Image<'_>) -> Option<Self>;

    /// The default stands for an image that has none of the struct's attributes, and for one that
    /// does not fit.
    #[doc(hidden)]
    fn flatten_or(image: &mut Image<'_>, default: fn() -> Self) -> Self;
}

/// The type of such a field in a struct with a lossy conversion: one that has a lossy conversion
/// too, or an `Option`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be flattened into a struct with a lossy conversion",
    label = "not a struct that derives `FromStreamImage` without `strict`, nor an `Option`",
    note = "to collect the attributes that nobody mapped in a map, write `#[ddb(rest)]` in the place of `#[ddb(flatten)]`",
    note = "for a struct that is strict, name a default, `#[ddb(flatten, default)]`, or write `#[ddb(strict)]` on the struct around it"
)]
pub trait FlattenLossy: Flatten {
    /// What does not fit is replaced inside the struct.
    #[doc(hidden)]
    fn flatten_lossy(image: &mut Image<'_>) -> Self;
}

/// The type of a `#[ddb(rest)]` field: an `Item`, or a map.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot collect the attributes that nobody mapped",
    label = "not an `Item` or a map",
    note = "`#[ddb(rest)]` takes an `Item`, a `HashMap` or a `BTreeMap`; for a struct, write `#[ddb(flatten)]`"
)]
pub trait CollectRest: FromAttribute {
    #[doc(hidden)]
    const READER: Reader<Self> = <Self as FromAttribute>::READER;
}

impl CollectRest for Item {}

impl<K, V, S> CollectRest for HashMap<K, V, S> where Self: FromAttribute {}

impl<K, V> CollectRest for BTreeMap<K, V> where Self: FromAttribute {}

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
