//! Paths into an image, as text: `lines[1].qty`.
//!
//! A path is built from its end: whoever reads a place puts its own name or index in front of what
//! is inside. That is only done once something is wrong.

use std::borrow::Cow;
use std::cmp::Ordering;

/// The brackets around an index.
pub(crate) const INDEX: (char, char) = ('[', ']');

/// How much of a name a path shows. The names of a map's attributes are up to 64 KB of whatever its
/// writer put there.
const SHOWN_BYTES: usize = 255;

/// The name as it stands in a path: quoted and escaped where it could be taken for something else.
pub(crate) fn quote_name(name: &str) -> Cow<'_, str> {
    let is_special =
        |c: char| matches!(c, '.' | '[' | ']' | '"' | '\\') || c.is_whitespace() || c.is_control();
    let shown = name.floor_char_boundary(SHOWN_BYTES);
    match (&name[..shown], shown < name.len()) {
        (name, false) if !name.is_empty() && !name.contains(is_special) => Cow::Borrowed(name),
        (name, false) => Cow::Owned(format!("{name:?}")),
        (name, true) => Cow::Owned(format!("{:?}", format!("{name}…"))),
    }
}

pub(crate) fn prefix_name(path: &mut String, name: &str) {
    prefix(path, &quote_name(name));
}

pub(crate) fn prefix_index(path: &mut String, index: usize) {
    prefix(path, &format!("[{index}]"));
}

fn prefix(path: &mut String, step: &str) {
    let separator = if path.is_empty() || path.starts_with(INDEX.0) { "" } else { "." };
    *path = format!("{step}{separator}{path}");
}

/// Orders paths as a person would: `lines[2]` before `lines[10]`.
pub(crate) fn compare_paths(one: &str, other: &str) -> Ordering {
    let mut rests = (one, other);
    loop {
        let order = match (next_word(&mut rests.0), next_word(&mut rests.1)) {
            (Some(one), Some(other)) if is_number(one) && is_number(other) => {
                let (one, other) = (one.trim_start_matches('0'), other.trim_start_matches('0'));
                one.len().cmp(&other.len()).then_with(|| one.cmp(other))
            }
            (Some(one), Some(other)) => one.cmp(other),
            // Texts that only differ by zeros in front of a number are not the same.
            (None, None) => return one.cmp(other),
            (one, other) => one.is_some().cmp(&other.is_some()),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

fn is_number(word: &str) -> bool {
    word.starts_with(|character: char| character.is_ascii_digit())
}

/// Takes a number, or else a character.
fn next_word<'p>(path: &mut &'p str) -> Option<&'p str> {
    let digits = path.bytes().take_while(u8::is_ascii_digit).count();
    let end = if digits > 0 { digits } else { path.chars().next()?.len_utf8() };
    let (word, rest) = path.split_at(end);
    *path = rest;
    Some(word)
}

/// Whether the path's first step is the name, which is quoted.
pub(crate) fn starts_with_name(path: &str, name: &str) -> bool {
    path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', INDEX.0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(steps: &[Result<&str, usize>]) -> String {
        let mut path = String::new();
        for step in steps.iter().rev() {
            match step {
                Ok(name) => prefix_name(&mut path, name),
                Err(index) => prefix_index(&mut path, *index),
            }
        }
        path
    }

    #[test]
    fn steps_are_joined_and_odd_names_quoted() {
        let table: [(&[Result<&str, usize>], &str); 7] = [
            (&[Ok("Id")], "Id"),
            (&[Ok("lines"), Err(1), Ok("qty")], "lines[1].qty"),
            (&[Ok("grid"), Err(0), Err(12)], "grid[0][12]"),
            (&[Ok("meta"), Ok("a.b")], r#"meta."a.b""#),
            (&[Ok("meta"), Ok("a[0]"), Ok("c")], r#"meta."a[0]".c"#),
            (&[Ok(""), Ok("a\nb")], r#"""."a\nb""#),
            (&[Ok("größe"), Ok("cart#1")], "größe.cart#1"),
        ];
        for (steps, expected) in table {
            assert_eq!(path(steps), expected);
        }
    }

    #[test]
    fn paths_are_in_natural_order() {
        let sorted = [
            "a",
            "a.b",
            "a001b",
            "a1b",
            "a1baaaa",
            "a1bb",
            "a10",
            "a100",
            "a30000000000000000000000",
            "a[2]",
            "a[2].x",
            "a[10]",
            "b",
        ];
        for (index, one) in sorted.iter().enumerate() {
            for (other_index, other) in sorted.iter().enumerate() {
                assert_eq!(compare_paths(one, other), index.cmp(&other_index), "{one} {other}");
            }
        }
    }

    #[test]
    fn a_long_name_is_cut() {
        assert_eq!(quote_name(&"ä".repeat(1000)).chars().count(), 127 + 3);
    }

    #[test]
    fn a_path_starts_with_its_first_name_only() {
        for (path, name, expected) in [
            ("Id", "Id", true),
            ("Id.x", "Id", true),
            ("Id[0]", "Id", true),
            ("Idx", "Id", false),
            (r#""a.b".c"#, "a.b", true),
            (r#""a.b".c"#, "a", false),
        ] {
            assert_eq!(starts_with_name(path, &quote_name(name)), expected, "{path} {name}");
        }
    }
}
