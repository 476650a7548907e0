//! Whole items, which a generated function writes.

use std::rc::Rc;
use std::sync::Arc;

use serde_dynamo::{AttributeValue, Item};

use crate::attribute::IntoAttribute;
use crate::error::{AttributeError, Unwritable};
use crate::private::names::ImageNames;
use crate::write::ItemWriter;

/// The trait that the derive implements for a type that is written as an item or an `M`.
pub trait WriteItem: IntoAttribute {
    /// The names of the attributes that are written, as far as they are known.
    const NAMES: &'static ImageNames;

    /// Writes the attributes.
    fn write_item(self, writer: &mut ItemWriter);

    /// Writes the attributes of the table's key, if they have templates.
    fn write_key(&self, _writer: &mut ItemWriter) {}
}

/// Writes the table's key from references to the fields in it, for a type and for the type of its
/// key. A variant is named by its index, and a struct is the first.
pub trait WriteKeyParts<P, const VARIANT: usize> {
    /// Writes the key.
    fn __write_key_parts(parts: P, writer: &mut ItemWriter);
}

/// Writes the key of an item that no variant claims, which is an item itself.
pub fn write_item_as_key(key: &Item, writer: &mut ItemWriter) {
    writer.write_item(key.inner().clone());
}

/// Refuses a variant without a key.
pub fn refuse_key(writer: &mut ItemWriter) {
    writer.fail_whole(AttributeError::unwritable(Unwritable::NoKey));
}

impl<T: WriteItem> WriteItem for Box<T> {
    const NAMES: &'static ImageNames = T::NAMES;

    fn write_item(self, writer: &mut ItemWriter) {
        T::write_item(*self, writer);
    }

    fn write_key(&self, writer: &mut ItemWriter) {
        T::write_key(self, writer);
    }
}

impl<T: WriteItem + Clone> WriteItem for &T {
    const NAMES: &'static ImageNames = T::NAMES;

    fn write_item(self, writer: &mut ItemWriter) {
        T::write_item(self.clone(), writer);
    }

    fn write_key(&self, writer: &mut ItemWriter) {
        T::write_key(self, writer);
    }
}

macro_rules! shared_into_item {
    ($($pointer:ident),*) => {$(
        impl<T: WriteItem + Clone> WriteItem for $pointer<T> {
            const NAMES: &'static ImageNames = T::NAMES;

            fn write_item(self, writer: &mut ItemWriter) {
                T::write_item($pointer::unwrap_or_clone(self), writer);
            }

            fn write_key(&self, writer: &mut ItemWriter) {
                T::write_key(self, writer);
            }
        }
    )*};
}

shared_into_item!(Rc, Arc);

impl WriteItem for Item {
    const NAMES: &'static ImageNames = &ImageNames::UNKNOWN;

    fn write_item(self, writer: &mut ItemWriter) {
        writer.write_item(self.into_inner());
    }
}

/// Writes an item that is a value inside another one, such as a nested struct.
///
/// # Errors
///
/// Returns an error with every problem inside the item.
pub fn write_map<T: WriteItem>(value: T) -> Result<AttributeValue, AttributeError> {
    let mut writer = ItemWriter::default();
    value.write_item(&mut writer);
    writer.into_map()
}
