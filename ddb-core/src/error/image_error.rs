use std::error::Error;
use std::fmt;

use crate::error::{Problem, SHOWN_PROBLEMS};

/// The error for an image that does not fit its type, with every problem of the image.
///
/// Neither `Display` nor `Debug` contains an attribute's value: items hold personal data, and
/// errors end up in logs.
///
/// ```
/// use ddb_core::{FromStreamImage, Item};
///
/// #[derive(Debug, FromStreamImage)]
/// struct Line {
///     sku: String,
///     qty: u32,
/// }
///
/// let error = Line::from_image(Item::default()).unwrap_err();
/// assert_eq!(error.problems().len(), 2);
/// assert_eq!(
///     error.to_string(),
///     "2 problems: qty: missing, expected N (u32); sku: missing, expected S (String)"
/// );
/// ```
pub struct ImageError(Reason);

enum Reason {
    NotJson { offset: usize },
    Problems(Vec<Problem>),
}

impl ImageError {
    pub(crate) fn new(problems: Vec<Problem>) -> Self {
        Self(Reason::Problems(problems))
    }

    #[cold]
    pub(crate) fn not_json(offset: usize) -> Self {
        Self(Reason::NotJson { offset })
    }

    /// The problems of the image, ordered by path.
    ///
    /// Of more than a thousand problems, only the first thousand are kept. The slice is empty only
    /// if the text is not JSON, see [`syntax_error_at`](Self::syntax_error_at).
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        match &self.0 {
            Reason::NotJson { .. } => &[],
            Reason::Problems(problems) => problems,
        }
    }

    /// The byte offset of the syntax error, if the text given to
    /// [`from_json`](crate::FromStreamImage::from_json) is not a JSON object.
    #[must_use]
    pub fn syntax_error_at(&self) -> Option<usize> {
        match self.0 {
            Reason::NotJson { offset } => Some(offset),
            Reason::Problems(_) => None,
        }
    }
}

impl fmt::Display for ImageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problems = match &self.0 {
            Reason::NotJson { offset } => {
                return write!(f, "not a JSON object of attributes: syntax error at byte {offset}");
            }
            Reason::Problems(problems) => problems,
        };
        write_problems(f, problems)
    }
}

/// Writes the first problems, and counts the others.
pub(crate) fn write_problems(f: &mut fmt::Formatter<'_>, problems: &[Problem]) -> fmt::Result {
    if problems.len() > 1 {
        write!(f, "{} problems: ", problems.len())?;
    }
    for (index, problem) in problems.iter().take(SHOWN_PROBLEMS).enumerate() {
        let separator = if index > 0 { "; " } else { "" };
        write!(f, "{separator}{problem}")?;
    }
    match problems.len().saturating_sub(SHOWN_PROBLEMS) {
        0 => Ok(()),
        more => write!(f, "; and {more} more"),
    }
}

impl fmt::Debug for ImageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::NotJson { offset } => {
                f.debug_struct("ImageError").field("syntax_error_at", offset).finish()
            }
            Reason::Problems(problems) => f.debug_tuple("ImageError").field(problems).finish(),
        }
    }
}

impl Error for ImageError {}

impl IntoIterator for ImageError {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        match self.0 {
            Reason::NotJson { .. } => Vec::new().into_iter(),
            Reason::Problems(problems) => problems.into_iter(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Path, ProblemDetail, ProblemKind};

    #[test]
    fn a_long_error_is_cut_and_counted() {
        let problem = || {
            let detail = ProblemDetail { kind: ProblemKind::RepeatedKey, cause: None };
            Problem::new(None, None, Path::default(), detail, None)
        };
        let error = ImageError::new((0..10).map(|_| problem()).collect());
        assert!(error.to_string().starts_with("10 problems: "));
        assert!(error.to_string().ends_with("; and 2 more"));
    }
}
