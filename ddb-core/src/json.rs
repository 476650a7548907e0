//! JSON text, the third source of an image beside an owned item and a borrowed one.
//!
//! The readers need random access to the text: they return to the beginning of a value that does
//! not fit, and visit an image more than once for `flatten`. A library that drives visitors does
//! not offer that, and would be monomorphized for each type.

mod attribute;
mod container;
mod members;
mod reader;
mod string;

pub(crate) use attribute::read_attribute;
pub(crate) use members::{Members, visit_names};
pub(crate) use reader::{Cursor, JsonReader, SyntaxError};
pub(crate) use string::{JsonString, decode_base64};
