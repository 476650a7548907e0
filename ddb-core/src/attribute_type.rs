//! The ten types of DynamoDB's attribute values.

use std::fmt;

use serde_dynamo::AttributeValue;

/// The type of an attribute value: `S`, `N`, `B`, `BOOL`, `NULL`, `M`, `L`, `SS`, `NS` or `BS`.
///
/// Source:
/// [AttributeValue](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_AttributeValue.html).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AttributeType {
    /// A string.
    S,
    /// A number, as decimal text.
    N,
    /// Bytes.
    B,
    /// A boolean, `BOOL`.
    Bool,
    /// The null value, `NULL`.
    Null,
    /// A map.
    M,
    /// A list.
    L,
    /// A set of strings, `SS`.
    Ss,
    /// A set of numbers, `NS`.
    Ns,
    /// A set of bytes, `BS`.
    Bs,
}

impl AttributeType {
    const ALL: [Self; 10] = [
        Self::S,
        Self::N,
        Self::B,
        Self::Bool,
        Self::Null,
        Self::M,
        Self::L,
        Self::Ss,
        Self::Ns,
        Self::Bs,
    ];

    /// The attribute type as DynamoDB spells it.
    ///
    /// ```
    /// assert_eq!(ddb_core::attribute::AttributeType::Bool.as_str(), "BOOL");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::N => "N",
            Self::B => "B",
            Self::Bool => "BOOL",
            Self::Null => "NULL",
            Self::M => "M",
            Self::L => "L",
            Self::Ss => "SS",
            Self::Ns => "NS",
            Self::Bs => "BS",
        }
    }

    /// The type of a set's elements. `None` for a list, whose elements each have their own type,
    /// and for anything that has no elements.
    pub(crate) const fn element(self) -> Option<Self> {
        match self {
            Self::Ss => Some(Self::S),
            Self::Ns => Some(Self::N),
            Self::Bs => Some(Self::B),
            _ => None,
        }
    }

    /// The type whose name is this letter alone.
    pub(crate) const fn of_letter(letter: u8) -> Option<Self> {
        Some(match letter {
            b'S' => Self::S,
            b'N' => Self::N,
            b'B' => Self::B,
            b'M' => Self::M,
            b'L' => Self::L,
            _ => return None,
        })
    }

    /// The type with this name.
    #[must_use]
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "S" => Self::S,
            "N" => Self::N,
            "B" => Self::B,
            "BOOL" => Self::Bool,
            "NULL" => Self::Null,
            "M" => Self::M,
            "L" => Self::L,
            "SS" => Self::Ss,
            "NS" => Self::Ns,
            "BS" => Self::Bs,
            _ => return None,
        })
    }

    /// The type of a value.
    #[must_use]
    pub const fn of(value: &AttributeValue) -> Self {
        match value {
            AttributeValue::S(_) => Self::S,
            AttributeValue::N(_) => Self::N,
            AttributeValue::B(_) => Self::B,
            AttributeValue::Bool(_) => Self::Bool,
            AttributeValue::Null(_) => Self::Null,
            AttributeValue::M(_) => Self::M,
            AttributeValue::L(_) => Self::L,
            AttributeValue::Ss(_) => Self::Ss,
            AttributeValue::Ns(_) => Self::Ns,
            AttributeValue::Bs(_) => Self::Bs,
        }
    }
}

impl fmt::Display for AttributeType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A set of attribute types, such as those that a Rust type is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AttributeTypes(u16);

impl AttributeTypes {
    /// Every attribute type: the Rust type itself checks what it is given.
    pub const ANY: Self = Self::of(&AttributeType::ALL);

    /// The set of the given attribute types.
    #[must_use]
    pub const fn of(types: &[AttributeType]) -> Self {
        let mut bits = 0;
        let mut index = 0;
        while index < types.len() {
            bits |= 1 << types[index] as u16;
            index += 1;
        }
        Self(bits)
    }

    /// Returns `true` if the attribute type is in the set.
    #[must_use]
    pub const fn contains(self, attribute_type: AttributeType) -> bool {
        self.0 & (1 << attribute_type as u16) != 0
    }

    /// The attribute types of a sequence whose elements are read from `self`: `L`, and the set of
    /// each scalar in `self`.
    #[must_use]
    pub const fn sequences(self) -> Self {
        let mut sequences = Self::of(&[AttributeType::L]).0;
        if self.contains(AttributeType::S) {
            sequences |= Self::of(&[AttributeType::Ss]).0;
        }
        if self.contains(AttributeType::N) {
            sequences |= Self::of(&[AttributeType::Ns]).0;
        }
        if self.contains(AttributeType::B) {
            sequences |= Self::of(&[AttributeType::Bs]).0;
        }
        Self(sequences)
    }

    /// The union of the two sets.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Iterates over the attribute types of the set, in the order of [`AttributeType`].
    pub fn iter(self) -> impl Iterator<Item = AttributeType> {
        AttributeType::ALL.into_iter().filter(move |attribute_type| self.contains(*attribute_type))
    }
}

impl fmt::Display for AttributeTypes {
    /// Writes `N`, `S or N`, `S, N or B`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_alternatives(f, self.iter())
    }
}

/// Writes `a`, `a or b`, `a, b or c`.
pub(crate) fn write_alternatives<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    alternatives: impl Iterator<Item = T>,
) -> fmt::Result {
    let mut alternatives = alternatives.peekable();
    let mut first = true;
    while let Some(alternative) = alternatives.next() {
        match (first, alternatives.peek().is_some()) {
            (true, _) => {}
            (false, true) => f.write_str(", ")?,
            (false, false) => f.write_str(" or ")?,
        }
        first = false;
        alternative.fmt(f)?;
    }
    Ok(())
}
