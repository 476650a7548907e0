//! Fields that are read from the attributes of the struct around them: `flatten` and `rest`.

use std::collections::{BTreeMap, HashMap};

use serde_dynamo::Item;

use crate::attribute::FromAttribute;
use crate::private::image::{ReadImage, ReadImageLossy};
use crate::private::names::ImageNames;
use crate::read::{FieldType, Image, Slot};
use crate::schema::image::FlattenedSchema;

/// The type of a `#[ddb(flatten)]` field: a derived struct, or an `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be flattened",
    label = "not a derived struct, nor an `Option` of one",
    note = "to read the field from an attribute of its own, remove `flatten`",
    note = "to collect the attributes that no field maps, write `#[ddb(rest)]` instead"
)]
pub trait Flatten: Sized {
    /// The attributes that the type maps.
    const NAMES: &'static ImageNames;

    /// The schema of the field.
    const SCHEMA: FlattenedSchema;

    /// Reads the field. `None` means that the value cannot be built; the problem is in the report.
    fn __read_flattened(image: &mut Image<'_>) -> Option<Self>;

    /// Reads a field with a default of its own. `None` means that the default is used, because all
    /// attributes of the struct are missing or `NULL`, or because they do not fit, which is then in
    /// the report.
    fn __read_flattened_optional(image: &mut Image<'_>) -> Option<Self>;
}

/// The type of a flattened field in a type with a lossy conversion: one that has a lossy conversion
/// too, or an `Option`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be flattened into a struct with a lossy conversion",
    label = "not a derived struct without `strict`, nor an `Option`",
    note = "to read the field from an attribute of its own, remove `flatten`",
    note = "to collect the attributes that no field maps in a map, write `#[ddb(rest)]` instead",
    note = "for an enum, or a struct that is strict, name a default, `#[ddb(flatten, default)]`, or \
            write `#[ddb(strict)]` on the struct around it"
)]
pub trait FlattenLossy: Flatten {
    /// The attributes that the type maps.
    const NAMES: &'static ImageNames = <Self as Flatten>::NAMES;

    /// The schema of the field.
    const SCHEMA: FlattenedSchema = <Self as Flatten>::SCHEMA;

    /// Reads the field. Every value that does not fit is replaced inside the struct.
    fn __read_flattened_lossy(image: &mut Image<'_>) -> Self;
}

/// The type of a `#[ddb(rest)]` field: an `Item`, or a map.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot collect the attributes that no field maps",
    label = "not an `Item` or a map",
    note = "`#[ddb(rest)]` takes an `Item`, a `HashMap` or a `BTreeMap`; for a struct, write \
            `#[ddb(flatten)]`"
)]
pub trait CollectRest: FromAttribute {
    /// The description of the field's type.
    const FIELD_TYPE: FieldType<Self> = <Self as FromAttribute>::FIELD_TYPE;

    /// Reads the attributes that no field has read.
    fn __collect_rest(image: &mut Image<'_>, slot: &mut Slot<'_, Self>) {
        image.read_rest(slot, Self::from_attribute);
    }
}

impl CollectRest for Item {}

impl<K, V, S> CollectRest for HashMap<K, V, S> where Self: FromAttribute {}

impl<K, V> CollectRest for BTreeMap<K, V> where Self: FromAttribute {}

#[cfg(feature = "indexmap")]
impl<K, V, S> CollectRest for indexmap::IndexMap<K, V, S> where Self: FromAttribute {}

#[cfg(feature = "serde_json")]
impl CollectRest for serde_json::Map<String, serde_json::Value> {}

#[cfg(feature = "serde_json")]
impl CollectRest for serde_json::Value {}

#[diagnostic::do_not_recommend]
impl<T: ReadImage> Flatten for T {
    const NAMES: &'static ImageNames = T::NAMES;

    const SCHEMA: FlattenedSchema = FlattenedSchema::new(<T as FromAttribute>::SCHEMA);

    fn __read_flattened(image: &mut Image<'_>) -> Option<Self> {
        image.flatten(T::read_image)
    }

    fn __read_flattened_optional(image: &mut Image<'_>) -> Option<Self> {
        image.flatten_optional(T::read_image).ok().flatten()
    }
}

#[diagnostic::do_not_recommend]
impl<T: ReadImageLossy> FlattenLossy for T {
    fn __read_flattened_lossy(image: &mut Image<'_>) -> Self {
        image.flatten(T::read_image_lossy)
    }
}

#[diagnostic::do_not_recommend]
impl<T: ReadImage> Flatten for Option<T> {
    const NAMES: &'static ImageNames = T::NAMES;

    const SCHEMA: FlattenedSchema = FlattenedSchema::new(<T as FromAttribute>::SCHEMA).optional();

    fn __read_flattened(image: &mut Image<'_>) -> Option<Self> {
        image.flatten_optional(T::read_image).ok()
    }

    fn __read_flattened_optional(image: &mut Image<'_>) -> Option<Self> {
        image.flatten_optional(T::read_image).ok().flatten().map(Some)
    }
}

#[diagnostic::do_not_recommend]
impl<T: ReadImage> FlattenLossy for Option<T> {
    fn __read_flattened_lossy(image: &mut Image<'_>) -> Self {
        image.flatten_optional(T::read_image).ok().flatten()
    }
}
