//! Reads an image as the newest of several versions that it fits.

use crate::error::PendingProblem;
use crate::read::image::Image;
use crate::read::known_versions::Known;
use crate::read::report::Checkpoint;

/// A type that an image is read as, and that is then converted to `T`.
pub struct Version<T> {
    /// The name of the type, for messages.
    name: &'static str,
    read: fn(&mut Image<'_>) -> Option<T>,
}

impl<T> Version<T> {
    /// A version that `read` reads. `None` means that the image does not fit; the problem is in the
    /// report.
    #[must_use]
    pub const fn new(name: &'static str, read: fn(&mut Image<'_>) -> Option<T>) -> Self {
        Self { name, read }
    }
}

/// The result for an image that fits no version.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Otherwise {
    /// An error. The last version may take the strings of an owned item.
    Fail,
    /// The image is read lossily, as the newest version.
    Newest,
}

impl Image<'_> {
    /// Reads the image as the first version that it fits.
    pub(crate) fn read_versions<T>(&mut self, versions: &[Version<T>]) -> Option<T> {
        let mut attempts = Attempts::default();
        self.read_fitting(versions, Otherwise::Fail, &mut attempts).or_else(|| {
            attempts.finish(self);
            None
        })
    }

    /// Reads the image as the first version that it fits or, if there is none, lossily as the
    /// newest.
    pub(crate) fn read_versions_or_newest<T>(
        &mut self,
        versions: &[Version<T>],
        read_newest_lossy: fn(&mut Image<'_>) -> T,
    ) -> T {
        let mut attempts = Attempts::default();
        let value = self.read_fitting(versions, Otherwise::Newest, &mut attempts);
        value.unwrap_or_else(|| {
            let checkpoint = self.report.checkpoint();
            let value = read_newest_lossy(self);
            if let Some(newest) = versions.first() {
                attempts.replace_first(self, checkpoint, newest.name);
            }
            attempts.finish(self);
            value
        })
    }

    /// Reads the image as the first version that it fits. If there is none, the image and the
    /// report are unchanged.
    pub(crate) fn read_fitting_version<T>(&mut self, versions: &[Version<T>]) -> Option<T> {
        self.read_fitting(versions, Otherwise::Newest, &mut Attempts::default())
    }

    /// Reads the image as the first version that it fits. If the image has been read before, in an
    /// earlier attempt to read a version of the value around it, that version is known.
    fn read_fitting<T>(
        &mut self,
        versions: &[Version<T>],
        otherwise: Otherwise,
        attempts: &mut Attempts,
    ) -> Option<T> {
        if self.is_tracked() {
            // Whether an attempt has read anything shows in the number of unread attributes.
            self.visit_unread();
        }
        let place = self.place(versions.iter().map(|version| version.read as usize));
        let candidates = match self.report.known_versions.get_or_insert_default().begin(place) {
            Known::Nothing => 0..versions.len(),
            Known::Fits(index) => index..index + 1,
            Known::FitsNone if otherwise == Otherwise::Newest => 0..0,
            Known::FitsNone => 0..1,
        };
        let mut found = None;
        for index in candidates {
            let Some(version) = versions.get(index) else { break };
            let value = if index + 1 == versions.len() && otherwise == Otherwise::Fail {
                attempts.read(self, version)
            } else {
                // An attempt must not take the strings of an owned item from the next one.
                self.read_by_reference(|image| attempts.read(image, version))
            };
            if let Some(value) = value {
                found = Some((index, value));
                break;
            }
        }
        let index = found.as_ref().map(|(index, _)| *index);
        self.report.known_versions.get_or_insert_default().end(place, index);
        found.map(|(_, value)| value)
    }
}

/// The attempts to read an image, none of which has fitted.
#[derive(Default)]
struct Attempts {
    /// The problems of each attempt.
    problems: Vec<Vec<PendingProblem>>,
    /// Whether an attempt has read any attribute other than a `NULL`.
    has_read: bool,
}

impl Attempts {
    /// Reads the image as a version. `None` means that it does not fit; the problems are then in
    /// the attempts, and no longer in the report.
    fn read<T>(&mut self, image: &mut Image<'_>, version: &Version<T>) -> Option<T> {
        let checkpoint = image.report.checkpoint();
        let remaining = image.remaining();
        let value = (version.read)(image);
        if image.report.count_since(checkpoint) == 0 && value.is_some() {
            return value;
        }
        self.has_read |= image.remaining() < remaining;
        self.keep(image, checkpoint, version.name);
        None
    }

    #[cold]
    fn keep(&mut self, image: &mut Image<'_>, checkpoint: Checkpoint, name: &'static str) {
        let order = self.problems.len();
        let mut problems = image.report.take_attempt(checkpoint, name, order);
        problems.iter_mut().for_each(PendingProblem::unmark_replaced);
        self.problems.push(problems);
    }

    /// Replaces the problems of the first attempt by those of a lossy one, which also say what was
    /// replaced.
    #[cold]
    fn replace_first(&mut self, image: &mut Image<'_>, checkpoint: Checkpoint, name: &'static str) {
        let problems = image.report.take_attempt(checkpoint, name, 0);
        match self.problems.first_mut() {
            Some(first) => *first = problems,
            // It was known that no version fits.
            None => self.problems.push(problems),
        }
    }

    /// Reports the problems of all attempts.
    #[cold]
    fn finish(self, image: &mut Image<'_>) {
        image.report.restore_attempts(self.problems.into_iter().flatten());
        if self.has_read {
            // A flattened `Option` must not become `None` only because the last version has read
            // nothing.
            image.drop_unread();
        }
    }
}
