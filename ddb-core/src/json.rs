//! JSON text as the third source of an image, beside an owned item and a borrowed one.
//!
//! A generated function reads values where they are, returns to a value that does not fit, and
//! visits an image more than once for `flatten`. It therefore needs random access to the text. A
//! library that pushes into visitors would also be monomorphized for each type.

mod attribute;
mod members;
mod reader;
mod string;

pub(crate) use attribute::read_attribute;
pub(crate) use members::{Members, visit_names};
pub(crate) use reader::{Cursor, JsonReader, SyntaxError};
pub(crate) use string::{JsonString, decode_base64};
