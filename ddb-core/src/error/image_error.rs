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
    Problems { kept: Vec<Problem>, count: usize },
}

impl ImageError {
    /// The error for an image with `count` problems, of which these are kept.
    pub(crate) fn new(kept: Vec<Problem>, count: usize) -> Self {
        Self(Reason::Problems { kept, count })
    }

    #[cold]
    pub(crate) fn not_json(offset: usize) -> Self {
        Self(Reason::NotJson { offset })
    }

    /// The problems of the image, ordered by path.
    ///
    /// Of more than a thousand problems, only the first thousand are kept. If the records of one
    /// event have more than a thousand, the further ones keep eight of each image. The slice is
    /// empty only if the text is not JSON, see [`syntax_error_at`](Self::syntax_error_at).
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        match &self.0 {
            Reason::NotJson { .. } => &[],
            Reason::Problems { kept, .. } => kept,
        }
    }

    /// The byte offset of the syntax error, if the text given to
    /// [`from_json`](crate::FromStreamImage::from_json) is not a JSON object.
    #[must_use]
    pub fn syntax_error_at(&self) -> Option<usize> {
        match self.0 {
            Reason::NotJson { offset } => Some(offset),
            Reason::Problems { .. } => None,
        }
    }
}

impl fmt::Display for ImageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::NotJson { offset } => {
                write!(f, "not a JSON object of attributes: syntax error at byte {offset}")
            }
            Reason::Problems { kept, count } => write_problems(f, kept, *count),
        }
    }
}

/// Writes the first of `count` problems, and counts the others.
pub(crate) fn write_problems(
    f: &mut fmt::Formatter<'_>,
    problems: &[Problem],
    count: usize,
) -> fmt::Result {
    if count > 1 {
        write!(f, "{count} problems: ")?;
    }
    for (index, problem) in problems.iter().take(SHOWN_PROBLEMS).enumerate() {
        let separator = if index > 0 { "; " } else { "" };
        write!(f, "{separator}{problem}")?;
    }
    match count.saturating_sub(SHOWN_PROBLEMS.min(problems.len())) {
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
            Reason::Problems { kept, .. } => f.debug_tuple("ImageError").field(kept).finish(),
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
            Reason::Problems { kept, .. } => kept.into_iter(),
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
        let error = ImageError::new((0..10).map(|_| problem()).collect(), 10);
        assert!(error.to_string().starts_with("10 problems: "));
        assert!(error.to_string().ends_with("; and 2 more"));
        let error = ImageError::new((0..8).map(|_| problem()).collect(), 2000);
        assert!(error.to_string().starts_with("2000 problems: "));
        assert!(error.to_string().ends_with("; and 1992 more"));
    }
}
