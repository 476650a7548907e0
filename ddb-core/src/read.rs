//! Reads images from any source, on behalf of the functions that the derives generate.
//!
//! An owned [`Item`](crate::Item), a borrowed one and JSON text are three sources behind the same
//! concrete types: [`Image`] (the attributes of a map), [`Attribute`] (one value) and [`List`] (the
//! elements of a list or a set). The source is not a type parameter, so a struct's generated
//! function, and every function below it, is compiled once.
//!
//! Reading visits an image once, plus once for each flattened field, and never stops early. A value
//! that does not fit adds a problem to the [`Report`], and is replaced by its default if it has
//! one. A strict conversion fails if the report is not empty afterwards; a lossy conversion returns
//! the value together with the report. An image that fits pays only for the check that the report
//! is empty.

mod attribute;
mod entry;
mod field;
mod image;
mod key;
mod key_pattern;
mod known_versions;
mod list;
mod map;
mod nesting;
mod report;
mod source;
mod tag;
mod version;

pub use attribute::Attribute;
pub use entry::Entry;
pub use field::{Absence, Field, FieldType, Slot};
pub use image::Image;
pub use key::{KeyFields, KeyTemplate};
pub(crate) use key::{Split, split_key};
pub use key_pattern::{ComparedKeys, KeyPattern, VariantKey, VariantKeys};
pub use list::List;
pub(crate) use list::{read_array, read_list, read_set};
pub(crate) use map::{collect_map, read_map, wrap_item};
pub(crate) use report::{Report, log_problems};
pub use source::EntryValue;
pub(crate) use source::StrRef;
pub use tag::Tags;
pub use version::Version;
