//! Turns the model into tokens.
//!
//! Generated code means the same wherever the type is defined. Every path is absolute. Functions
//! are called by path, because method syntax could resolve to a trait of the user's; the few calls
//! that need method syntax use names with two leading underscores. Local variables begin with two
//! underscores too, so that they cannot shadow a name in the user's `default = expression`.

mod bounds;
mod conversion;
mod converted;
mod enums;
mod impls;
mod key_type;
mod keys;
mod names;
mod newtype;
mod runtime;
mod structs;
mod tagged;
mod tuples;
mod versions;
pub mod write;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Kind, Model};

pub use self::bounds::bound_types;
pub use self::impls::span_at;
pub use self::runtime::Runtime;

pub fn expand(model: &Model) -> TokenStream {
    let runtime = Runtime::new(&model.krate);
    let impls = match &model.kind {
        Kind::Struct(data) => structs::expand(model, data, &runtime),
        Kind::Tuple(data) => tuples::expand(model, data, &runtime),
        Kind::Newtype(data) => newtype::expand(model, data, &runtime),
        Kind::Enum(data) => enums::expand(model, data, &runtime),
        Kind::Tagged(data) => tagged::expand(model, data, &runtime),
        Kind::Converted(data) => converted::expand(model, data, &runtime),
    };
    let key_type = key_type::expand(model, &runtime);
    quote!(#impls #key_type)
}
