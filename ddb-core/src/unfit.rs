//! The error of a single read.

use std::error::Error;
use std::fmt;

use crate::error::{AttributeError, AttributeErrorKind, Expected, Found, Malformed};
use crate::json::Broken;
use crate::tag::Tag;

/// An attribute did not fit: what
/// [`FromAttribute::from_attribute`](crate::FromAttribute::from_attribute) returns.
///
/// It gets its path on the way out, from the places that enclose the attribute, and ends in an
/// [`ImageError`](crate::ImageError) or a [`Lossy`](crate::Lossy) report. One pointer wide, so that
/// the good path does not carry it around.
pub struct Unfit(Option<Box<AttributeError>>);

impl Unfit {
    /// The value breaks a rule of your own type, which the text names: `"degrees above absolute
    /// zero"`.
    ///
    /// The error then reads `temperature: expected degrees above absolute zero`. The text is fixed,
    /// so that no value can get into it.
    #[must_use]
    #[cold]
    pub fn expected(rule: &'static str) -> Self {
        Self::mismatch(Expected::rule(rule), Found::Unsaid)
    }

    /// A conversion that is not this crate's refused the value. Its error stays out of every
    /// message and is reachable through [`AttributeError::cause`].
    #[must_use]
    #[cold]
    pub(crate) fn refused(
        expected: Expected,
        found: Option<Tag>,
        cause: Box<dyn Error + Send + Sync>,
    ) -> Self {
        let kind = AttributeErrorKind::Mismatch { expected, found: Found::Refused(found) };
        Self(Some(Box::new(AttributeError::new(kind).with_cause(cause))))
    }

    #[must_use]
    #[cold]
    pub(crate) fn mismatch(expected: Expected, found: Found) -> Self {
        Self::new(AttributeErrorKind::Mismatch { expected, found })
    }

    #[must_use]
    #[cold]
    pub(crate) fn new(kind: AttributeErrorKind) -> Self {
        Self(Some(Box::new(AttributeError::new(kind))))
    }

    /// The problems inside the attribute are in the report already.
    #[must_use]
    pub(crate) fn reported() -> Self {
        Self(None)
    }

    pub(crate) fn into_problem(self) -> Option<AttributeError> {
        self.0.map(|problem| *problem)
    }
}

/// Why a value could not be read, before anybody has said what was expected: that is only put
/// together for an error.
pub(crate) enum Refusal {
    Found(Found),
    /// The problem is in the report, or the text is not JSON.
    Reported,
}

impl Refusal {
    #[cold]
    pub(crate) fn into_unfit(self, expected: Expected) -> Unfit {
        match self {
            Self::Found(found) => Unfit::mismatch(expected, found),
            Self::Reported => Unfit::reported(),
        }
    }
}

impl From<Malformed> for Refusal {
    fn from(malformed: Malformed) -> Self {
        Self::Found(Found::Malformed(malformed))
    }
}

impl From<Broken> for Refusal {
    fn from(Broken: Broken) -> Self {
        Self::Reported
    }
}

/// So that `?` takes the error of a conversion, which stays out of every message and is reachable
/// through [`AttributeError::cause`].
impl<E: Error + Send + Sync + 'static> From<E> for Unfit {
    fn from(cause: E) -> Self {
        Self::refused(Expected::rule("a value that converts"), None, Box::new(cause))
    }
}

impl fmt::Debug for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Unfit").field(&self.0).finish()
    }
}
