//! The command line.

use std::path::PathBuf;

use clap::{ArgGroup, Parser};
use ddb_core::event::SequenceNumber;

/// Invokes a function again with the batches that its event source mapping has given up.
///
/// The batches come from the bucket that is the mapping's on-failure destination, or from a folder
/// with copies of its objects or with the bodies of messages from SQS or SNS. These contain no
/// records, which are then read from the stream. The batches are replayed one after the other:
/// those of parent shards first, then in the order in which their records were written. The replay
/// stops at the first failure. What is handled is in the journal, and the next run with the same
/// journal goes on from there.
#[derive(Debug, Parser)]
#[command(name = "replay", version)]
#[command(group = ArgGroup::new("batches").required(true).args(["folder", "bucket"]))]
pub struct Options {
    /// A folder with the objects of the bucket, or with bodies of messages
    pub folder: Option<PathBuf>,

    /// The bucket that is the mapping's on-failure destination
    #[arg(long, requires = "mapping")]
    pub bucket: Option<String>,

    /// The UUID of the event source mapping; for a folder of messages, whose records are read from
    /// the stream, the mapping whose filters apply to them
    #[arg(long)]
    pub mapping: Option<String>,

    /// The name or the ARN of the function
    #[arg(long)]
    pub function: String,

    /// The sequence number of a record to leave out; may be repeated
    #[arg(long, value_name = "SEQ")]
    pub skip: Vec<SequenceNumber>,

    /// Only list the batches
    #[arg(long)]
    pub dry_run: bool,

    /// Delete each object whose records were all answered with success
    #[arg(long)]
    pub delete_replayed: bool,

    /// The file that remembers what is handled
    #[arg(long, value_name = "FILE", default_value = "replay.journal")]
    pub journal: PathBuf,
}
