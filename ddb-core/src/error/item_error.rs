use std::error::Error;
use std::fmt;

use crate::error::{PendingProblem, Problem, write_problems};

/// The error for a value that cannot be written as an item, with every problem of the value.
///
/// Like the messages of [`ImageError`](crate::ImageError), neither `Display` nor `Debug` contains a
/// value.
///
/// ```
/// use ddb_core::IntoItem;
///
/// #[derive(IntoItem)]
/// struct Reading {
///     celsius: f64,
///     humidity: Option<f64>,
/// }
///
/// let reading = Reading { celsius: f64::NAN, humidity: None };
/// let error = reading.into_item().unwrap_err();
/// assert_eq!(error.to_string(), "celsius: a float that is not finite cannot be stored");
/// ```
pub struct ItemError(Vec<Problem>);

impl ItemError {
    #[cold]
    pub(crate) fn new(mut problems: Vec<PendingProblem>) -> Self {
        problems.iter_mut().for_each(PendingProblem::mark_unwritable);
        Self(PendingProblem::sort(problems))
    }

    /// The problems of the value, ordered by path.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.0
    }
}

impl fmt::Display for ItemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_problems(f, &self.0, self.0.len())
    }
}

impl fmt::Debug for ItemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ItemError").field(&self.0).finish()
    }
}

impl Error for ItemError {}

impl IntoIterator for ItemError {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
