//! How a generated function reads an image, whatever the image is kept in.
//!
//! An owned [`Item`](crate::Item), a borrowed one and JSON text are three sources behind the same
//! concrete types: [`Image`] (the attributes of a map), [`Attribute`] (one value) and [`List`] (the
//! elements of one). No type parameter stands for the source, so that a struct's generated
//! function, and every function below it, is compiled once.
//!
//! Reading goes over an image once and never stops early: what does not fit is put into the
//! [`Report`] and reading goes on, with the default in its place where there is one. A strict
//! conversion is that same pass, and then an error if the report is not empty; a lossy conversion
//! is that same pass, and then the value with the report. Nothing of this costs the good path more
//! than comparing a length, so there is no second, thorough pass that would need the image again.

mod attribute;
mod attributes;
mod entry;
mod field;
mod image;
mod list;
mod members;
mod nesting;
mod place;
mod report;
mod source;
mod value;

pub use attribute::Attribute;
pub(crate) use attribute::Text;
pub use entry::Entry;
pub use field::{Field, Reader, Slot};
pub use image::Image;
pub(crate) use image::Left;
pub(crate) use list::List;
#[cfg(feature = "events")]
pub(crate) use members::Members;
pub use place::Place;
pub(crate) use report::Report;
