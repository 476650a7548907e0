use std::error::Error;
use std::fmt;

use crate::error::path::quote_name;
use crate::error::{Expected, Found, Path, Unwritable};

/// The error returned by a user's conversion.
pub(crate) type Cause = Box<dyn Error + Send + Sync>;

/// A problem without its path.
pub(crate) struct ProblemDetail {
    pub(crate) kind: ProblemKind,
    pub(crate) cause: Option<Cause>,
}

/// A problem that was taken apart.
pub(crate) struct ProblemParts {
    pub(crate) variant: Option<&'static str>,
    pub(crate) attempt: Option<&'static str>,
    pub(crate) path: Path,
    pub(crate) detail: ProblemDetail,
}

/// One attribute that does not fit: where it is, what was expected, what was found. Or one that
/// cannot be written, with the reason.
///
/// `Display` writes `lines[1].qty: expected N (u32), found S`. In an enum, the variant comes first:
/// `Order: lines[1].qty: …`. If the type has older versions, the message says which one was tried:
/// `as OrderV1: lines[1].qty: …`.
pub struct Problem {
    variant: Option<&'static str>,
    attempt: Option<&'static str>,
    path: Box<str>,
    steps: Path,
    detail: ProblemDetail,
    replaced: Option<Box<str>>,
}

impl Problem {
    /// `replaced` is the number of innermost steps that lie inside the value that was replaced by
    /// its default.
    pub(crate) fn new(
        variant: Option<&'static str>,
        attempt: Option<&'static str>,
        steps: Path,
        detail: ProblemDetail,
        replaced: Option<usize>,
    ) -> Self {
        let replaced = replaced.map(|inside| steps.without_innermost(inside).to_string().into());
        Self { variant, attempt, path: steps.to_string().into(), steps, detail, replaced }
    }

    pub(crate) fn into_parts(self) -> ProblemParts {
        let Self { variant, attempt, steps: path, detail, .. } = self;
        ProblemParts { variant, attempt, path, detail }
    }

    /// The variant that the image, or the value around the attribute, was read as. The name is that
    /// of the variant in Rust. Of enums in each other, this is the innermost one.
    ///
    /// `None` if the attribute is not inside an enum with data, or if it is the tag or the key that
    /// should have selected the variant.
    #[must_use]
    pub fn variant(&self) -> Option<&'static str> {
        self.variant
    }

    /// The version that the image, or the value around the attribute, was read as: the type with
    /// `upgrade_from`, or one of those that it names. If no version fits, the error has the
    /// problems of each.
    ///
    /// `None` outside of such a type, and after a lossy conversion, which falls back to the newest
    /// version.
    #[must_use]
    pub fn attempt(&self) -> Option<&'static str> {
        self.attempt
    }

    /// The path of the attribute, from the image down: `lines[1].qty`.
    ///
    /// A name is quoted and escaped if it is empty or contains a dot, a bracket, a quote, a
    /// backslash, white space or a control character: `meta."a.b"`. Names are cut at 255 bytes.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The kind of problem, with its details.
    #[must_use]
    pub fn kind(&self) -> &ProblemKind {
        &self.detail.kind
    }

    /// The path of the value that a lossy conversion replaced by its default.
    ///
    /// This is [`path`](Self::path) itself, or a path that encloses it: a list element without a
    /// default costs the whole list. The empty path means that a `flatten` or `rest` field of the
    /// image itself got its default.
    ///
    /// `None` in an [`ImageError`](crate::ImageError), and for a problem that replaced nothing: an
    /// unknown attribute is only reported.
    #[must_use]
    pub fn replaced(&self) -> Option<&str> {
        self.replaced.as_deref()
    }

    /// The error of a conversion outside this crate: a `FromStr`, a `TryFrom`, a `Deserialize`, a
    /// `Serialize`, a `with` module, or your own `FromAttribute` or `IntoAttribute`.
    ///
    /// Such errors tend to quote the value that they refuse, so this one is kept out of `Display`,
    /// `Debug` and [`source`](Error::source). Do not log it where item data must not appear.
    #[must_use]
    pub fn cause(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
        self.detail.cause.as_deref()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.variant, self.attempt) {
            (None, None) => {}
            (Some(variant), None) => write!(f, "{variant}: ")?,
            (None, Some(attempt)) => write!(f, "as {attempt}: ")?,
            (Some(variant), Some(attempt)) => write!(f, "{variant} as {attempt}: ")?,
        }
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{}", self.detail.kind)
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Problem")
            .field("variant", &self.variant)
            .field("attempt", &self.attempt)
            .field("path", &self.path)
            .field("kind", &format_args!("{}", self.detail.kind))
            .field("replaced", &self.replaced())
            .finish_non_exhaustive()
    }
}

impl Error for Problem {}

/// The kinds of problems that an attribute can have.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The image has no such attribute.
    #[non_exhaustive]
    Missing {
        /// The Rust type of the field, with the attribute types that it is read from.
        expected: Expected,
        /// An attribute of the image whose name differs from the field's only by ASCII case, `_`
        /// and `-`: `id` for `Id`.
        ///
        /// To bound the cost, only the first hundred missing attributes of an image are compared,
        /// and none inside a flattened `Option` or in an attempt that another version follows.
        similar: Option<String>,
    },
    /// The attribute does not fit.
    #[non_exhaustive]
    Mismatch {
        /// The Rust type of the field, with the attribute types that it is read from.
        expected: Expected,
        /// A description of the value in the image, without the value itself.
        found: Found,
    },
    /// A struct with `#[ddb(deny_unknown)]` does not map the attribute.
    #[non_exhaustive]
    Unknown {
        /// The names that the struct maps; empty if it has flattened fields.
        expected: &'static [&'static str],
    },
    /// A name in a map does not read as the map's key.
    #[non_exhaustive]
    InvalidKey {
        /// The key's type.
        expected: Expected,
    },
    /// Two names in the map read as the same key, so one of the two entries would be lost.
    RepeatedKey,
    /// The name appears twice in a JSON object, which DynamoDB never sends, or two fields would be
    /// written under one name.
    RepeatedName,
    /// The value is nested deeper than any item that DynamoDB stores.
    #[non_exhaustive]
    TooDeep {
        /// The greatest depth that is read or written.
        limit: usize,
    },
    /// The value cannot be written to DynamoDB.
    Unwritable(Unwritable),
    /// There were more problems than the report keeps, and those that it kept have since been
    /// dropped.
    Omitted,
}

impl ProblemKind {
    /// The expectation, if the message states one.
    #[must_use]
    pub fn expected(&self) -> Option<&Expected> {
        match self {
            Self::Missing { expected, .. }
            | Self::Mismatch { expected, .. }
            | Self::InvalidKey { expected } => Some(expected),
            Self::Unknown { .. }
            | Self::RepeatedKey
            | Self::RepeatedName
            | Self::TooDeep { .. }
            | Self::Unwritable(_)
            | Self::Omitted => None,
        }
    }

    /// The description of the value in the image, for a [`Mismatch`](Self::Mismatch).
    #[must_use]
    pub fn found(&self) -> Option<&Found> {
        match self {
            Self::Mismatch { found, .. } => Some(found),
            _ => None,
        }
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { expected, similar: None } => write!(f, "missing, expected {expected}"),
            Self::Missing { expected, similar: Some(similar) } => {
                write!(f, "missing, expected {expected}, but there is {}", quote_name(similar))
            }
            Self::Mismatch { expected, found: Found::Unspecified } => {
                write!(f, "expected {expected}")
            }
            Self::Mismatch { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::Unknown { expected: [] } => f.write_str("unknown attribute"),
            Self::Unknown { expected } => {
                f.write_str("unknown attribute, the struct has ")?;
                super::expected::write_names(f, expected)
            }
            Self::InvalidKey { expected } => {
                write!(f, "expected a name that reads as {}", expected.rust_type())
            }
            Self::RepeatedKey => f.write_str("two of its names read as the same key"),
            Self::RepeatedName => f.write_str("appears more than once"),
            Self::TooDeep { limit } => write!(f, "nested deeper than {limit} levels"),
            Self::Unwritable(reason) => write!(f, "{reason}"),
            Self::Omitted => f.write_str("more problems than are kept"),
        }
    }
}
