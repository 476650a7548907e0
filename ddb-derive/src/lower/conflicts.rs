//! Keys that contradict each other.

use crate::attr::Keys;
use crate::attr::key::Key;
use crate::errors::Errors;

/// Two groups of keys that exclude each other. A key contradicts every key of the other group,
/// except itself.
pub struct Conflict {
    keys: &'static [Key],
    with: &'static [Key],
    reason: &'static str,
}

const CONVERSIONS: [Key; 9] = [
    Key::With,
    Key::TryFrom,
    Key::From,
    Key::FromStr,
    Key::BoolFromNumber,
    Key::Bytes,
    Key::Json,
    Key::Serde,
    Key::UnixTime,
];

/// The conversions of a whole field.
const WHOLE_CONVERSIONS: [Key; 5] = [Key::With, Key::TryFrom, Key::From, Key::Json, Key::Serde];

/// The keys that say how an attribute is written.
const WRITING: [Key; 4] = [Key::List, Key::Null, Key::Set, Key::SkipIf];

pub const FIELD_CONFLICTS: [Conflict; 12] = [
    Conflict {
        keys: &[Key::Skip],
        with: &[Key::Alias, Key::Flatten, Key::Rename, Key::Rest, Key::Stored],
        reason: "a field that is skipped has no attribute",
    },
    Conflict {
        keys: &[Key::Skip],
        with: &CONVERSIONS,
        reason: "a field that is skipped has no attribute",
    },
    Conflict {
        keys: &[Key::Skip],
        with: &WRITING,
        reason: "a field that is skipped has no attribute",
    },
    Conflict {
        keys: &[Key::Flatten],
        with: &[Key::Alias, Key::Rename, Key::Rest, Key::Stored],
        reason: "a flattened field has no attribute of its own",
    },
    Conflict {
        keys: &[Key::Flatten],
        with: &CONVERSIONS,
        reason: "a flattened field has no attribute of its own",
    },
    Conflict {
        keys: &[Key::Flatten],
        with: &WRITING,
        reason: "a flattened field has no attribute of its own",
    },
    Conflict {
        keys: &[Key::Rest],
        with: &[Key::Alias, Key::Default, Key::Rename, Key::Stored],
        reason: "the rest has no attribute of its own, and is never missing",
    },
    Conflict {
        keys: &[Key::Rest],
        with: &CONVERSIONS,
        reason: "the rest has no attribute of its own, and is never missing",
    },
    Conflict {
        keys: &[Key::Rest],
        with: &WRITING,
        reason: "the rest has no attribute of its own, and is never missing",
    },
    Conflict { keys: &CONVERSIONS, with: &CONVERSIONS, reason: "a field has one conversion" },
    Conflict {
        keys: &[Key::List, Key::Set],
        with: &WHOLE_CONVERSIONS,
        reason: "`list` and `set` apply to the elements, and the conversion to the whole field",
    },
    Conflict {
        keys: &[Key::List, Key::Set],
        with: &[Key::List, Key::Set],
        reason: "a field is written as one of the two",
    },
];

pub const TRANSPARENT_CONFLICTS: [Conflict; 1] = [Conflict {
    keys: &[Key::Transparent],
    with: &[
        Key::Default,
        Key::DenyUnknown,
        Key::IndexKey,
        Key::Key,
        Key::RenameAll,
        Key::UpgradeFrom,
    ],
    reason: "a `transparent` struct has no attributes of its own",
}];

pub const CONVERTED_CONFLICTS: [Conflict; 2] = [
    Conflict {
        keys: &[Key::TryFrom, Key::From],
        with: &[Key::TryFrom, Key::From],
        reason: "a type is converted from one other",
    },
    Conflict {
        keys: &[Key::TryFrom, Key::From],
        with: &[
            Key::Default,
            Key::ByKey,
            Key::DenyUnknown,
            Key::IndexKey,
            Key::Key,
            Key::RenameAll,
            Key::RenameAllFields,
            Key::Tag,
            Key::Transparent,
            Key::UpgradeFrom,
        ],
        reason: "a type that is converted has no attributes of its own",
    },
];

/// The container keys that need attribute names, which a tuple struct does not have.
pub const TUPLE_CONFLICTS: [Key; 6] =
    [Key::Default, Key::DenyUnknown, Key::IndexKey, Key::Key, Key::RenameAll, Key::UpgradeFrom];

pub const REPR_CONFLICTS: [Conflict; 1] = [Conflict {
    keys: &[Key::Repr],
    with: &[Key::RenameAll],
    reason: "an enum with `repr` has numbers instead of names",
}];

pub const VARIANT_CONFLICTS: [Conflict; 1] = [Conflict {
    keys: &[Key::Other],
    with: &[Key::Alias, Key::IndexKey, Key::Key, Key::Prefix, Key::Rename],
    reason: "`other` takes everything that no variant claims",
}];

pub const TAGGED_CONFLICTS: [Conflict; 3] = [
    Conflict {
        keys: &[Key::Tag],
        with: &[Key::Repr],
        reason: "a tag is text, and `repr` reads a number",
    },
    Conflict {
        keys: &[Key::ByKey],
        with: &[Key::Repr, Key::Tag],
        reason: "one attribute, or the item's key, selects the variant",
    },
    Conflict {
        keys: &[Key::ByKey],
        with: &[Key::RenameAll],
        reason: "`rename_all` renames tags, and `by_key` selects by the key",
    },
];

/// Refuses every key that contradicts an earlier one. The error is on the later key.
pub fn refuse_conflicts(keys: &Keys, conflicts: &[Conflict], errors: &Errors) {
    for (index, (second, span)) in keys.seen.iter().enumerate() {
        for (first, _) in &keys.seen[..index] {
            let conflict = conflicts.iter().find(|conflict| {
                first != second
                    && ((conflict.keys.contains(first) && conflict.with.contains(second))
                        || (conflict.keys.contains(second) && conflict.with.contains(first)))
            });
            if let Some(conflict) = conflict {
                let (first, second) = (first.name(), second.name());
                let reason = conflict.reason;
                errors.at_span(
                    *span,
                    format!(
                        "`{first}` and `{second}` contradict each other: {reason}; remove one of them"
                    ),
                );
                break;
            }
        }
    }
}

/// The field keys that need an attribute name, or an attribute that can be missing.
const NAMING: [Key; 8] = [
    Key::Alias,
    Key::Default,
    Key::Flatten,
    Key::Null,
    Key::Rename,
    Key::Rest,
    Key::SkipIf,
    Key::Stored,
];

/// Refuses the keys that have no meaning for a field without an attribute of its own.
pub fn refuse_naming(keys: &Keys, container: &str, errors: &Errors) {
    for (key, span) in &keys.seen {
        if NAMING.contains(key) {
            let name = key.name();
            errors.at_span(*span, format!("`{name}` has no meaning in {container}: remove it"));
        }
    }
}
