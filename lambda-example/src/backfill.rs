//! Handles the items of an export of the table, as they were before the function existed, with the
//! handler of the stream.
//!
//! `lines` goes through a data file. It has two callers: `tool`, a command line tool that handles
//! all files of an export, and `function`, a Lambda that handles one file in as many invocations as
//! it takes. A line counts as handled once the handler has returned.

mod bad_line;
mod bucket;
#[cfg(feature = "backfill-function")]
pub mod function;
mod lines;
#[cfg(feature = "backfill")]
pub mod tool;

/// An error that ends the handling of an export, as one line.
pub type Error = Box<dyn std::error::Error + Send + Sync>;
