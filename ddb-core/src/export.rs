//! Exports of a table to S3, read as the changes of a stream.
//!
//! An [export](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html)
//! contains the items of a table, or the changes of a span of time, as they were before a stream
//! could tell them to a function. Each line of its data files is an [`ExportRecord`], whose
//! [`Change`](crate::Change) has the types and the errors of a stream's.
//!
//! ```
//! use ddb_core::export::{ExportError, ExportReader};
//! use ddb_core::{Change, FromStreamImage};
//!
//! #[derive(Debug, PartialEq, FromStreamImage)]
//! struct Order {
//!     id: u64,
//! }
//!
//! let lines = br#"{"Item": {"id": {"N": "7"}}}
//! {"Item": {"id": {"S": "eight"}}}
//! "#;
//! let mut orders = Vec::new();
//! for record in ExportReader::<_, Order>::new(&lines[..]) {
//!     match record {
//!         Ok(record) => orders.push(record.change),
//!         Err(ExportError::Line(error)) => assert_eq!(
//!             error.to_string(),
//!             "line 2: new image: id: expected N (u64), found S"
//!         ),
//!         Err(error) => return Err(error),
//!     }
//! }
//! assert_eq!(orders, [Change::Insert { new: Order { id: 7 } }]);
//! # Ok::<(), ExportError>(())
//! ```
//!
//! The manifest of an export lists its data files: [`ManifestSummary`] and [`ManifestFile`]. With
//! the feature `export`, `DataFile` decompresses a file and compares it with the manifest.
//!
//! Handle the lines before the records of the stream, or refuse those that are older than what is
//! already known: a line must not overwrite a newer change.

#[cfg(feature = "export")]
mod data_file;
mod error;
mod manifest;
mod reader;
mod record;

#[cfg(feature = "export")]
pub use self::data_file::DataFile;
pub use self::error::{ExportError, LineError};
pub use self::manifest::{ManifestError, ManifestFile, ManifestSummary};
pub use self::reader::ExportReader;
pub use self::record::ExportRecord;
