//! Goes through the lines of a data file.

use std::io::Read;
use std::time::SystemTime;

use ddb_core::StreamRecord;
use ddb_core::export::{DataFile, ExportError, LineError, ManifestFile};
use tokio::runtime::Handle;

use super::Error;
use crate::handler::handle_record;
use crate::model::SampleModel;

/// The rest of a data file.
pub struct Rest<'f> {
    pub file: &'f ManifestFile,
    /// The number of lines that are already handled.
    pub handled: u64,
    /// The time whose state the export has.
    pub export_time: Option<SystemTime>,
}

/// The caller's part in the handling of a data file.
pub trait Observer {
    /// Returns `true` to stop before the next line.
    fn is_stopped(&self) -> bool;

    /// Keeps a line that does not fit.
    fn keep(&mut self, error: &LineError) -> Result<(), Error>;

    /// Takes note that the lines up to this number are handled or kept.
    fn advance(&mut self, handled: u64) -> Result<(), Error>;
}

/// Why the handling of a data file has ended.
pub enum End {
    /// Every line is handled, and the file is as the manifest describes it.
    Whole,
    /// The observer has stopped it behind this number of lines.
    Stopped { handled: u64 },
    /// The handler has failed behind this number of lines.
    Failed { handled: u64, error: Error },
}

impl Rest<'_> {
    /// Handles the lines one after the other. Blocks, on a thread of the runtime for that.
    ///
    /// # Errors
    ///
    /// Fails if the file differs from the manifest or the observer fails.
    pub fn handle(&self, object: impl Read, observer: &mut impl Observer) -> Result<End, Error> {
        let key = &self.file.data_file_s3_key;
        match self.handle_lines(object, observer) {
            Ok(End::Failed { handled, error }) => {
                let error = format!("{key}: line {}: {error}", handled + 1).into();
                Ok(End::Failed { handled, error })
            }
            end => end.map_err(|error| format!("{key}: {error}").into()),
        }
    }

    fn handle_lines(&self, object: impl Read, observer: &mut impl Observer) -> Result<End, Error> {
        let runtime = Handle::current();
        let mut lines = DataFile::<_, SampleModel>::new(object, self.file);
        lines.skip_lines(self.handled)?;
        loop {
            let handled = lines.line_number();
            if observer.is_stopped() {
                return Ok(End::Stopped { handled });
            }
            match lines.next() {
                None => return Ok(End::Whole),
                Some(Ok(record)) => {
                    let mut record = StreamRecord::from(record);
                    // The lines of a full export do not state a time. Each item is as it was at the
                    // time of the export, and its later changes are in the stream.
                    record.meta.created_at = record.meta.created_at.or(self.export_time);
                    if let Err(error) = runtime.block_on(handle_record(record)) {
                        return Ok(End::Failed { handled, error });
                    }
                }
                Some(Err(ExportError::Line(error))) => observer.keep(&error)?,
                Some(Err(error)) => return Err(error.into()),
            }
            observer.advance(lines.line_number())?;
        }
    }
}
