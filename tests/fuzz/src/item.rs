//! Items of any shape, generated from a fuzzer's bytes.

use std::collections::HashMap;

use ddb_core::{AttributeValue, Item};

use crate::{Unstructured, arbitrary};

/// A character of generated texts that no name, type or message contains.
pub const MARKER: &str = "\u{1f512}";

/// The levels of maps and lists that are generated at most, which is more than the readers allow.
const MAX_LEVELS: u8 = 44;

/// The names of attributes that the models have, in several spellings, and others.
pub const NAMES: &[&str] = &[
    "a",
    "b",
    "c",
    "d",
    "e",
    "f",
    "g",
    "i",
    "l",
    "m",
    "n",
    "o",
    "p",
    "q",
    "s",
    "t",
    "u",
    "x",
    "y",
    "z",
    "A",
    "PK",
    "SK",
    "GSI1PK",
    "GSI1SK",
    "type",
    "note",
    "text",
    "Text",
    "created",
    "updated",
    "ns",
    "nested",
    "raw",
    "one",
    "two",
    "value",
    "",
    "a.b",
    "a[0]",
    "\"",
    "\\",
    "\u{0}",
    "é",
    "\u{10ffff}",
];

/// Texts that select variants, match templates or parse as some type.
const TEXTS: &[&str] = &[
    "",
    "A",
    "B",
    "First",
    "first",
    "second-one",
    "Stamp",
    "inline",
    "Unit",
    "Text",
    "Nothing",
    "node",
    "unit",
    "ab",
    "a#",
    "a#1",
    "a#b#",
    "a#b#1",
    "b#2#c#3",
    "b#2#0003",
    "x#1",
    "#",
    "##",
    "c",
    "{",
    "}",
    "ORDER#",
    "ORDER#7",
    "ORDER#7#LINE#003",
    "ORDER#7#LINE#",
    "CONFIG",
    "A#x#first",
    "00007",
    "{7",
    "x#::1",
    "127.0.0.1",
    "7",
    "-7",
    "65536",
    "true",
    "null",
    "2024-01-01T00:00:00Z",
];

/// Texts of an `N`: numbers in many spellings, at the limits of the types and of DynamoDB, and
/// texts that are not numbers.
const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "0.0",
    "0E0",
    "1",
    "-1",
    "+1",
    "01",
    "1.0",
    "1.5",
    "-1.50",
    "100",
    "1E2",
    "1e+2",
    "10E-1",
    ".5",
    "5.",
    "127",
    "128",
    "-128",
    "-129",
    "255",
    "256",
    "65535",
    "65536",
    "2147483647",
    "2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "170141183460469231731687303715884105727",
    "340282366920938463463374607431768211455",
    "340282366920938463463374607431768211456",
    "99999999999999999999999999999999999999",
    "123456789012345678901234567890123456789",
    "9.9999999999999999999999999999999999999E+125",
    "1E126",
    "1E-130",
    "1E-131",
    "1E308",
    "1E309",
    "1E-324",
    "3.5E38",
    "0.1",
    "16777217",
    "9007199254740993",
    "1E999999999999999999999",
    "1E-999999999999999999999",
    "0E999999999999999999999",
    "253402300799",
    "-62167219200",
    "253402300800",
    "",
    " ",
    "1 ",
    " 1",
    "NaN",
    "inf",
    "-",
    "+",
    ".",
    "E5",
    "1E",
    "1_000",
    "0x10",
    "١",
    "--1",
    "1.2.3",
];

/// An item with some attributes, of which each is a random value.
pub fn item(u: &mut Unstructured<'_>) -> arbitrary::Result<Item> {
    let mut attributes = HashMap::new();
    spoil(u, &mut attributes, 7)?;
    Ok(Item::from(attributes))
}

/// Removes and replaces up to `limit` attributes, at any depth.
pub fn spoil(
    u: &mut Unstructured<'_>,
    attributes: &mut HashMap<String, AttributeValue>,
    limit: u8,
) -> arbitrary::Result<()> {
    for _ in 0..u.int_in_range(0..=limit)? {
        let name = name(u)?;
        match u.int_in_range(0..=7)? {
            0 => {
                attributes.remove(&name);
            }
            1 => {
                if let Some(AttributeValue::M(map)) = attributes.get_mut(&name) {
                    spoil(u, map, 1)?;
                }
            }
            2 => {
                if let Some(AttributeValue::L(list)) = attributes.get_mut(&name) {
                    list.push(value(u, MAX_LEVELS)?);
                }
            }
            3 => {
                // Moves a value to where another one is expected.
                if let Some(value) = attributes.remove(&name) {
                    attributes.insert(self::name(u)?, value);
                }
            }
            _ => {
                attributes.insert(name, value(u, MAX_LEVELS)?);
            }
        }
    }
    Ok(())
}

/// The name of an attribute, mostly one that a model has.
pub fn name(u: &mut Unstructured<'_>) -> arbitrary::Result<String> {
    if u.ratio(1, 16)? {
        String::from_utf8(u.bytes(2)?.to_vec()).or(Ok("\u{7f}".to_owned()))
    } else {
        u.choose(NAMES).map(|&name| name.to_owned())
    }
}

/// A value of any attribute type.
pub fn value(u: &mut Unstructured<'_>, levels: u8) -> arbitrary::Result<AttributeValue> {
    Ok(match u.int_in_range(0..=if levels == 0 { 8 } else { 12 })? {
        0 => AttributeValue::Null(true),
        1 => AttributeValue::S(text(u)?),
        2 => AttributeValue::N(number(u)?),
        3 => AttributeValue::Bool(u.arbitrary()?),
        4 => AttributeValue::B(bytes(u)?),
        5 => AttributeValue::Ss(several(u, text)?),
        6 => AttributeValue::Ns(several(u, number)?),
        7 => AttributeValue::Bs(several(u, bytes)?),
        8 => AttributeValue::Null(false),
        9 => AttributeValue::L(several(u, |u| value(u, levels - 1))?),
        10 => {
            let mut map = HashMap::new();
            for _ in 0..u.int_in_range(0..=4)? {
                map.insert(name(u)?, value(u, levels - 1)?);
            }
            AttributeValue::M(map)
        }
        // A pile of lists or maps, which the fuzzer would hardly reach level by level.
        kind => {
            let depth = u.int_in_range(0..=levels)?;
            let innermost = if u.arbitrary()? { value(u, 0)? } else { AttributeValue::L(vec![]) };
            let name = name(u)?;
            (0..depth).fold(innermost, |inner, _| match kind {
                11 => AttributeValue::L(vec![inner]),
                _ => AttributeValue::M(HashMap::from([(name.clone(), inner)])),
            })
        }
    })
}

fn several<T>(
    u: &mut Unstructured<'_>,
    mut element: impl FnMut(&mut Unstructured<'_>) -> arbitrary::Result<T>,
) -> arbitrary::Result<Vec<T>> {
    (0..u.int_in_range(0..=4)?).map(|_| element(u)).collect()
}

fn bytes(u: &mut Unstructured<'_>) -> arbitrary::Result<Vec<u8>> {
    let length = u.int_in_range(0..=4)?;
    u.bytes(length.min(u.len())).map(<[u8]>::to_vec)
}

fn text(u: &mut Unstructured<'_>) -> arbitrary::Result<String> {
    if u.ratio(3, 4)? {
        return u.choose(TEXTS).map(|&text| text.to_owned());
    }
    let length = u.int_in_range(0..=8)?;
    let bytes = u.bytes(length.min(u.len()))?;
    Ok(String::from_utf8_lossy(bytes).into_owned() + MARKER)
}

/// The text of an `N`.
pub fn number(u: &mut Unstructured<'_>) -> arbitrary::Result<String> {
    Ok(match u.int_in_range(0..=3)? {
        0 | 1 => (*u.choose(NUMBERS)?).to_owned(),
        2 => u.arbitrary::<i64>()?.to_string(),
        _ => {
            let digits = u.arbitrary::<u128>()?.to_string();
            let (whole, fraction) = digits.split_at(u.choose_index(digits.len() + 1)?);
            let exponent: i16 = u.arbitrary()?;
            match u.int_in_range(0..=2)? {
                0 => format!("{whole}.{fraction}"),
                1 => format!("{whole}.{fraction}E{exponent}"),
                _ => format!("-{digits}e{exponent:+}"),
            }
        }
    })
}
