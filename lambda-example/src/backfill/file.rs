//! Handles the lines of a data file.

use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use ddb_core::StreamRecord;
use ddb_core::export::{DataFile, ExportError, ManifestFile};
use indicatif::{HumanBytes, ProgressBar};
use serde::{Deserialize, Serialize};
use tokio::runtime::Handle;

use super::Error;
use super::bad_lines::BadLines;
use crate::handler::handle_record;
use crate::journal::Journal;
use crate::model::SampleModel;

/// The number of lines after which the journal gets a line.
const STRETCH: u64 = 1000;

/// How far a data file is handled.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// This number of lines is handled.
    Lines(u64),
    Whole,
}

/// The parts that the files share.
pub struct Shared {
    pub journal: Mutex<Journal<Progress>>,
    pub bad_lines: Mutex<BadLines>,
    /// The time whose state the export has.
    pub export_time: Option<SystemTime>,
    pub bar: ProgressBar,
    /// The number of compressed bytes that were read.
    pub bytes: AtomicU64,
    /// Whether the files have to stop after the line that they handle.
    pub is_stopped: Arc<AtomicBool>,
}

impl Shared {
    /// Handles a file from where the journal says that it was left. Blocks.
    pub fn handle_file(
        &self,
        object: impl Read,
        file: &ManifestFile,
        handle: &Handle,
    ) -> Result<(), Error> {
        let key = &file.data_file_s3_key;
        self.handle_lines(object, file, handle).map_err(|error| format!("{key}: {error}").into())
    }

    fn handle_lines(
        &self,
        object: impl Read,
        file: &ManifestFile,
        handle: &Handle,
    ) -> Result<(), Error> {
        let key = &file.data_file_s3_key;
        let handled = match self.journal().progress(key) {
            None => 0,
            Some(Progress::Lines(count)) => *count,
            Some(Progress::Whole) => {
                self.bar.inc(file.item_count);
                return Ok(());
            }
        };
        let object = Counted { inner: object, bytes: &self.bytes };
        let mut lines = DataFile::<_, SampleModel>::new(object, file);
        lines.skip_lines(handled)?;
        self.bar.inc(handled);
        loop {
            let before = lines.line_number();
            if self.is_stopped.load(Ordering::Relaxed) {
                return self.note(key, Progress::Lines(before));
            }
            match lines.next() {
                None => return self.note(key, Progress::Whole),
                Some(Ok(record)) => {
                    let mut record = StreamRecord::from(record);
                    // The lines of a full export do not state a time. Each item is as it was at the
                    // time of the export, and its later changes are in the stream.
                    record.meta.created_at = record.meta.created_at.or(self.export_time);
                    if let Err(error) = handle.block_on(handle_record(record)) {
                        self.note(key, Progress::Lines(before))?;
                        return Err(format!("line {}: {error}", lines.line_number()).into());
                    }
                }
                Some(Err(ExportError::Line(error))) => lock(&self.bad_lines).add(key, &error)?,
                Some(Err(error)) => return Err(error.into()),
            }
            self.bar.inc(1);
            if lines.line_number().is_multiple_of(STRETCH) {
                self.note(key, Progress::Lines(lines.line_number()))?;
                self.bar.set_message(HumanBytes(self.bytes.load(Ordering::Relaxed)).to_string());
            }
        }
    }

    /// Notes the progress, after the bad lines so far are on the disk.
    fn note(&self, key: &str, progress: Progress) -> Result<(), Error> {
        lock(&self.bad_lines).sync()?;
        self.journal().record(key, progress)
    }

    fn journal(&self) -> MutexGuard<'_, Journal<Progress>> {
        lock(&self.journal)
    }
}

/// Locks a file. What is behind a lock is valid between any two writes, also after a panic.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A reader that counts the bytes that are read.
struct Counted<'c, R> {
    inner: R,
    bytes: &'c AtomicU64,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.bytes.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}
