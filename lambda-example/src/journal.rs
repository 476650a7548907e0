//! What a tool has already done.

use std::collections::HashMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

type Error = Box<dyn std::error::Error + Send + Sync>;

/// A file of JSON lines that outlives the process, with the progress of each object. A line is on
/// the disk before the next step.
#[derive(Debug)]
pub struct Journal<P> {
    file: File,
    progress: HashMap<String, P>,
}

#[derive(Serialize, Deserialize)]
struct Line<P> {
    object: String,
    progress: P,
}

impl<P: Serialize + DeserializeOwned + Clone> Journal<P> {
    /// Opens the journal, or starts one. No other process can use it at the same time.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be opened, is in use, or contains anything else.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let shown = path.display();
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(false).open(path);
        let mut file = file.map_err(|error| format!("journal {shown}: {error}"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(format!("journal {shown} is in use: wait for the other process").into());
            }
            Err(TryLockError::Error(error)) => {
                return Err(format!("journal {shown} cannot be locked: {error}").into());
            }
        }
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(|error| format!("journal {shown}: {error}"))?;
        // A process that is killed can leave a last line that is not complete.
        let complete = text.rfind('\n').map_or(0, |end| end + 1);
        text.truncate(complete);
        file.set_len(complete as u64)?;
        file.seek(SeekFrom::End(0))?;
        let mut progress = HashMap::new();
        for (line, number) in text.lines().zip(1..) {
            let line: Line<P> = serde_json::from_str(line).map_err(|_| {
                format!(
                    "journal {shown}: line {number} is damaged: delete the journal to begin again"
                )
            })?;
            progress.insert(line.object, line.progress);
        }
        Ok(Self { file, progress })
    }

    /// The progress of an object, if there is any.
    #[must_use]
    pub fn progress(&self, object: &str) -> Option<&P> {
        self.progress.get(object)
    }

    /// Notes the progress of an object.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be written.
    pub fn record(&mut self, object: &str, progress: P) -> Result<(), Error> {
        let line = Line { object: object.to_owned(), progress };
        let mut text = serde_json::to_string(&line)?;
        text.push('\n');
        self.file.write_all(text.as_bytes())?;
        self.file.sync_data()?;
        self.progress.insert(line.object, line.progress);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_last_line_of_an_object_counts() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal");
        let mut journal = Journal::open(&path).expect("a journal");
        assert_eq!(journal.progress("a"), None);
        journal.record("a", 1).expect("written");
        journal.record("b", 2).expect("written");
        journal.record("a", 3).expect("written");
        drop(journal);

        let journal = Journal::<i32>::open(&path).expect("a journal");
        assert_eq!((journal.progress("a"), journal.progress("b")), (Some(&3), Some(&2)));
    }

    /// A process that is killed while it writes leaves a part of a line.
    #[test]
    fn a_part_of_a_last_line_is_dropped() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal");
        let whole = "{\"object\":\"a\",\"progress\":1}\n";
        for length in 0..whole.len() {
            fs::write(&path, format!("{whole}{}", &whole[..length])).expect("written");
            let mut journal = Journal::open(&path).expect("a journal");
            assert_eq!(journal.progress("a"), Some(&1));
            journal.record("b", 2).expect("written");
            drop(journal);
            let text = fs::read_to_string(&path).expect("a journal");
            assert_eq!(text, format!("{whole}{{\"object\":\"b\",\"progress\":2}}\n"));
        }
    }

    #[test]
    fn a_damaged_line_and_a_second_process_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal");
        fs::write(&path, "{\"object\":\"a\",\"progress\":1}\n{}\n").expect("written");
        let error = Journal::<i32>::open(&path).expect_err("damaged").to_string();
        assert!(error.ends_with("line 2 is damaged: delete the journal to begin again"), "{error}");

        fs::write(&path, "").expect("written");
        let _journal = Journal::<i32>::open(&path).expect("a journal");
        let error = Journal::<i32>::open(&path).expect_err("in use").to_string();
        assert!(error.ends_with("is in use: wait for the other process"), "{error}");
    }
}
