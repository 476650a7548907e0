//! Reads a data file as it is in the bucket.

use std::fmt;
use std::io::{self, BufReader, Read};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use flate2::read::MultiGzDecoder;
use md5::{Digest as _, Md5};

use crate::event::ChangeImage;
use crate::export::error::ExportError;
use crate::export::manifest::ManifestFile;
use crate::export::reader::ExportReader;
use crate::export::record::ExportRecord;

/// The size of the buffer for the decompressed text.
const BUFFER: usize = 64 << 10;

/// An iterator over the lines of a data file as it is in S3, compressed with gzip.
///
/// At its end, the file is compared with the manifest: a file that is too short or was altered is
/// an error. It keeps one line in memory at a time. After an error other than [`ExportError::Line`]
/// it ends.
///
/// ```no_run
/// use std::fs::{self, File};
///
/// use ddb_core::FromStreamImage;
/// use ddb_core::export::{DataFile, ManifestFile};
///
/// #[derive(FromStreamImage)]
/// struct Order {
///     id: u64,
/// }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// for file in ManifestFile::list(&fs::read("manifest-files.json")?)? {
///     for record in DataFile::<_, Order>::new(File::open(&file.data_file_s3_key)?, &file) {
///         println!("{:?}", record?.written_at);
///     }
/// }
/// # Ok(())
/// # }
/// ```
pub struct DataFile<R, T, O = T> {
    lines: ExportReader<BufReader<MultiGzDecoder<Hashing<R>>>, T, O>,
    md5_checksum: String,
    is_done: bool,
}

impl<R: Read, T: ChangeImage, O: ChangeImage> DataFile<R, T, O> {
    /// Reads the compressed content of a data file that the manifest describes.
    pub fn new(object: R, file: &ManifestFile) -> Self {
        let object = Hashing { inner: object, md5: Md5::new() };
        let text = BufReader::with_capacity(BUFFER, MultiGzDecoder::new(object));
        Self {
            lines: ExportReader::new(text).expect_items(file.item_count),
            md5_checksum: file.md5_checksum.clone(),
            is_done: false,
        }
    }

    /// The number of the last line that was read, from 1 on. 0 before the first.
    pub fn line_number(&self) -> u64 {
        self.lines.line_number()
    }

    /// Skips this number of lines without decoding them, to continue where reading has stopped.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read, or has fewer lines.
    pub fn skip_lines(&mut self, count: u64) -> Result<(), ExportError> {
        self.lines.skip_lines(count)
    }

    fn check_md5(&mut self) -> Result<(), ExportError> {
        let object = self.lines.get_mut().get_mut().get_mut();
        let found = BASE64_STANDARD.encode(object.md5.finalize_reset());
        if found == self.md5_checksum { Ok(()) } else { Err(ExportError::Checksum) }
    }
}

impl<R: Read, T: ChangeImage, O: ChangeImage> Iterator for DataFile<R, T, O> {
    type Item = Result<ExportRecord<T, O>, ExportError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let next = self.lines.next();
        self.is_done = !matches!(next, Some(Ok(_) | Err(ExportError::Line(_))));
        match next {
            None => self.check_md5().err().map(Err),
            next => next,
        }
    }
}

impl<R, T, O> fmt::Debug for DataFile<R, T, O> {
    /// Shows no text of the file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DataFile").field("lines", &self.lines).finish_non_exhaustive()
    }
}

/// A reader that computes the checksum of everything that is read from it.
struct Hashing<R> {
    inner: R,
    md5: Md5,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.md5.update(&buffer[..length]);
        Ok(length)
    }
}
