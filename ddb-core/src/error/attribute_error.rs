use std::error::Error;
use std::fmt;

use crate::attribute_type::AttributeType;
use crate::error::problem::{Cause, ProblemDetail};
use crate::error::{Expected, Found, Malformed, PendingProblem, ProblemKind, Unwritable};

/// The error of reading one attribute, which
/// [`FromAttribute::from_attribute`](crate::FromAttribute::from_attribute) returns.
///
/// The error does not know its path. The readers around the attribute add the path, and turn the
/// error into a [`Problem`](crate::Problem) of an [`ImageError`](crate::ImageError) or of a
/// [`Lossy`](crate::Lossy) report.
///
/// The `?` operator converts any error that is `Into<Box<dyn Error + Send + Sync>>`: a type that
/// implements [`Error`], a boxed error, an `anyhow::Error`, a `String`. The original error stays
/// out of every message, as it may quote the value; [`Problem::cause`](crate::Problem::cause)
/// returns it.
// One pointer wide, so that a `Result` stays small on the good path.
pub struct AttributeError(Option<Box<Content>>);

enum Content {
    /// A problem of the value itself.
    Own(ProblemDetail),
    /// The problems inside a value that is written, which has no report.
    Inside(Vec<PendingProblem>),
}

impl AttributeError {
    /// Creates the error for a value that breaks a rule of your own type. `rule` says what the type
    /// expects: `"degrees above absolute zero"`.
    ///
    /// The message then reads `temperature: expected degrees above absolute zero`. The text is
    /// `'static`, so that no value can get into it.
    #[must_use]
    #[cold]
    pub fn expected(rule: &'static str) -> Self {
        Self::mismatch(Expected::rule(rule), Found::Unspecified)
    }

    /// The error for a value that a conversion outside this crate refused.
    #[cold]
    pub(crate) fn refused(expected: Expected, found: Option<AttributeType>, cause: Cause) -> Self {
        Self::mismatch_because(expected, Found::Refused(found), cause)
    }

    /// A mismatch with the error of a conversion outside this crate.
    #[cold]
    pub(crate) fn mismatch_because(expected: Expected, found: Found, cause: Cause) -> Self {
        let kind = ProblemKind::Mismatch { expected, found };
        Self(Some(Box::new(Content::Own(ProblemDetail { kind, cause: Some(cause) }))))
    }

    #[cold]
    pub(crate) fn mismatch(expected: Expected, found: Found) -> Self {
        Self::new(ProblemKind::Mismatch { expected, found })
    }

    #[cold]
    pub(crate) fn new(kind: ProblemKind) -> Self {
        Self(Some(Box::new(Content::Own(ProblemDetail { kind, cause: None }))))
    }

    /// The error for a value that cannot be written.
    #[cold]
    pub(crate) fn unwritable(reason: Unwritable) -> Self {
        Self::new(ProblemKind::Unwritable(reason))
    }

    /// The error for a value that a conversion outside this crate refused to write.
    #[cold]
    pub(crate) fn unwritable_because(cause: Cause) -> Self {
        let kind = ProblemKind::Unwritable(Unwritable::Refused);
        Self(Some(Box::new(Content::Own(ProblemDetail { kind, cause: Some(cause) }))))
    }

    /// The error for an attribute whose problems are already in the report.
    pub(crate) fn reported() -> Self {
        Self(None)
    }

    /// The error for a value with problems inside it.
    #[cold]
    pub(crate) fn inside(problems: Vec<PendingProblem>) -> Self {
        Self(Some(Box::new(Content::Inside(problems))))
    }

    /// The problems that are not in the report.
    pub(crate) fn into_problems(self) -> impl Iterator<Item = PendingProblem> {
        let (own, inside) = match self.0.map(|content| *content) {
            None => (None, Vec::new()),
            Some(Content::Own(detail)) => (Some(PendingProblem::new(detail)), Vec::new()),
            Some(Content::Inside(problems)) => (None, problems),
        };
        own.into_iter().chain(inside)
    }
}

impl<E: Into<Box<dyn Error + Send + Sync>>> From<E> for AttributeError {
    #[cold]
    fn from(cause: E) -> Self {
        Self::refused(Expected::rule("a value that converts"), None, cause.into())
    }
}

impl fmt::Debug for AttributeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_tuple("AttributeError");
        match self.0.as_deref() {
            None => {}
            Some(Content::Own(detail)) => {
                debug.field(&detail.kind.to_string());
            }
            Some(Content::Inside(problems)) => {
                debug.field(&format_args!("{} problems", problems.len()));
            }
        }
        debug.finish()
    }
}

/// The reason why a value cannot be read. The [`Expected`] is only added when the error is built.
pub(crate) enum Refusal {
    Found(Found),
    /// The problem is in the report, or the text is not JSON.
    Reported,
}

impl Refusal {
    #[cold]
    pub(crate) fn into_error(self, expected: Expected) -> AttributeError {
        match self {
            Self::Found(found) => AttributeError::mismatch(expected, found),
            Self::Reported => AttributeError::reported(),
        }
    }
}

impl From<Malformed> for Refusal {
    fn from(malformed: Malformed) -> Self {
        Self::Found(Found::Malformed(malformed))
    }
}
