use std::fmt;

use crate::number::decimal::NumberError;

/// The reason why a value cannot be written to DynamoDB. The value itself is never part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unwritable {
    /// A float that is NaN or infinite.
    NotFinite,
    /// A number with more than 38 significant digits.
    TooPrecise,
    /// A number below 1E-130 or above 9.99…E+125.
    OutOfRange,
    /// A time in a `unix_time` field that is not in the years 0 to 9999, which would not be read
    /// again.
    OutOfYears,
    /// A time or a date that RFC 3339 cannot express, such as one beyond the year 9999.
    NotInRfc3339,
    /// An empty set that cannot be left out, such as one in a list or a map.
    EmptySet,
    /// A set with two equal elements, which DynamoDB refuses.
    RepeatedElement,
    /// A set whose elements have different types, or types that no set has.
    MixedSet,
    /// A `rest` that is not a map, such as a `serde_json::Value` that is an array.
    NoMap,
    /// A `Some(None)` in a list or a map, where a `None` is a `NULL` already.
    NestedNone,
    /// A value that a conversion refused. [`Problem::cause`](crate::Problem::cause) returns the
    /// conversion's error.
    Refused,
    /// An `other` variant without data, which does not keep what it was read from, or with the name
    /// of another variant, which would be read as that one.
    NoForm,
    /// A value whose key was requested, but whose type or variant has no `key`.
    NoKey,
    /// A variant whose content writes a tag that selects another variant, or that selects none.
    OtherTag,
    /// A variant whose key selects another variant.
    OtherVariant,
    /// A field that is `None`, in the table's key or beside other fields in the key of an index.
    #[non_exhaustive]
    NoneInKey {
        /// The field.
        field: &'static str,
        /// The template of the key.
        template: &'static str,
    },
    /// An `other` variant without data in a key, see [`NoForm`](Self::NoForm).
    #[non_exhaustive]
    NoFormInKey {
        /// The field.
        field: &'static str,
        /// The template of the key.
        template: &'static str,
    },
    /// A field without text, in a key.
    #[non_exhaustive]
    EmptyInKey {
        /// The field.
        field: &'static str,
        /// The template of the key.
        template: &'static str,
    },
    /// A number with more digits than it is padded to, so that keys would not sort.
    #[non_exhaustive]
    TooWide {
        /// The field.
        field: &'static str,
        /// The template of the key.
        template: &'static str,
    },
    /// A field in a key whose text contains the separator behind it, so that it would be read back
    /// as another value.
    #[non_exhaustive]
    SplitsOtherwise {
        /// The field.
        field: &'static str,
        /// The template of the key.
        template: &'static str,
    },
}

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (place, reason) = match self {
            Self::NoneInKey { field, template } => (Some((field, template)), "is `None`"),
            Self::NoFormInKey { field, template } => (
                Some((field, template)),
                "is an `other` variant without data, or with the name of another one",
            ),
            Self::EmptyInKey { field, template } => (Some((field, template)), "is empty"),
            Self::TooWide { field, template } => {
                (Some((field, template)), "has more digits than its width")
            }
            Self::SplitsOtherwise { field, template } => {
                (Some((field, template)), "would be read back as another value")
            }
            Self::NotFinite => (None, "a float that is not finite cannot be stored"),
            Self::TooPrecise => (None, "a number with more than 38 digits cannot be stored"),
            Self::OutOfRange => (None, "a number beyond the range of DynamoDB cannot be stored"),
            Self::OutOfYears => (None, "a time outside the years 0 to 9999 cannot be stored"),
            Self::NotInRfc3339 => (None, "a time that RFC 3339 cannot express cannot be stored"),
            Self::EmptySet => (None, "an empty set cannot be stored in a list or a map"),
            Self::RepeatedElement => (None, "two elements of the set are equal"),
            Self::MixedSet => {
                (None, "a set contains only strings, only numbers or only bytes: write `list`")
            }
            Self::NoMap => (None, "the rest is not a map of attributes"),
            Self::NestedNone => {
                (None, "a `Some(None)` cannot be told from a `None` in a list or a map")
            }
            Self::Refused => (None, "the value does not convert"),
            Self::NoForm => (
                None,
                "an `other` variant without data, or with the name of another one, cannot be written",
            ),
            Self::NoKey => (None, "the value has no key: write `key(…)` on its struct or variant"),
            Self::OtherTag => (None, "the content has no tag that selects the variant"),
            Self::OtherVariant => (None, "the key selects another variant"),
        };
        match place {
            Some((field, template)) => write!(f, "`{field}` in {template} {reason}"),
            None => f.write_str(reason),
        }
    }
}

impl From<NumberError> for Unwritable {
    fn from(fault: NumberError) -> Self {
        match fault {
            NumberError::TooPrecise => Self::TooPrecise,
            NumberError::Invalid | NumberError::Fraction | NumberError::OutOfRange => {
                Self::OutOfRange
            }
        }
    }
}
