//! Writes items, on behalf of the functions that the derives generate.
//!
//! A value that cannot be written is a problem, and the fields after it are written nevertheless, so
//! that an error lists every problem. A path is only built on the way out of a problem.

mod item_writer;
mod key;
mod list;
mod nesting;
mod number;
mod set;
mod variant;

pub use item_writer::ItemWriter;
pub(crate) use item_writer::write_entries;
pub use key::KeyPiece;
pub use list::collect_tuple;
pub(crate) use list::{collect_list, write_list};
pub(crate) use number::write_number;
pub(crate) use set::{write_inner_set, write_set};
pub use variant::largest;
