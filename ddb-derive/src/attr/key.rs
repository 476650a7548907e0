//! The keys of `#[ddb(…)]`, in one table for the parser and for its error messages.

use std::fmt::Write as _;

use crate::attr::suggest;

use Scope::{Enum, Field, Struct, Variant};

/// The kind of declaration that a `#[ddb(…)]` is written on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Struct,
    Enum,
    Field,
    Variant,
}

/// The form of a key's value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// No value.
    Flag,
    /// `= "…"`.
    Text,
    /// `= path::to::function`.
    Function,
    /// `= path::to::module`, or the path of a type that has the function.
    Module,
    /// `= Type`.
    Type,
    /// No value, or `= expression`.
    FlagOrExpr,
    /// No value, or `= "…"`.
    FlagOrText,
    /// `(NAME = "…", …)`.
    Templates,
}

#[derive(Clone, Copy, PartialEq, Eq)]
#[allow(clippy::enum_variant_names, reason = "each is named after the key that it stands for")]
pub enum Key {
    Alias,
    BoolFromNumber,
    Bound,
    ByKey,
    Bytes,
    Crate,
    Default,
    DenyUnknown,
    Flatten,
    From,
    FromStr,
    IndexKey,
    Json,
    Key,
    List,
    Null,
    Other,
    Prefix,
    Rename,
    RenameAll,
    RenameAllFields,
    Repr,
    Rest,
    Serde,
    Set,
    Skip,
    SkipIf,
    Stored,
    Strict,
    Tag,
    Transparent,
    TryFrom,
    UnixTime,
    UpgradeFrom,
    With,
}

struct Row {
    key: Key,
    name: &'static str,
    shape: Shape,
    scopes: &'static [Scope],
    /// A correct use of the key. Messages put it between backticks.
    example: &'static str,
}

const fn row(
    key: Key,
    name: &'static str,
    shape: Shape,
    scopes: &'static [Scope],
    example: &'static str,
) -> Row {
    Row { key, name, shape, scopes, example }
}

const ROWS: [Row; 35] = [
    row(Key::Alias, "alias", Shape::Text, &[Field, Variant], r#"alias = "OldName""#),
    row(Key::BoolFromNumber, "bool_from_number", Shape::Flag, &[Field], "bool_from_number"),
    row(
        Key::Bound,
        "bound",
        Shape::Text,
        &[Struct, Enum],
        r#"bound = "T: ddb_core::FromAttribute""#,
    ),
    row(Key::ByKey, "by_key", Shape::Flag, &[Enum], "by_key"),
    row(Key::Bytes, "bytes", Shape::Flag, &[Field], "bytes"),
    row(Key::Crate, "crate", Shape::Text, &[Struct, Enum], r#"crate = "my_ddb_core""#),
    row(
        Key::Default,
        "default",
        Shape::FlagOrExpr,
        &[Struct, Field],
        "default` or `default = expression",
    ),
    row(Key::DenyUnknown, "deny_unknown", Shape::Flag, &[Struct], "deny_unknown"),
    row(Key::Flatten, "flatten", Shape::Flag, &[Field], "flatten"),
    row(Key::From, "from", Shape::Type, &[Struct, Enum, Field], "from = Type"),
    row(Key::FromStr, "from_str", Shape::Flag, &[Field], "from_str"),
    row(
        Key::IndexKey,
        "index_key",
        Shape::Templates,
        &[Struct, Variant],
        r#"index_key(GSI1PK = "STATUS#{status}")"#,
    ),
    row(Key::Json, "json", Shape::Flag, &[Field], "json"),
    row(
        Key::Key,
        "key",
        Shape::Templates,
        &[Struct, Variant],
        r#"key(PK = "CUSTOMER#{customer}", SK = "ORDER#{id}")"#,
    ),
    row(Key::List, "list", Shape::Flag, &[Field], "list"),
    row(Key::Null, "null", Shape::Flag, &[Field], "null"),
    row(Key::Other, "other", Shape::Flag, &[Variant], "other"),
    row(Key::Prefix, "prefix", Shape::Text, &[Variant], r#"prefix = "ORDER#""#),
    row(Key::Rename, "rename", Shape::Text, &[Field, Variant], r#"rename = "Name""#),
    row(Key::RenameAll, "rename_all", Shape::Text, &[Struct, Enum], r#"rename_all = "PascalCase""#),
    row(
        Key::RenameAllFields,
        "rename_all_fields",
        Shape::Text,
        &[Enum],
        r#"rename_all_fields = "PascalCase""#,
    ),
    row(Key::Repr, "repr", Shape::Flag, &[Enum], "repr"),
    row(Key::Rest, "rest", Shape::Flag, &[Field], "rest"),
    row(Key::Serde, "serde", Shape::Flag, &[Field], "serde"),
    row(Key::Set, "set", Shape::Flag, &[Field], "set"),
    row(Key::Skip, "skip", Shape::Flag, &[Field], "skip"),
    row(Key::SkipIf, "skip_if", Shape::Function, &[Field], "skip_if = Vec::is_empty"),
    row(Key::Stored, "stored", Shape::Flag, &[Field], "stored"),
    row(Key::Strict, "strict", Shape::Flag, &[Struct], "strict"),
    row(Key::Tag, "tag", Shape::Text, &[Enum], r#"tag = "EntityType""#),
    row(Key::Transparent, "transparent", Shape::Flag, &[Struct], "transparent"),
    row(Key::TryFrom, "try_from", Shape::Type, &[Struct, Enum, Field], "try_from = Type"),
    row(
        Key::UnixTime,
        "unix_time",
        Shape::FlagOrText,
        &[Field],
        "unix_time` or `unix_time = \"ms\"",
    ),
    row(Key::UpgradeFrom, "upgrade_from", Shape::Type, &[Struct], "upgrade_from = OrderV1"),
    row(Key::With, "with", Shape::Module, &[Field], "with = my_module"),
];

/// The error for a key that does not exist, or that does not belong in its scope.
pub struct WrongKey {
    pub message: String,
    /// The key that was probably meant.
    pub meant: Option<Key>,
}

impl Scope {
    /// The scope with its article, for messages.
    pub fn describe(self) -> &'static str {
        match self {
            Struct => "a struct",
            Enum => "an enum",
            Field => "a field",
            Variant => "a variant",
        }
    }

    fn keys(self) -> impl Iterator<Item = &'static Row> {
        ROWS.iter().filter(move |row| row.scopes.contains(&self))
    }
}

impl Key {
    /// Finds the key with this name, if it belongs in the scope.
    pub fn find(name: &str, scope: Scope) -> Result<Self, WrongKey> {
        match ROWS.iter().find(|row| row.name == name) {
            Some(row) if row.scopes.contains(&scope) => Ok(row.key),
            Some(row) => Err(WrongKey { message: describe_misplaced(row, scope), meant: None }),
            None => Err(describe_unknown(name, scope)),
        }
    }

    fn row(self) -> &'static Row {
        ROWS.iter().find(|row| row.key == self).expect("every key has a row")
    }

    pub fn name(self) -> &'static str {
        self.row().name
    }

    pub fn shape(self) -> Shape {
        self.row().shape
    }

    pub fn example(self) -> &'static str {
        self.row().example
    }

    /// Returns `true` if the key may appear more than once.
    pub fn is_repeatable(self) -> bool {
        matches!(self, Self::Alias | Self::IndexKey | Self::Prefix | Self::UpgradeFrom)
    }
}

fn describe_misplaced(row: &Row, scope: Scope) -> String {
    let name = row.name;
    match (row.key, scope) {
        (Key::RenameAllFields, Struct) => {
            format!(
                "`{name}` renames the fields of an enum's variants: write `rename_all` on a struct"
            )
        }
        (Key::Tag, Struct) => {
            format!(
                "`{name}` tells the variants of an enum apart: read the attribute with a field, or \
                 write `{name}` on an enum of your structs"
            )
        }
        (Key::RenameAll, Field | Variant) => {
            format!("`{name}` belongs on the type: write `rename = \"…\"` on {}", scope.describe())
        }
        (Key::Rename, Struct | Enum) => {
            format!(
                "`{name}` belongs on a field or a variant: write `rename_all = \"…\"` on {}",
                scope.describe()
            )
        }
        (Key::UpgradeFrom, Enum) => {
            format!(
                "`{name}` belongs on a struct, not on an enum: write it on the struct in a variant"
            )
        }
        (Key::DenyUnknown | Key::Strict, Enum) => {
            format!(
                "`{name}` belongs on a struct: write it on the struct in a variant, or remove it"
            )
        }
        (Key::Transparent, Enum) => format!("`{name}` belongs on a struct of one field: remove it"),
        (Key::Default, Enum) => {
            format!(
                "`{name}` belongs on a field or a struct: derive `Default` and mark a variant `#[default]`"
            )
        }
        (Key::Default, Variant) => {
            format!(
                "`{name}` belongs on a field or a struct: for what no variant claims, write `other`"
            )
        }
        _ => {
            let mut scopes = String::new();
            for (index, scope) in row.scopes.iter().enumerate() {
                let separator = if index == 0 { "" } else { " or " };
                let _ = write!(scopes, "{separator}{}", scope.describe());
            }
            format!("`{name}` belongs on {scopes}, not on {}: move it there", scope.describe())
        }
    }
}

/// Advice for each key that serde has and this derive does not.
const SERDE_KEYS: [(&str, &str); 16] = [
    ("borrow", "nothing is borrowed from an image: own the data, and remove it"),
    ("content", "the attributes of a variant are beside its tag: write `tag = \"…\"` alone"),
    ("deny_unknown_fields", "write `deny_unknown`"),
    ("deserialize_with", "write `with = module`, whose function is `from_attribute`"),
    ("expecting", "messages name the type: remove it"),
    ("field_identifier", "an enum without data is read by the names of its variants: remove it"),
    ("getter", "write `try_from = Type` on the field"),
    ("into", "write `try_from = Type` or `from = Type`, which is written as well"),
    ("name", "write `rename`"),
    ("remote", "write `try_from = Type` on the field"),
    ("serialize_with", "write `with = module`, whose function is `into_attribute`"),
    ("skip_deserializing", "write `skip`, which neither reads nor writes the field"),
    ("skip_serializing", "write `skip`, which neither reads nor writes the field"),
    ("skip_serializing_if", "write `skip_if = function`"),
    ("untagged", "read an `AttributeValue` or an `Item`, and convert it: write `try_from = Type`"),
    ("variant_identifier", "an enum without data is read by the names of its variants: remove it"),
];

fn describe_unknown(name: &str, scope: Scope) -> WrongKey {
    if let Some((_, advice)) = SERDE_KEYS.iter().find(|(key, _)| *key == name) {
        return WrongKey { message: format!("unknown key `{name}`: {advice}"), meant: None };
    }
    let known: Vec<&str> = scope.keys().map(|row| row.name).collect();
    let meant = suggest::closest(name, &known);
    let meant = scope.keys().find(|row| Some(row.name) == meant).map(|row| row.key);
    WrongKey { message: suggest::describe_unknown("key", name, &known), meant }
}
