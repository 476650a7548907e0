//! The model of a type that satisfies every rule. It holds all that `expand` needs, and cannot
//! represent an illegal combination.

use proc_macro2::Span;
use syn::{Expr, Generics, Ident, Member, Path, Type, Visibility, WhereClause, parse_quote};

/// The kind of the trait to derive.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// `FromStreamImage` or `IntoItem`: a whole item, which can also be a value inside another one.
    Image,
    /// `FromAttribute` or `IntoAttribute`: a value inside an item.
    Value,
}

/// Whether the type is read or written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Read,
    Write,
}

impl Direction {
    /// The derive for a value inside an item.
    pub fn value_derive(self) -> &'static str {
        match self {
            Self::Read => "FromAttribute",
            Self::Write => "IntoAttribute",
        }
    }
}

pub struct Model {
    pub direction: Direction,
    pub target: Target,
    pub vis: Visibility,
    pub ident: Ident,
    /// The type, with its arguments.
    pub this: Type,
    /// For the type of a key, the type whose key it is.
    pub key_of: Option<Type>,
    pub generics: Generics,
    /// The bounds that the user wrote instead of the inferred ones.
    pub bound: Option<WhereClause>,
    /// The path of `ddb-core`.
    pub krate: Path,
    pub kind: Kind,
}

impl Model {
    /// The type of the items that are read.
    pub fn item(&self) -> Type {
        self.key_of.clone().unwrap_or_else(|| parse_quote!(Self))
    }
}

pub enum Kind {
    Struct(Box<Struct>),
    Tuple(Tuple),
    Newtype(Box<Newtype>),
    Enum(Enum),
    Tagged(Box<Tagged>),
    Converted(Box<Converted>),
}

/// A struct with named fields, read from an `M`.
pub struct Struct {
    pub is_strict: bool,
    /// The default of the whole struct, whose fields are the values of missing attributes.
    pub default: Option<ContainerDefault>,
    pub fields: Vec<Field>,
    pub unmapped: Unmapped,
    /// The key attributes that are made of fields.
    pub templates: Vec<Template>,
    /// The older versions, in the order in which they are tried.
    pub versions: Vec<Type>,
}

/// A key attribute, whose text is made of fields.
pub struct Template {
    pub is_primary: bool,
    /// The name of the attribute.
    pub attribute: String,
    /// The template as it is written.
    pub text: String,
    /// The text before each field and after the last one, which is one more than there are
    /// fields.
    pub literals: Vec<String>,
    pub fields: Vec<Placeholder>,
}

impl Template {
    /// Returns `true` if the field with this index is part of the key.
    pub fn contains(&self, field: usize) -> bool {
        self.fields.iter().any(|placeholder| placeholder.field == field)
    }
}

/// A field in a template.
pub struct Placeholder {
    /// The index of the field.
    pub field: usize,
    /// The number of digits to which the field is padded, so that it has to be an unsigned
    /// integer; zero if it is not padded.
    pub width: usize,
}

pub enum ContainerDefault {
    /// The type's `Default`. The span is that of the `default` key.
    Trait(Span),
    Expr(Box<Expr>),
}

pub struct Field {
    pub vis: Visibility,
    pub ident: Ident,
    pub ty: Type,
    pub role: Role,
}

pub enum Role {
    /// Read from the templates that contain it.
    Key,
    /// Read from an attribute of its own, and from the templates that contain it.
    Attribute { names: Names, conversion: Conversion, default: Option<Default>, writing: Writing },
    /// Read from the attributes of the containing struct. The span is that of the `flatten` key.
    Flatten { span: Span, default: Option<Default> },
    /// Not read.
    Skip { default: Option<Default> },
}

/// What is written of a field.
pub struct Writing {
    pub form: Form,
    /// Whether a value that would be left out is written as a `NULL`.
    pub has_null: bool,
    /// The function that says whether the field is left out.
    pub skip_if: Option<Path>,
}

/// The attribute type in which the elements of a field are written.
#[derive(Clone, Copy)]
pub enum Form {
    /// That of the field's type.
    ByType,
    List,
    Set,
}

/// The treatment of attributes that no field maps.
pub enum Unmapped {
    Ignored,
    /// Each of them is an error.
    Denied,
    /// This field collects them.
    Collected {
        ident: Ident,
        ty: Box<Type>,
    },
}

/// The name of an attribute or of a variant, and its aliases.
pub struct Names {
    pub name: String,
    pub aliases: Vec<String>,
}

impl Names {
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }
}

/// The conversion from a value to the field's type.
pub enum Conversion {
    /// The type implements `FromAttribute`.
    FromAttribute,
    /// A conversion that applies to the elements of a list, a set, an array or a map.
    Elements(ElementConversion),
    /// A `Deserialize` type as JSON text.
    Json,
    Serde,
    /// `TryFrom`, and `From`, which implies it.
    TryFrom(Box<Type>),
    With(Path),
}

/// A conversion of a single value.
pub enum ElementConversion {
    /// A `BOOL`, or an `N` of 0 or 1.
    BoolFromNumber,
    /// The bytes of a `B`, converted by `TryFrom<Vec<u8>>`.
    Bytes,
    FromStr,
    UnixTime(Unit),
}

/// The unit of a `unix_time` field.
#[derive(Clone, Copy)]
pub enum Unit {
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
}

/// A field's own default.
pub enum Default {
    /// The type's `Default`.
    Trait,
    Expr(Box<Expr>),
}

/// A tuple struct, read from an `L` of exactly its length.
pub struct Tuple {
    pub elements: Vec<Element>,
    pub skipped: Vec<Skipped>,
}

pub struct Element {
    pub member: Member,
    pub ty: Type,
    pub conversion: Conversion,
    pub form: Form,
}

/// A skipped field of a tuple struct or of a `transparent` struct.
pub struct Skipped {
    pub member: Member,
    pub ty: Type,
    pub default: Default,
}

/// A `transparent` struct, which is read exactly as its one field is read.
pub struct Newtype {
    pub is_strict: bool,
    pub member: Member,
    pub ty: Type,
    pub conversion: Conversion,
    pub form: Form,
    pub skipped: Vec<Skipped>,
}

/// An enum without data.
pub enum Enum {
    /// Read from an `S` by the names of the variants.
    Named { variants: Vec<Variant>, other: Option<Other> },
    /// Read from an `N` by the discriminants of the variants.
    Numbered { variants: Vec<Ident>, other: Option<Ident> },
}

/// The variant for every name that no other variant claims.
pub struct Other {
    pub ident: Ident,
    /// The type of the text that the variant keeps.
    pub text: Option<Box<Type>>,
}

pub struct Variant {
    pub ident: Ident,
    pub names: Names,
}

/// An enum whose variants are told apart by attributes, and read from the attributes beside these.
pub struct Tagged {
    pub selector: Selector,
    pub variants: Vec<TaggedVariant>,
    pub other: Option<OtherVariant>,
}

/// How the variant of an image is found.
pub enum Selector {
    /// The text of the attribute with this name.
    Tag(String),
    /// The item's key. The span is that of the `by_key` key.
    Key(Span),
}

pub struct TaggedVariant {
    pub ident: Ident,
    /// The tags of the variant. Only a variant with a prefix, or of an enum with `by_key`, can have
    /// none.
    pub names: Vec<String>,
    /// The beginnings of further tags.
    pub prefixes: Vec<String>,
    pub content: Content,
}

pub enum Content {
    Unit,
    /// A type that is read from the attributes, in a variant without field names.
    Image(Box<Type>),
    Fields(Box<Struct>),
}

/// The variant for every tag that no other variant claims.
pub struct OtherVariant {
    pub ident: Ident,
    /// The type of the whole item that the variant keeps.
    pub item: Option<Box<Type>>,
}

/// A type that is read as another type and converted from it.
pub struct Converted {
    pub from: Type,
    /// Whether an image is converted from `Item`. The user writes that conversion, so none is
    /// generated.
    pub is_item: bool,
    /// Whether only the strict conversion exists, because of `try_from` or `strict`.
    pub is_strict: bool,
    /// Whether the conversion may fail, because of `try_from`.
    pub is_fallible: bool,
}
