//! The command line tool.
//!
//! The journal has a line for every stretch of a file that is handled. A backfill that ends in
//! between handles the lines of a stretch again.

mod bad_lines;
mod export;
mod file;
mod options;
mod run;

pub use self::options::Options;
pub use self::run::run;
