//! Writes items, on behalf of the functions that the derives generate.
//!
//! A value that cannot be written becomes a problem, and the remaining fields are written all the
//! same, so that the error lists every problem. Only problems get a path, as the calls return.

mod check;
mod item_writer;
mod key;
mod layout;
mod list;
mod nesting;
mod number;
mod set;
mod variant;

pub(crate) use check::check_value;
pub use item_writer::ItemWriter;
pub(crate) use item_writer::write_entries;
pub use key::{KeyPiece, PieceText};
pub use layout::Layout;
pub use list::collect_tuple;
pub(crate) use list::{collect_list, write_list};
pub(crate) use number::write_number;
pub(crate) use set::{write_inner_set, write_set};
