//! From the model to tokens.
//!
//! Every path is absolute and functions are called by path, not by method syntax, which could
//! resolve to a trait of the user's: the code means the same wherever the type is defined. Its
//! variables begin with two underscores, because a user's default is an expression among them.

mod bounds;
mod conversion;
mod converted;
mod enums;
mod impls;
mod newtype;
mod runtime;
mod structs;
mod tuples;

use proc_macro2::TokenStream;

use crate::model::{Kind, Model};

pub use self::runtime::Runtime;

pub fn expand(model: &Model) -> TokenStream {
    let runtime = Runtime::new(&model.krate);
    match &model.kind {
        Kind::Struct(data) => structs::expand(model, data, &runtime),
        Kind::Tuple(data) => tuples::expand(model, data, &runtime),
        Kind::Newtype(data) => newtype::expand(model, data, &runtime),
        Kind::Enum(data) => enums::expand(model, data, &runtime),
        Kind::Converted(data) => converted::expand(model, data, &runtime),
    }
}
