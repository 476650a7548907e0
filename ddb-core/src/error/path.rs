//! Paths into an image: `lines[1].qty`.
//!
//! A path is built from its end. The innermost reader fails without knowing where it is, and each
//! reader around it appends its own step on the way out. A successful read never builds a path.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use crate::message::beginning;

/// The number of bytes of a name that a path keeps. A name in a map can be up to 64 KB of arbitrary
/// text.
const SHOWN_BYTES: usize = 255;

/// The steps of a path, the innermost first.
#[derive(Default)]
pub(crate) struct Path(Vec<Step>);

/// Names sort before indexes.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Name { text: Box<str>, is_cut: bool },
    Index(usize),
}

impl Path {
    pub(crate) fn enter_name(&mut self, name: &str) {
        let text = beginning(name, SHOWN_BYTES);
        self.0.push(Step::Name { text: text.into(), is_cut: text.len() < name.len() });
    }

    pub(crate) fn enter_index(&mut self, index: usize) {
        self.0.push(Step::Index(index));
    }

    /// The number of steps.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns `true` if the outermost step is this name.
    pub(crate) fn starts_with(&self, name: &str) -> bool {
        matches!(self.0.last(), Some(Step::Name { text, is_cut: false }) if **text == *name)
    }

    /// The steps, the outermost first.
    pub(crate) fn steps(&self) -> impl Iterator<Item = &Step> {
        self.0.iter().rev()
    }

    /// The path without its `count` innermost steps.
    pub(crate) fn without_innermost(&self, count: usize) -> impl fmt::Display {
        Steps(self.0.get(count..).unwrap_or_default())
    }
}

/// Orders paths naturally: `lines[2]` before `lines[10]`.
impl Ord for Path {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.iter().rev().cmp(other.0.iter().rev())
    }
}

impl PartialOrd for Path {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Path {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Path {}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Steps(&self.0).fmt(f)
    }
}

struct Steps<'p>(&'p [Step]);

impl fmt::Display for Steps<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().rev().enumerate() {
            let separator = if index == 0 { "" } else { "." };
            match step {
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Name { text, is_cut: false } => write!(f, "{separator}{}", quote_name(text))?,
                Step::Name { text, is_cut: true } => {
                    write!(f, "{separator}\"{}…\"", text.escape_debug())?;
                }
            }
        }
        Ok(())
    }
}

/// Returns the name as a path shows it: quoted and escaped if it could be mistaken for path syntax.
pub(super) fn quote_name(name: &str) -> Cow<'_, str> {
    let is_special =
        |c: char| matches!(c, '.' | '[' | ']' | '"' | '\\') || c.is_whitespace() || c.is_control();
    if name.is_empty() || name.contains(is_special) {
        Cow::Owned(format!("{name:?}"))
    } else {
        Cow::Borrowed(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(steps: &[Result<&str, usize>]) -> Path {
        let mut path = Path::default();
        for step in steps.iter().rev() {
            match step {
                Ok(name) => path.enter_name(name),
                Err(index) => path.enter_index(*index),
            }
        }
        path
    }

    #[test]
    fn steps_are_joined_and_odd_names_quoted() {
        let table: [(&[Result<&str, usize>], &str); 8] = [
            (&[], ""),
            (&[Ok("Id")], "Id"),
            (&[Ok("lines"), Err(1), Ok("qty")], "lines[1].qty"),
            (&[Ok("grid"), Err(0), Err(12)], "grid[0][12]"),
            (&[Ok("meta"), Ok("a.b")], r#"meta."a.b""#),
            (&[Ok("meta"), Ok("a[0]"), Ok("c")], r#"meta."a[0]".c"#),
            (&[Ok(""), Ok("a\nb")], r#"""."a\nb""#),
            (&[Ok("größe"), Ok("cart#1")], "größe.cart#1"),
        ];
        for (steps, expected) in table {
            assert_eq!(path(steps).to_string(), expected);
        }
    }

    #[test]
    fn paths_are_ordered_by_their_steps() {
        let sorted: [&[Result<&str, usize>]; 7] = [
            &[Ok("a")],
            &[Ok("a"), Ok("b")],
            &[Ok("a"), Err(2)],
            &[Ok("a"), Err(2), Ok("x")],
            &[Ok("a"), Err(10)],
            &[Ok("a1")],
            &[Ok("b")],
        ];
        for (index, one) in sorted.iter().enumerate() {
            for (other_index, other) in sorted.iter().enumerate() {
                assert_eq!(path(one).cmp(&path(other)), index.cmp(&other_index));
            }
        }
    }

    #[test]
    fn a_long_name_is_cut() {
        let name = "ä".repeat(1000);
        assert_eq!(path(&[Ok(&name)]).to_string().chars().count(), 127 + 3);
        assert!(!path(&[Ok(&name)]).starts_with(&"ä".repeat(127)));
    }

    #[test]
    fn a_path_starts_with_its_outermost_name_only() {
        assert!(path(&[Ok("a.b"), Err(0)]).starts_with("a.b"));
        assert!(!path(&[Ok("a.b"), Err(0)]).starts_with("a"));
        assert!(!path(&[Err(0), Ok("a")]).starts_with("a"));
    }
}
