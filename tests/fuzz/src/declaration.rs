//! Declarations with the keys of `#[ddb(…)]`, some of them right and most of them wrong.

use crate::{Unstructured, arbitrary};

/// Every key, and a few that do not exist.
const KEYS: &[&str] = &[
    "alias",
    "bool_from_number",
    "bound",
    "by_key",
    "bytes",
    "crate",
    "default",
    "deny_unknown",
    "flatten",
    "from",
    "from_str",
    "index_key",
    "json",
    "key",
    "list",
    "null",
    "other",
    "prefix",
    "rename",
    "rename_all",
    "rename_all_fields",
    "repr",
    "rest",
    "serde",
    "set",
    "skip",
    "skip_if",
    "stored",
    "strict",
    "tag",
    "transparent",
    "try_from",
    "unix_time",
    "upgrade_from",
    "with",
    "renam",
    "untagged",
    "r#type",
    "deserialize_with",
    "self",
    "_",
];

/// Values of keys, with what stands before them.
const VALUES: &[&str] = &[
    "",
    "",
    "",
    " = \"\"",
    " = \"a\"",
    " = \"PascalCase\"",
    " = \"camelCase\"",
    " = \"ms\"",
    " = \"T: Copy\"",
    " = \"'a: 'static, T: FromAttribute\"",
    " = \"::ddb_core\"",
    " = \"x::y\"",
    " = \"\\u{0}\"",
    " = \"A#\"",
    " = \"A#{a}\"",
    " = \"name\"u8",
    " = b\"a\"",
    " = 'a'",
    " = 7",
    " = -1.5",
    " = true",
    " = String",
    " = Item",
    " = Option<T>",
    " = Vec::<u8>::is_empty",
    " = halved",
    " = <T as Trait>::Type",
    " = [u8; { 3 }]",
    " = dyn Fn(u8) -> u8",
    " = || 7",
    " = { 7 }",
    " = Vec::new()",
    " = if a { b } else { c }",
    " = ",
    " = =",
    " = _",
    " = !",
    " = impl Copy",
    " = fn(&str)",
    "()",
    "(a)",
    "(PK = \"A#{a}\")",
    "(PK = \"A#{a}\", SK = \"B#{b:04}\")",
    "(\"P.K\" = \"{a}{b}\")",
    "(PK = \"{\")",
    "(PK = \"{{a}}\")",
    "(PK = \"{a:99999999999999999999}\", PK = \"\")",
    "(PK)",
    "(PK = 7,)",
    "(= \"\")",
    "(r#type = \"{r#type}\")",
    "(SK = \"A#{a}\", SK = \"A#{a}\")",
    "(p = \"{0}#{1}\")",
    "[a]",
    "{ a }",
    "::a",
    "<T>",
    " = a < b, c > ::d",
    " = \"{a}#{b}#{c}#{d}\"",
    "(PK = \"A#{c:0}\")",
    "(PK = \"é{a}\u{10ffff}{b}\")",
];

const TYPES: &[&str] = &[
    "u8",
    "i64",
    "u128",
    "f32",
    "String",
    "bool",
    "Option<u8>",
    "Option<Option<T>>",
    "Vec<u8>",
    "Vec<Option<String>>",
    "HashSet<String>",
    "BTreeMap<u8, T>",
    "[u8; 3]",
    "[T; N]",
    "(u8, String)",
    "()",
    "T",
    "&'a str",
    "&'a mut [T]",
    "Box<Self>",
    "Item",
    "AttributeValue",
    "std::string::String",
    "::std::option::Option<T>",
    "core::option::Option<T>",
    "PhantomData<T>",
    "<T as Iterator>::Item",
    "!",
    "_",
    "dyn Fn(u8) -> T",
    "impl Copy",
    "fn(u8) -> u8",
    "vec![u8]",
    "*const u8",
    "(u8)",
    "[u8]",
    "Option",
    "Option<>",
    "Option<'a>",
    "Option<u8, u8>",
    "Vec<T>::Item",
    "for<'b> fn(&'b T)",
    "SystemTime",
    "Number",
    "Arc<str>",
    "Cow<'a, str>",
    "Result<T, E>",
    "A<{ N }>",
    "r#type",
    "Box<dyn Copy + 'a>",
];

const NAMES: &[&str] = &[
    "a", "b", "c", "d", "pk", "r#type", "_a", "__value", "é", "A", "B", "Self_", "T", "N", "image",
];

const GENERICS: &[&str] = &[
    "",
    "",
    "",
    "<T>",
    "<'a>",
    "<const N: usize>",
    "<'a, T, const N: usize>",
    "<T: Copy + 'static = u8>",
    "<>",
    "<const N: usize = { 3 }, T>",
    "<#[cfg(a)] T>",
    "<'a: 'b, 'b, T: ?Sized>",
    "<const T: char = 'a'>",
];

const WHERES: &[&str] =
    &["", "", "", "where", "where T: Copy", "where for<'b> &'b T: Copy, Self: Sized,"];

const ATTRIBUTES: &[&str] = &[
    "#[ddb]",
    "#[ddb = \"a\"]",
    "#[ddb()]",
    "#[ddb(,)]",
    "#[default]",
    "#[doc = \"a\"]",
    "#[cfg(a)]",
    "#[repr(u8)]",
    "#[ddb[strict]]",
    "#[ddb{strict}]",
    "#[a::ddb(strict)]",
    "#[deprecated]",
    "#[ddb(\"a\")]",
];

const VISIBILITIES: &[&str] = &["", "pub", "pub(crate)", "pub(in a::b)"];

const DISCRIMINANTS: &[&str] = &[
    "",
    "",
    " = 1",
    " = -1",
    " = 1",
    " = 0xff_u8",
    " = 340282366920938463463374607431768211455",
    " = A",
    " = { 7 }",
    " = 'a'",
    " = 1 << 3",
];

/// Writes a declaration.
pub fn write(u: &mut Unstructured<'_>) -> arbitrary::Result<String> {
    let mut text = String::new();
    attributes(u, &mut text)?;
    text += u.choose(VISIBILITIES)?;
    match u.int_in_range(0..=15)? {
        0 => {
            text += " union A";
            generics(u, &mut text)?;
            fields(u, &mut text)?;
        }
        1..=7 => {
            text += " enum A";
            generics(u, &mut text)?;
            text += "{";
            for _ in 0..u.int_in_range(0..=4)? {
                attributes(u, &mut text)?;
                text += u.choose(NAMES)?;
                text += " ";
                body(u, &mut text)?;
                text += u.choose(DISCRIMINANTS)?;
                text += ",";
            }
            text += "}";
        }
        _ => {
            text += " struct ";
            text += u.choose(NAMES)?;
            generics(u, &mut text)?;
            let start = text.len();
            body(u, &mut text)?;
            if !text[start..].ends_with('}') {
                text += ";";
            }
        }
    }
    Ok(text)
}

fn generics(u: &mut Unstructured<'_>, text: &mut String) -> arbitrary::Result<()> {
    *text += u.choose(GENERICS)?;
    *text += " ";
    *text += u.choose(WHERES)?;
    Ok(())
}

/// The fields of a struct or a variant.
fn body(u: &mut Unstructured<'_>, text: &mut String) -> arbitrary::Result<()> {
    match u.int_in_range(0..=3)? {
        0 => {}
        1 => {
            *text += "(";
            for _ in 0..u.int_in_range(0..=3)? {
                attributes(u, text)?;
                *text += u.choose(VISIBILITIES)?;
                *text += " ";
                *text += u.choose(TYPES)?;
                *text += ",";
            }
            *text += ")";
        }
        _ => fields(u, text)?,
    }
    Ok(())
}

fn fields(u: &mut Unstructured<'_>, text: &mut String) -> arbitrary::Result<()> {
    *text += "{";
    for _ in 0..u.int_in_range(0..=4)? {
        attributes(u, text)?;
        *text += u.choose(VISIBILITIES)?;
        *text += " ";
        *text += u.choose(NAMES)?;
        *text += ": ";
        *text += u.choose(TYPES)?;
        *text += ",";
    }
    *text += "}";
    Ok(())
}

fn attributes(u: &mut Unstructured<'_>, text: &mut String) -> arbitrary::Result<()> {
    for _ in 0..u.int_in_range(0..=2)? {
        if u.ratio(1, 8)? {
            *text += u.choose(ATTRIBUTES)?;
            continue;
        }
        *text += "#[ddb(";
        for _ in 0..u.int_in_range(0..=3)? {
            *text += u.choose(KEYS)?;
            *text += u.choose(VALUES)?;
            *text += ",";
        }
        *text += ")]";
    }
    Ok(())
}
