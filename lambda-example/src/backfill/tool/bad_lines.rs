//! The file for the lines that do not fit.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;

use ddb_core::export::LineError;

use crate::backfill::Error;
use crate::backfill::bad_line::to_json_line;

/// A file of JSON lines, to which the lines that do not fit are added.
pub struct BadLines {
    file: File,
    count: u64,
}

impl BadLines {
    pub fn open(path: &Path) -> Result<Self, Error> {
        let file = OpenOptions::new().create(true).append(true).open(path);
        let file = file.map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { file, count: 0 })
    }

    /// Adds a line of a data file, with the reason why it does not fit.
    pub fn add(&mut self, file: &str, error: &LineError) -> Result<(), Error> {
        self.file.write_all(to_json_line(file, error).as_bytes())?;
        self.count += 1;
        Ok(())
    }

    /// The number of lines that were added.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Writes the lines to the disk.
    pub fn sync(&self) -> Result<(), Error> {
        Ok(self.file.sync_data()?)
    }
}
