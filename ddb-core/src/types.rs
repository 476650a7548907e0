//! The Rust types that are read from an attribute.

mod binary;
mod collection;
mod float;
mod integer;
mod map;
mod optional;
mod pointer;
mod raw;
mod scalar;
mod tuple;

pub(crate) use collection::{read_array, read_list};
#[cfg(feature = "events")]
pub(crate) use map::collect_image;
pub(crate) use map::read_map;
#[cfg(feature = "events")]
pub(crate) use raw::wrap_item;
