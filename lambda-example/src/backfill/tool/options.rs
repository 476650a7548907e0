//! The command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Parser;

/// Handles the items of an export of the table to S3 with the handler of the stream.
///
/// Several data files are handled concurrently, and the lines of each one after the other. A line
/// that does not fit is written to a file, and the next one is handled. Any other failure ends the
/// backfill. What is handled is in the journal, and the next run with the same journal goes on from
/// there.
#[derive(Debug, Parser)]
#[command(name = "backfill", version)]
pub struct Options {
    /// The folder of the export, which contains `manifest-summary.json`, or its
    /// `s3://BUCKET/PREFIX/AWSDynamoDB/EXPORT`
    pub export: String,

    /// The number of data files that are handled concurrently
    #[arg(long, default_value = "4")]
    pub concurrency: NonZeroUsize,

    /// The file that remembers what is handled
    #[arg(long, value_name = "FILE", default_value = "backfill.journal")]
    pub journal: PathBuf,

    /// The file for the lines that do not fit, with the values of their items
    #[arg(long, value_name = "FILE", default_value = "backfill.bad-lines")]
    pub bad_lines: PathBuf,
}
