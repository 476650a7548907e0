//! What generated code refers to for writing.

mod conversion;
pub(crate) mod elements;
mod flatten;
mod item;
pub(crate) mod sequence;

pub use conversion::{
    IntoJsonText, IntoSerde, Unwritten, WriteConverted, WriteWith, WrittenAs, written_as,
};
pub use elements::{WriteElements, options_of, written, written_as_list, written_as_set};
pub use flatten::{WriteContent, WriteFlattened, write_rest};
pub use item::{WriteItem, WriteKeyParts, refuse_key, write_item_as_key, write_map};
pub use sequence::{IntoSequence, Nullable, as_list, as_set};
