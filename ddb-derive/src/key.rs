//! The keys of `#[ddb(…)]`: one table for the parser and for its messages.

use std::fmt::Write as _;

use crate::suggest;

use Place::{Enum, Field, Struct, Variant};

/// Where a `#[ddb(…)]` stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Struct,
    Enum,
    Field,
    Variant,
}

/// What a key is followed by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Nothing.
    Flag,
    /// `= "…"`
    Text,
    /// `= path::to::module`
    Path,
    /// `= Type`
    Type,
    /// Nothing, or `= expression`.
    FlagOrExpr,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Alias,
    Bound,
    Crate,
    Default,
    DenyUnknown,
    Flatten,
    FromStr,
    Other,
    Rename,
    RenameAll,
    RenameAllFields,
    Rest,
    Serde,
    Skip,
    Strict,
    Transparent,
    TryFrom,
    UnixTime,
    With,
}

struct Row {
    key: Key,
    name: &'static str,
    shape: Shape,
    places: &'static [Place],
    /// How a correct one looks.
    example: &'static str,
}

const fn row(
    key: Key,
    name: &'static str,
    shape: Shape,
    places: &'static [Place],
    example: &'static str,
) -> Row {
    Row { key, name, shape, places, example }
}

const ROWS: [Row; 19] = [
    row(Key::Alias, "alias", Shape::Text, &[Field, Variant], r#"alias = "OldName""#),
    row(
        Key::Bound,
        "bound",
        Shape::Text,
        &[Struct, Enum],
        r#"bound = "T: ddb_core::FromAttribute""#,
    ),
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
    row(Key::FromStr, "from_str", Shape::Flag, &[Field], "from_str"),
    row(Key::Other, "other", Shape::Flag, &[Variant], "other"),
    row(Key::Rename, "rename", Shape::Text, &[Field, Variant], r#"rename = "Name""#),
    row(Key::RenameAll, "rename_all", Shape::Text, &[Struct, Enum], r#"rename_all = "PascalCase""#),
    row(
        Key::RenameAllFields,
        "rename_all_fields",
        Shape::Text,
        &[],
        r#"rename_all_fields = "PascalCase""#,
    ),
    row(Key::Rest, "rest", Shape::Flag, &[Field], "rest"),
    row(Key::Serde, "serde", Shape::Flag, &[Field], "serde"),
    row(Key::Skip, "skip", Shape::Flag, &[Field], "skip"),
    row(Key::Strict, "strict", Shape::Flag, &[Struct], "strict"),
    row(Key::Transparent, "transparent", Shape::Flag, &[Struct], "transparent"),
    row(Key::TryFrom, "try_from", Shape::Type, &[Field], "try_from = Type"),
    row(Key::UnixTime, "unix_time", Shape::Flag, &[Field], "unix_time"),
    row(Key::With, "with", Shape::Path, &[Field], "with = my_module"),
];

impl Place {
    /// The place with its article.
    pub fn describe(self) -> &'static str {
        match self {
            Struct => "a struct",
            Enum => "an enum",
            Field => "a field",
            Variant => "a variant",
        }
    }

    fn keys(self) -> impl Iterator<Item = &'static Row> {
        ROWS.iter().filter(move |row| row.places.contains(&self))
    }
}

impl Key {
    /// The key of that name at that place, or what to say of it.
    pub fn find(name: &str, place: Place) -> Result<Self, String> {
        match ROWS.iter().find(|row| row.name == name) {
            Some(row) if row.places.contains(&place) => Ok(row.key),
            Some(row) => Err(describe_misplaced(row, place)),
            None => Err(describe_unknown(name, place)),
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

    /// Whether the key may stand more than once.
    pub fn is_repeatable(self) -> bool {
        self == Self::Alias
    }
}

fn describe_misplaced(row: &Row, place: Place) -> String {
    let name = row.name;
    match (row.key, place) {
        (Key::RenameAllFields, Struct) => {
            format!(
                "`{name}` renames the fields of an enum's variants: write `rename_all` on a struct"
            )
        }
        (Key::RenameAllFields, _) => {
            format!(
                "`{name}` renames the fields of variants, and no variant has any: write `rename_all`"
            )
        }
        (Key::RenameAll, Field | Variant) => {
            format!("`{name}` belongs on the type: write `rename = \"…\"` on {}", place.describe())
        }
        (Key::Rename, Struct | Enum) => {
            format!(
                "`{name}` belongs on a field or a variant: write `rename_all = \"…\"` on {}",
                place.describe()
            )
        }
        (Key::DenyUnknown | Key::Strict, Enum) => {
            format!(
                "`{name}` is about an image, and an enum without data is read from an `S`: remove it"
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
            let mut places = String::new();
            for (index, place) in row.places.iter().enumerate() {
                let separator = if index == 0 { "" } else { " or " };
                let _ = write!(places, "{separator}{}", place.describe());
            }
            format!("`{name}` belongs on {places}, not on {}: move it there", place.describe())
        }
    }
}

/// What serde calls the same thing.
const SYNONYMS: [(&str, &str); 4] = [
    ("deny_unknown_fields", "deny_unknown"),
    ("deserialize_with", "with"),
    ("name", "rename"),
    ("skip_deserializing", "skip"),
];

fn describe_unknown(name: &str, place: Place) -> String {
    let known: Vec<&str> = place.keys().map(|row| row.name).collect();
    match SYNONYMS.iter().find(|(synonym, key)| *synonym == name && known.contains(key)) {
        Some((_, key)) => format!("unknown key `{name}`: write `{key}`"),
        None => suggest::describe_unknown("key", name, &known),
    }
}
