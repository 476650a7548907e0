use std::error::Error;
use std::fmt;

use crate::attribute_type::AttributeType;
use crate::error::problem::{Cause, ProblemDetail};
use crate::error::{Expected, Found, Malformed, PendingProblem, ProblemKind, Unwritable};

/// The error of reading or writing one attribute, which
/// [`FromAttribute::from_attribute`](crate::FromAttribute::from_attribute) and
/// [`IntoAttribute::into_attribute`](crate::IntoAttribute::into_attribute) return.
///
/// The error does not know its path. The code around the attribute adds the path, and turns the
/// error into a [`Problem`](crate::Problem) of an [`ImageError`](crate::ImageError), of a
/// [`Lossy`](crate::Lossy) report or of an [`ItemError`](crate::ItemError).
///
/// The `?` operator converts any error that is `Into<Box<dyn Error + Send + Sync>>`: a type that
/// implements [`Error`], a boxed error, an `anyhow::Error`, a `String`. The original error stays
/// out of every message, as it may quote the value; [`Problem::cause`](crate::Problem::cause)
/// returns it.
// One pointer wide, so that a `Result` stays small on the good path.
pub struct AttributeError(Option<Box<Problems>>);

/// The problem of the value itself or, for a value that is written and therefore has no report, the
/// problems inside it.
struct Problems(Vec<PendingProblem>);

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
        Self::of(ProblemDetail { kind, cause: Some(cause) })
    }

    #[cold]
    pub(crate) fn mismatch(expected: Expected, found: Found) -> Self {
        Self::new(ProblemKind::Mismatch { expected, found })
    }

    #[cold]
    pub(crate) fn new(kind: ProblemKind) -> Self {
        Self::of(ProblemDetail { kind, cause: None })
    }

    #[cold]
    fn of(detail: ProblemDetail) -> Self {
        Self::inside(vec![PendingProblem::new(detail)])
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
        Self::of(ProblemDetail { kind, cause: Some(cause) })
    }

    /// The error for an attribute whose problems are already in the report.
    pub(crate) fn reported() -> Self {
        Self(None)
    }

    /// The error for a value with problems inside it.
    #[cold]
    pub(crate) fn inside(problems: Vec<PendingProblem>) -> Self {
        Self(Some(Box::new(Problems(problems))))
    }

    /// The problems that are not in the report.
    #[cold]
    pub(crate) fn into_problems(self) -> Vec<PendingProblem> {
        self.0.map(|problems| problems.0).unwrap_or_default()
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
        let problems = self.0.iter().flat_map(|problems| &problems.0);
        f.write_str("AttributeError")?;
        f.debug_list().entries(problems.map(|problem| problem.kind().to_string())).finish()
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
