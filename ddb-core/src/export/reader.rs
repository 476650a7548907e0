//! Reads the lines of a data file.

use std::fmt;
use std::io::{BufRead, ErrorKind, Read as _};

use crate::event::{ChangeImage, LineDecoder};
use crate::export::error::{ExportError, LineError};
use crate::export::record::ExportRecord;

/// More bytes than a line can have: both images of the largest item, with every byte escaped, see
/// [Item size](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html).
const LONGEST_LINE: u64 = 16 << 20;

/// The beginning of a file in the format Amazon Ion, see
/// [Output of an export](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html).
const ION: &[u8] = b"$ion_";

/// An iterator over the lines of a data file that is not compressed.
///
/// It keeps one line in memory at a time. After an error other than [`ExportError::Line`] it ends.
///
/// ```
/// use ddb_core::export::ExportReader;
/// use ddb_core::{FromStreamImage, Ignored};
///
/// #[derive(FromStreamImage)]
/// struct Order {
///     id: u64,
/// }
///
/// let lines = br#"{"Item": {"id": {"N": "7"}}}"#;
/// let mut reader = ExportReader::<_, Order, Ignored>::new(&lines[..]).expect_items(2);
/// assert!(reader.next().unwrap().is_ok());
/// let error = reader.next().unwrap().err().unwrap();
/// assert_eq!(
///     error.to_string(),
///     "the manifest states 2 items, and the file has 1: download it again"
/// );
/// assert!(reader.next().is_none());
/// ```
pub struct ExportReader<R, T, O = T> {
    lines: R,
    line: Vec<u8>,
    number: u64,
    expected_items: Option<u64>,
    decoder: LineDecoder<T, O>,
    is_done: bool,
}

impl<R: BufRead, T: ChangeImage, O: ChangeImage> ExportReader<R, T, O> {
    /// Reads the lines of an uncompressed data file.
    pub fn new(lines: R) -> Self {
        Self {
            lines,
            line: Vec::new(),
            number: 0,
            expected_items: None,
            decoder: LineDecoder::new(),
            is_done: false,
        }
    }

    /// Makes it an error if the file has another number of lines than this, the `itemCount` of the
    /// manifest.
    #[must_use]
    pub fn expect_items(mut self, count: u64) -> Self {
        self.expected_items = Some(count);
        self
    }

    /// The number of the last line that was read, from 1 on. 0 before the first.
    pub fn line_number(&self) -> u64 {
        self.number
    }

    /// Skips this number of lines without decoding them, to continue where reading has stopped.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read, or has fewer lines.
    pub fn skip_lines(&mut self, count: u64) -> Result<(), ExportError> {
        for _ in 0..count {
            match self.read_line() {
                Ok(true) => {}
                Ok(false) => {
                    self.is_done = true;
                    return Err(ExportError::ItemCount { expected: count, found: self.number });
                }
                Err(error) => {
                    self.is_done = true;
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    /// Reads the next line. Returns `false` at the end of the file.
    fn read_line(&mut self) -> Result<bool, ExportError> {
        self.line.clear();
        // The limit keeps a file without line breaks from filling the memory.
        let mut limited = (&mut self.lines).take(LONGEST_LINE);
        while let Err(error) = limited.read_until(b'\n', &mut self.line) {
            if error.kind() != ErrorKind::Interrupted {
                return Err(ExportError::Read(error));
            }
        }
        if self.line.is_empty() {
            return Ok(false);
        }
        self.number += 1;
        if self.line.last() == Some(&b'\n') {
            self.line.pop();
        } else if limited.limit() == 0 {
            return Err(ExportError::LineTooLong { number: self.number });
        }
        if self.number == 1 && self.line.starts_with(ION) {
            return Err(ExportError::Ion);
        }
        Ok(true)
    }

    fn check_count(&self) -> Result<(), ExportError> {
        match self.expected_items {
            Some(expected) if expected != self.number => {
                Err(ExportError::ItemCount { expected, found: self.number })
            }
            _ => Ok(()),
        }
    }
}

impl<R: BufRead, T: ChangeImage, O: ChangeImage> Iterator for ExportReader<R, T, O> {
    type Item = Result<ExportRecord<T, O>, ExportError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        match self.read_line() {
            Ok(true) => Some(match self.decoder.decode(&self.line) {
                Ok(record) => Ok(ExportRecord::from_record(record)),
                Err(error) => Err(ExportError::Line(LineError::new(self.number, error))),
            }),
            Ok(false) => {
                self.is_done = true;
                self.check_count().err().map(Err)
            }
            Err(error) => {
                self.is_done = true;
                Some(Err(error))
            }
        }
    }
}

impl<R, T, O> ExportReader<R, T, O> {
    #[cfg(feature = "export")]
    pub(super) fn get_mut(&mut self) -> &mut R {
        &mut self.lines
    }
}

impl<R, T, O> fmt::Debug for ExportReader<R, T, O> {
    /// Shows no text of the file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExportReader").field("line_number", &self.number).finish_non_exhaustive()
    }
}
