//! Structs whose attributes are written beside those of the type that contains them.

use std::collections::{BTreeMap, HashMap};

use serde_dynamo::{AttributeValue, Item};

use crate::attribute::IntoAttribute;
use crate::error::{AttributeError, Unwritable};
use crate::private::names::ImageNames;
use crate::private::write::WriteItem;
use crate::write::ItemWriter;

/// The type of a `#[ddb(flatten)]` field: a derived struct, or an `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be flattened",
    label = "not a struct that derives `IntoItem` or `IntoAttribute`, nor an `Option` of one",
    note = "to write the field as an attribute of its own, remove `flatten`"
)]
pub trait WriteFlattened {
    /// The names of the attributes that are written, as far as they are known.
    const NAMES: &'static ImageNames;

    /// Writes the attributes of the field.
    fn __write_flattened(self, writer: &mut ItemWriter);

    /// Writes the attributes of the table's key that have templates in the field.
    fn __write_flattened_key(&self, writer: &mut ItemWriter);
}

#[diagnostic::do_not_recommend]
impl<T: WriteItem> WriteFlattened for T {
    const NAMES: &'static ImageNames = T::NAMES;

    fn __write_flattened(self, writer: &mut ItemWriter) {
        writer.claim(T::NAMES);
        self.write_item(writer);
    }

    fn __write_flattened_key(&self, writer: &mut ItemWriter) {
        self.write_key(writer);
    }
}

#[diagnostic::do_not_recommend]
impl<T: WriteItem> WriteFlattened for Option<T> {
    const NAMES: &'static ImageNames = T::NAMES;

    fn __write_flattened(self, writer: &mut ItemWriter) {
        writer.claim(T::NAMES);
        if let Some(value) = self {
            value.write_item(writer);
        }
    }

    fn __write_flattened_key(&self, writer: &mut ItemWriter) {
        if let Some(value) = self {
            value.write_key(writer);
        }
    }
}

/// The type in a variant such as `Order(Order)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the content of a variant",
    label = "not a struct with named fields that derives `IntoItem` or `IntoAttribute`",
    note = "the content of a variant is written into the attributes of the item: write \
            `#[derive(IntoItem)]` on its type, or give the variant named fields"
)]
pub trait WriteContent {
    /// The names of the attributes that are written, as far as they are known.
    const NAMES: &'static ImageNames;

    /// Writes the attributes of the content.
    fn __write_content(self, writer: &mut ItemWriter);

    /// Writes the attributes of the table's key.
    fn __write_content_key(&self, writer: &mut ItemWriter);
}

#[diagnostic::do_not_recommend]
impl<T: WriteItem> WriteContent for T {
    const NAMES: &'static ImageNames = T::NAMES;

    fn __write_content(self, writer: &mut ItemWriter) {
        writer.claim(T::NAMES);
        self.write_item(writer);
    }

    fn __write_content_key(&self, writer: &mut ItemWriter) {
        self.write_key(writer);
    }
}

/// The type of a `#[ddb(rest)]` field: an `Item`, or a map.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as the attributes that no field maps",
    label = "not an `Item` or a map",
    note = "`#[ddb(rest)]` takes an `Item`, a `HashMap` or a `BTreeMap`; for a struct, write \
            `#[ddb(flatten)]`"
)]
pub trait WriteRest: IntoAttribute {}

impl WriteRest for Item {}

impl<K, V, S> WriteRest for HashMap<K, V, S> where Self: IntoAttribute {}

impl<K, V> WriteRest for BTreeMap<K, V> where Self: IntoAttribute {}

#[cfg(feature = "indexmap")]
impl<K, V, S> WriteRest for indexmap::IndexMap<K, V, S> where Self: IntoAttribute {}

#[cfg(feature = "serde_json")]
impl WriteRest for serde_json::Map<String, serde_json::Value> {}

#[cfg(feature = "serde_json")]
impl WriteRest for serde_json::Value {}

/// Writes the attributes of a `#[ddb(rest)]` field. `names` are those of the struct, whose fields
/// would be read from an attribute in the rest.
pub fn write_rest<T: WriteRest>(writer: &mut ItemWriter, names: &ImageNames, rest: T) {
    match rest.into_attribute() {
        Ok(AttributeValue::M(rest)) => writer.write_rest(rest, names),
        Ok(AttributeValue::Null(_)) => {}
        Ok(_) => writer.fail_whole(AttributeError::unwritable(Unwritable::NoMap)),
        Err(error) => writer.fail_whole(error),
    }
}
