use std::error::Error;
use std::fmt;

use crate::attribute_type::AttributeType;
use crate::error::problem::{Cause, ProblemDetail};
use crate::error::{Expected, Found, Malformed, ProblemKind};

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
pub struct AttributeError(Option<Box<ProblemDetail>>);

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
        Self(Some(Box::new(ProblemDetail { kind, cause: Some(cause) })))
    }

    #[cold]
    pub(crate) fn mismatch(expected: Expected, found: Found) -> Self {
        Self::new(ProblemKind::Mismatch { expected, found })
    }

    #[cold]
    pub(crate) fn new(kind: ProblemKind) -> Self {
        Self(Some(Box::new(ProblemDetail { kind, cause: None })))
    }

    /// The error for an attribute whose problems are already in the report.
    pub(crate) fn reported() -> Self {
        Self(None)
    }

    pub(crate) fn into_detail(self) -> Option<ProblemDetail> {
        self.0.map(|detail| *detail)
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
        let kind = self.0.as_ref().map(|detail| detail.kind.to_string());
        f.debug_tuple("AttributeError").field(&kind).finish()
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
