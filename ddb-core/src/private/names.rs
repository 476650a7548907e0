//! The names of the attributes that a type maps, for the check that no two fields claim the same
//! one.

use std::cmp::Ordering;

use crate::message::Message;

/// The names of the attributes that a type maps.
pub struct ImageNames {
    /// The names, aliases included, in ascending order of their bytes.
    names: &'static [&'static str],
    /// The Rust field of each name.
    fields: &'static [&'static str],
    /// The flattened fields, each with the names of its type.
    flattened: &'static [(&'static str, &'static ImageNames)],
}

impl ImageNames {
    /// A type whose names are not known, such as an `Item` or a type that is converted from one.
    pub const UNKNOWN: Self = Self::new(&[], &[], &[]);

    /// Creates the names of a type from its own `names` in ascending order of their bytes, from the
    /// Rust field of each name, and from its flattened fields.
    #[must_use]
    pub const fn new(
        names: &'static [&'static str],
        fields: &'static [&'static str],
        flattened: &'static [(&'static str, &'static ImageNames)],
    ) -> Self {
        Self { names, fields, flattened }
    }

    /// The names for a message about an unknown attribute. Empty if there are flattened fields,
    /// since not all of their names may be known.
    #[must_use]
    pub const fn expected(&self) -> &'static [&'static str] {
        if self.flattened.is_empty() { self.names } else { &[] }
    }

    /// The names of the type's own fields, without those of flattened ones.
    pub(crate) fn own(&self) -> &'static [&'static str] {
        self.names
    }

    /// Returns `true` if a field of the type itself, and not of a flattened one, has the name.
    pub(crate) fn has_own(&self, name: &str) -> bool {
        self.names.binary_search(&name).is_ok()
    }

    /// Fails to compile if two fields claim the same attribute.
    ///
    /// # Panics
    ///
    /// Panics at compile time, and names the attribute and both fields.
    #[track_caller]
    pub const fn check(&self) {
        let mut index = 0;
        while index < self.flattened.len() {
            let (field, names) = self.flattened[index];
            if let Some(name) = find_common(self.names, names) {
                refuse(name, self.field_of(name), field);
            }
            let mut next = index + 1;
            while next < self.flattened.len() {
                let (other, other_names) = self.flattened[next];
                if let Some(name) = names.find_common(other_names) {
                    refuse(name, field, other);
                }
                next += 1;
            }
            index += 1;
        }
    }

    const fn field_of(&self, name: &str) -> &'static str {
        let mut index = 0;
        while index < self.names.len() {
            if let Ordering::Equal = compare(self.names[index], name) {
                return self.fields[index];
            }
            index += 1;
        }
        ""
    }

    /// Finds a name that both types have, at any depth.
    const fn find_common(&self, other: &Self) -> Option<&'static str> {
        let mut common = find_common(self.names, other);
        let mut index = 0;
        while common.is_none() && index < self.flattened.len() {
            common = self.flattened[index].1.find_common(other);
            index += 1;
        }
        common
    }
}

/// Finds one of the names that the other type has, at any depth.
const fn find_common(names: &[&'static str], other: &ImageNames) -> Option<&'static str> {
    let (mut one, mut two) = (0, 0);
    while one < names.len() && two < other.names.len() {
        match compare(names[one], other.names[two]) {
            Ordering::Less => one += 1,
            Ordering::Greater => two += 1,
            Ordering::Equal => return Some(names[one]),
        }
    }
    let mut common = None;
    let mut index = 0;
    while common.is_none() && index < other.flattened.len() {
        common = find_common(names, other.flattened[index].1);
        index += 1;
    }
    common
}

/// Compares like `str::cmp`, which is not const.
const fn compare(one: &str, other: &str) -> Ordering {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut index = 0;
    while index < one.len() && index < other.len() {
        if one[index] < other[index] {
            return Ordering::Less;
        }
        if one[index] > other[index] {
            return Ordering::Greater;
        }
        index += 1;
    }
    if one.len() < other.len() {
        Ordering::Less
    } else if one.len() > other.len() {
        Ordering::Greater
    } else {
        Ordering::Equal
    }
}

#[track_caller]
const fn refuse(name: &str, one: &str, other: &str) -> ! {
    let message = Message::EMPTY
        .with("`")
        .with(one)
        .with("` and `")
        .with(other)
        .with("` both map the attribute `")
        .with(name)
        .with("`: rename one of the two, or remove it");
    panic!("{}", message.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_as_strings_are() {
        let names = ["", "A", "a", "ab", "b", "pk", "ä"];
        for one in names {
            for other in names {
                assert_eq!(compare(one, other), one.cmp(other), "{one} {other}");
            }
        }
    }

    #[test]
    fn a_common_name_is_found_at_any_depth() {
        const LEAF: ImageNames = ImageNames::new(&["pk", "sk"], &["pk", "sk"], &[]);
        const INNER: ImageNames = ImageNames::new(&["city"], &["city"], &[("key", &LEAF)]);
        const OTHER: ImageNames = ImageNames::new(&["a", "sk", "z"], &["a", "sk", "z"], &[]);
        assert_eq!(INNER.find_common(&OTHER), Some("sk"));
        assert_eq!(OTHER.find_common(&INNER), Some("sk"));
        assert_eq!(INNER.find_common(&ImageNames::UNKNOWN), None);
    }

    #[test]
    #[should_panic(expected = "`id` and `key` both map the attribute `pk`: rename one")]
    fn a_conflict_names_the_attribute_and_both_fields() {
        const KEY: ImageNames = ImageNames::new(&["pk"], &["partition"], &[]);
        ImageNames::new(&["a", "pk"], &["a", "id"], &[("key", &KEY)]).check();
    }
}
