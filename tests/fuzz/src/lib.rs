//! What the fuzz targets share: the types that are read and written, generated items, and the
//! comparison of all sources.

pub mod declaration;
pub mod item;
pub mod json;
pub mod models;
pub mod sources;

pub use libfuzzer_sys::arbitrary::{self, Arbitrary, Unstructured};
