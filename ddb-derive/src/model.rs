//! A type that keeps every rule: what there is to expand, and nothing that could be wrong.

use proc_macro2::Span;
use syn::{Expr, Generics, Ident, Member, Path, Type, WhereClause};

pub struct Input {
    pub ident: Ident,
    pub generics: Generics,
    /// The bounds that the user wrote in the place of the inferred ones.
    pub bound: Option<WhereClause>,
    /// Where generated code finds `ddb-core`.
    pub krate: Path,
    pub kind: Kind,
}

pub enum Kind {
    Struct(Struct),
    Newtype(Box<Newtype>),
    Enum(Enum),
}

/// A struct with named fields, read from an `M`.
pub struct Struct {
    pub is_strict: bool,
    pub deny_unknown: bool,
    pub fields: Vec<Field>,
}

pub struct Field {
    pub ident: Ident,
    pub ty: Type,
    pub role: Role,
}

pub enum Role {
    /// Read from the attribute of the first name, or of an alias that follows.
    Attribute { names: Vec<String>, conversion: Conversion, default: Option<Default> },
    /// Read from the attributes around it.
    Flatten { default: Option<Default> },
    /// All attributes that no other field reads.
    Rest,
    /// Not read.
    Skip { default: Default },
}

/// How a value becomes the field's type.
pub enum Conversion {
    /// The type says so itself.
    FromAttribute,
    FromStr,
    Serde,
    TryFrom(Box<Type>),
    UnixTime,
    With(Path),
}

/// What stands for an attribute that is not there.
pub enum Default {
    /// The type's `Default`.
    Trait,
    Expr(Box<Expr>),
    /// The field of the container's `Default`; the span is of the key that asked for it.
    OfContainer(Span),
    /// The field of the container's `default = expression`.
    OfContainerExpr(Box<Expr>),
}

/// A struct that is read as its only field is.
pub struct Newtype {
    pub is_strict: bool,
    pub member: Member,
    pub ty: Type,
    pub conversion: Conversion,
    /// The fields that are not read.
    pub skipped: Vec<(Member, Type, Default)>,
}

/// An enum without data, read from an `S`.
pub struct Enum {
    pub variants: Vec<Variant>,
    /// The variant that takes the names that no other claims.
    pub other: Option<Ident>,
}

pub struct Variant {
    pub ident: Ident,
    /// The name, then the aliases.
    pub names: Vec<String>,
}
