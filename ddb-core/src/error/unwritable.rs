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
    /// A time in a `unix_time` field that is not in the years 0 to 9999, which would not be read again.
    OutOfYears,
    /// A time or a date that RFC 3339 cannot express, such as one beyond the year 9999.
    NotInRfc3339,
    /// An empty set that is not the attribute of a struct, where it would be left out.
    EmptySet,
    /// A set with two equal elements, of which DynamoDB would store one.
    RepeatedElement,
    /// A set whose elements have different types, or types that no set has.
    MixedSet,
    /// A `Some(None)` in a list or a map, where a `None` is a `NULL` already.
    NestedNone,
    /// A value that a conversion refused. [`Problem::cause`](crate::Problem::cause) returns the
    /// conversion's error.
    Refused,
    /// A variant that can be read but has no form in the table, such as an `other` without data.
    NoForm,
    /// A value without a table key of its own, of which the key alone was wanted.
    NoKey,
    /// A variant whose content writes a tag that selects another variant, or none.
    OtherTag,
    /// A variant whose key selects another variant.
    OtherVariant,
    /// A field that is `None`, in the table's key, or in the key of an index beside fields that are not.
    #[non_exhaustive]
    NoneInKey {
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
    /// A field whose text contains what separates it from the next one, so that it would be read back
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
        let reason = match self {
            Self::NoneInKey { field, template } => {
                return write!(f, "`{field}` in {template} is `None`");
            }
            Self::EmptyInKey { field, template } => {
                return write!(f, "`{field}` in {template} is empty");
            }
            Self::TooWide { field, template } => {
                return write!(f, "`{field}` in {template} has more digits than its width");
            }
            Self::SplitsOtherwise { field, template } => {
                return write!(f, "`{field}` in {template} would be read back as another value");
            }
            Self::NotFinite => "a float that is not finite cannot be stored",
            Self::TooPrecise => "a number with more than 38 digits cannot be stored",
            Self::OutOfRange => "a number beyond the range of DynamoDB cannot be stored",
            Self::NotInRfc3339 => "a time that RFC 3339 cannot express cannot be stored",
            Self::OutOfYears => "a time beyond the years 0 to 9999 cannot be stored",
            Self::EmptySet => "an empty set cannot be stored in a list or a map",
            Self::RepeatedElement => "two elements of the set are equal",
            Self::MixedSet => {
                "the elements of a set have to be all strings, all numbers or all bytes: write `list`"
            }
            Self::NestedNone => "a `Some(None)` cannot be told from a `None` in a list or a map",
            Self::Refused => "the value does not convert",
            Self::NoForm => "the variant has no form in the table",
            Self::NoKey => "the value has no key with a template",
            Self::OtherTag => "the content of the variant has another tag",
            Self::OtherVariant => "the key of the variant is that of another one",
        };
        f.write_str(reason)
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
