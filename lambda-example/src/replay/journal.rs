//! What is already handled.

use std::collections::HashMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use ddb_core::event::SequenceNumber;
use serde::{Deserialize, Serialize};

use super::Error;

/// A file of JSON lines that outlives the process. Each line is on the disk before the next step.
pub struct Journal {
    file: File,
    progress: HashMap<String, Progress>,
}

/// How far the records of an object are handled.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Progress {
    #[default]
    None,
    /// Every record before this one is handled.
    Before(SequenceNumber),
    Whole,
}

#[derive(Serialize, Deserialize)]
struct Line<'l> {
    object: std::borrow::Cow<'l, str>,
    /// Without it, the whole object is handled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    failed_at: Option<String>,
}

impl Journal {
    /// Opens the journal, or starts one. No other replay can use it at the same time.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let shown = path.display();
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(|error| format!("journal {shown} cannot be opened: {error}"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(format!("journal {shown} is in use: wait for the other replay").into());
            }
            Err(TryLockError::Error(error)) => {
                return Err(format!("journal {shown} cannot be locked: {error}").into());
            }
        }
        let mut text = String::new();
        file.read_to_string(&mut text)
            .map_err(|error| format!("journal {shown} cannot be read: {error}"))?;
        // A process that is killed can leave a last line that is not complete.
        let complete = text.rfind('\n').map_or(0, |end| end + 1);
        file.set_len(complete as u64)?;
        file.seek(SeekFrom::End(0))?;
        let mut progress = HashMap::new();
        for (index, line) in text[..complete].lines().enumerate() {
            let (object, handled) = read_line(line).ok_or_else(|| {
                format!(
                    "line {} of journal {shown} is damaged: delete the journal to replay all",
                    index + 1
                )
            })?;
            progress.insert(object, handled);
        }
        Ok(Self { file, progress })
    }

    /// How far this object is handled.
    pub fn progress(&self, object: &str) -> Progress {
        self.progress.get(object).cloned().unwrap_or_default()
    }

    /// Notes that the object is handled so far.
    pub fn record(&mut self, object: &str, progress: Progress) -> Result<(), Error> {
        let failed_at = match &progress {
            Progress::None => return Ok(()),
            Progress::Before(number) => Some(number.to_string()),
            Progress::Whole => None,
        };
        let mut line = serde_json::to_string(&Line { object: object.into(), failed_at })?;
        line.push('\n');
        self.file.write_all(line.as_bytes())?;
        self.file.sync_data()?;
        self.progress.insert(object.to_owned(), progress);
        Ok(())
    }
}

fn read_line(line: &str) -> Option<(String, Progress)> {
    let Line { object, failed_at } = serde_json::from_str(line).ok()?;
    let progress = match failed_at {
        Some(number) => Progress::Before(number.parse().ok()?),
        None => Progress::Whole,
    };
    Some((object.into_owned(), progress))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(number: &str) -> SequenceNumber {
        number.parse().expect("a number")
    }

    #[test]
    fn the_last_line_of_an_object_counts() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal");
        let mut journal = Journal::open(&path).expect("a journal");
        assert_eq!(journal.progress("a"), Progress::None);
        journal.record("a", Progress::Before(number("111"))).expect("written");
        journal.record("b", Progress::Whole).expect("written");
        journal.record("a", Progress::Before(number("112"))).expect("written");
        drop(journal);

        let journal = Journal::open(&path).expect("a journal");
        assert_eq!(journal.progress("a"), Progress::Before(number("112")));
        assert_eq!(journal.progress("b"), Progress::Whole);
    }

    /// A process that is killed while it writes leaves a part of a line.
    #[test]
    fn a_part_of_a_last_line_is_dropped() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal");
        let whole = "{\"object\":\"a\"}\n";
        for length in 0..whole.len() {
            std::fs::write(&path, format!("{whole}{}", &whole[..length])).expect("written");
            let mut journal = Journal::open(&path).expect("a journal");
            assert_eq!(journal.progress("a"), Progress::Whole);
            journal.record("b", Progress::Whole).expect("written");
            drop(journal);
            let text = std::fs::read_to_string(&path).expect("a journal");
            assert_eq!(text, format!("{whole}{{\"object\":\"b\"}}\n"));
        }
    }

    #[test]
    fn a_damaged_line_and_a_second_replay_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal");
        std::fs::write(&path, "{\"object\":\"a\"}\n{}\n").expect("written");
        let error = Journal::open(&path).err().expect("damaged").to_string();
        assert!(error.starts_with("line 2 of journal "), "{error}");

        std::fs::write(&path, "").expect("written");
        let _journal = Journal::open(&path).expect("a journal");
        let error = Journal::open(&path).err().expect("in use").to_string();
        assert!(error.ends_with("is in use: wait for the other replay"), "{error}");
    }
}
