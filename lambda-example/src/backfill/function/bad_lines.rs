//! The object for the lines that do not fit.

use aws_sdk_s3::Client;
use ddb_core::export::LineError;

use crate::aws_error::describe;
use crate::backfill::Error;
use crate::backfill::bad_line::to_json_line;

/// The number of bytes after which an invocation stops, so that its memory suffices if no line
/// fits.
const FULL: usize = 16 << 20;

/// The lines of an invocation that do not fit.
pub struct BadLines {
    /// The key of the data file.
    file: String,
    text: String,
    count: u64,
}

impl BadLines {
    pub fn new(file: &str) -> Self {
        Self { file: file.to_owned(), text: String::new(), count: 0 }
    }

    /// Adds a line, with the reason why it does not fit.
    pub fn add(&mut self, error: &LineError) {
        self.text.push_str(&to_json_line(&self.file, error));
        self.count += 1;
    }

    pub fn is_full(&self) -> bool {
        self.text.len() >= FULL
    }

    /// The number of lines that were added.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Stores the lines, if there are any. The name of the object is that of the data file and the
    /// number of lines that were handled before, so that a retry of the invocation replaces it.
    pub async fn store(self, client: &Client, bucket: &str, before: u64) -> Result<(), Error> {
        if self.count == 0 {
            return Ok(());
        }
        let key = format!("bad-lines/{}/{before}.jsonl", self.file);
        let request = client.put_object().bucket(bucket).key(&key);
        let request = request.content_type("application/jsonl").body(self.text.into_bytes().into());
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) => Err(format!("s3://{bucket}/{key}: {}", describe(error)).into()),
        }
    }
}
