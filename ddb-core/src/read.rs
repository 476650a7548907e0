//! Reading images from any source, for the functions that the derives generate.
//!
//! An owned [`Item`](crate::Item), a borrowed one and JSON text are three sources behind the same
//! concrete types: [`Image`] (the attributes of a map), [`Attribute`] (one value) and [`List`] (the
//! elements of one). The source is not a type parameter, so a struct's generated function, and
//! every function below it, is compiled once.
//!
//! Reading visits an image once and never stops early. What does not fit is added to the
//! [`Report`], and its default is used instead if there is one. A strict conversion is that pass,
//! and an error if the report is not empty; a lossy conversion is the same pass, and the value with
//! the report. An image that fits only pays for the comparison of a length, and no second pass is
//! ever needed.

mod attribute;
mod entry;
mod field;
mod image;
mod list;
mod map;
mod nesting;
mod report;
mod source;

pub use attribute::Attribute;
pub use entry::Entry;
pub use field::{Absence, Field, FieldType, Slot};
pub use image::Image;
pub use list::List;
pub(crate) use list::{read_array, read_list};
pub(crate) use map::{collect_map, read_map, wrap_item};
pub(crate) use report::{Report, log_problems};
pub use source::EntryValue;
pub(crate) use source::StrRef;
