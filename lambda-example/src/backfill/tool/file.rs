//! Handles the lines of a data file.

use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use ddb_core::export::{LineError, ManifestFile};
use indicatif::{HumanBytes, ProgressBar};
use serde::{Deserialize, Serialize};

use super::bad_lines::BadLines;
use crate::backfill::Error;
use crate::backfill::lines::{End, Observer, Rest};
use crate::journal::Journal;

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
    pub fn handle_file(&self, object: impl Read, file: &ManifestFile) -> Result<(), Error> {
        let key = &file.data_file_s3_key;
        let handled = match self.journal().progress(key) {
            None => 0,
            Some(Progress::Lines(count)) => *count,
            Some(Progress::Whole) => {
                self.bar.inc(file.item_count);
                return Ok(());
            }
        };
        self.bar.inc(handled);
        let object = Counted { inner: object, bytes: &self.bytes };
        let rest = Rest { file, handled, export_time: self.export_time };
        match rest.handle(object, &mut Running { shared: self, key })? {
            End::Whole => self.note(key, Progress::Whole),
            End::Stopped { handled } => self.note(key, Progress::Lines(handled)),
            End::Failed { handled, error } => {
                self.note(key, Progress::Lines(handled))?;
                Err(error)
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

/// A file that is being handled.
struct Running<'s> {
    shared: &'s Shared,
    key: &'s str,
}

impl Observer for Running<'_> {
    fn is_stopped(&self) -> bool {
        self.shared.is_stopped.load(Ordering::Relaxed)
    }

    fn keep(&mut self, error: &LineError) -> Result<(), Error> {
        lock(&self.shared.bad_lines).add(self.key, error)
    }

    fn advance(&mut self, handled: u64) -> Result<(), Error> {
        let Shared { bar, bytes, .. } = self.shared;
        bar.inc(1);
        if handled.is_multiple_of(STRETCH) {
            self.shared.note(self.key, Progress::Lines(handled))?;
            bar.set_message(HumanBytes(bytes.load(Ordering::Relaxed)).to_string());
        }
        Ok(())
    }
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
