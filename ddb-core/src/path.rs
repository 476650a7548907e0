//! Paths into an image, as text: `lines[1].qty`.
//!
//! A path is built from its end: whoever reads a place puts its own name or index in front of what is inside. That is
//! only done once something is wrong.

use std::borrow::Cow;

/// The brackets around an index.
pub(crate) const INDEX: (char, char) = ('[', ']');

/// The name as it stands in a path: quoted and escaped where it could be taken for something else.
pub(crate) fn quote_name(name: &str) -> Cow<'_, str> {
    let is_special = |c: char| matches!(c, '.' | '[' | ']' | '"' | '\\') || c.is_whitespace() || c.is_control();
    if name.is_empty() || name.contains(is_special) { Cow::Owned(format!("{name:?}")) } else { Cow::Borrowed(name) }
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

/// Whether the path's first step is the name.
pub(crate) fn starts_with_name(path: &str, name: &str) -> bool {
    path.strip_prefix(&*quote_name(name)).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', INDEX.0]))
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
    fn a_path_starts_with_its_first_name_only() {
        for (path, name, expected) in [
            ("Id", "Id", true),
            ("Id.x", "Id", true),
            ("Id[0]", "Id", true),
            ("Idx", "Id", false),
            (r#""a.b".c"#, "a.b", true),
            (r#""a.b".c"#, "a", false),
        ] {
            assert_eq!(starts_with_name(path, name), expected, "{path} {name}");
        }
    }
}
