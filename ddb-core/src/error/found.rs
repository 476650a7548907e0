use std::fmt;

use crate::attribute_type::AttributeType;
use crate::number::decimal::NumberError;

/// A description of the value that was found instead of the expected one. The value itself is never
/// part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Found {
    /// A value of another attribute type.
    Type(AttributeType),
    /// An `N`, or an element of an `NS`, whose text is not a number.
    InvalidNumber,
    /// An `N` that is not integral.
    Fraction,
    /// An `N` beyond the type's range.
    OutOfRange,
    /// An `N` with more digits than the type can hold.
    TooPrecise,
    /// A list, text or bytes of another length, in elements, characters or bytes.
    Length(AttributeType, usize),
    /// An `S` that is not the name of a variant.
    OtherName,
    /// An `N` that is not the number of a variant.
    OtherNumber,
    /// A key whose text does not match its template.
    OtherKey,
    /// A value that differs from the one that another attribute has for the same field.
    OtherValue,
    /// An `S` whose text is not JSON, with the position of the error in the text: the line and the
    /// column, which begin at 1.
    #[cfg(feature = "serde_json")]
    InvalidJson {
        /// The line.
        line: usize,
        /// The column, in bytes.
        column: usize,
    },
    /// An `S` whose text is JSON, but not of the type, with the position of the error.
    #[cfg(feature = "serde_json")]
    OtherJson {
        /// The line.
        line: usize,
        /// The column, in bytes.
        column: usize,
    },
    /// A value that a conversion refused. [`Problem::cause`](crate::Problem::cause) returns the
    /// conversion's error.
    Refused(Option<AttributeType>),
    /// A value that breaks a rule of a user's own type.
    Unspecified,
    /// JSON that is not DynamoDB JSON.
    Malformed(Malformed),
}

/// The reason why a JSON value is not an attribute value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Malformed {
    /// Not an object: `5`, `null`, `"text"`.
    NotAnObject,
    /// An empty object.
    NoType,
    /// An object with more than one member.
    SeveralTypes,
    /// An object whose member is not named after one of the ten attribute types.
    UnknownType,
    /// The wrong kind of JSON for the attribute type, such as a number instead of a string in an
    /// `N`.
    Content(AttributeType),
    /// A `B`, or an element of a `BS`, that is not base64.
    NotBase64,
    /// A string that contains an unpaired surrogate.
    NotUnicode(AttributeType),
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnObject => f.write_str("JSON that is not an attribute value"),
            Self::NoType => f.write_str("a value without an attribute type"),
            Self::SeveralTypes => f.write_str("a value with several attribute types"),
            Self::UnknownType => f.write_str("a value of an unknown attribute type"),
            Self::Content(attribute_type) => {
                write!(f, "{attribute_type} with the wrong kind of JSON in it")
            }
            Self::NotBase64 => f.write_str("B that is not base64"),
            Self::NotUnicode(attribute_type) => write!(f, "{attribute_type} that is not Unicode"),
        }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(attribute_type) => write!(f, "{attribute_type}"),
            Self::InvalidNumber => f.write_str("N that is not a number"),
            Self::Fraction => f.write_str("N with a fraction"),
            Self::OutOfRange => f.write_str("N out of range"),
            Self::TooPrecise => f.write_str("N with too many digits"),
            Self::Length(attribute_type, length) => {
                write!(f, "{attribute_type} of length {length}")
            }
            Self::OtherName => f.write_str("an S that is none of these"),
            Self::OtherNumber => f.write_str("an N that is none of these"),
            Self::OtherKey => f.write_str("an S that does not match"),
            Self::OtherValue => f.write_str("another value than elsewhere in the item"),
            #[cfg(feature = "serde_json")]
            Self::InvalidJson { line, column } => {
                write!(f, "S that is not JSON at line {line} column {column}")
            }
            #[cfg(feature = "serde_json")]
            Self::OtherJson { line, column } => {
                write!(f, "S with other JSON at line {line} column {column}")
            }
            Self::Refused(Some(attribute_type)) => {
                write!(f, "{attribute_type} that does not convert")
            }
            Self::Refused(None) => f.write_str("a value that does not convert"),
            Self::Unspecified => f.write_str("something else"),
            Self::Malformed(malformed) => write!(f, "{malformed}"),
        }
    }
}

impl From<NumberError> for Found {
    fn from(fault: NumberError) -> Self {
        match fault {
            NumberError::Invalid => Self::InvalidNumber,
            NumberError::Fraction => Self::Fraction,
            NumberError::OutOfRange => Self::OutOfRange,
            NumberError::TooPrecise => Self::TooPrecise,
        }
    }
}
