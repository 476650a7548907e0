//! Handles the items of an export of the table, as they were before the function existed, with the
//! handler of the stream.
//!
//! A line counts as handled once the handler has returned. The journal has a line for every stretch
//! of a file that is handled. A backfill that ends in between handles the lines of a stretch again.

mod bad_lines;
mod export;
mod file;
mod options;
mod run;

pub use self::options::Options;
pub use self::run::run;

/// An error that ends the backfill, as the line that is printed.
pub type Error = Box<dyn std::error::Error + Send + Sync>;
