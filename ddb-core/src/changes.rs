//! The fields that differ between two images.

/// A struct whose fields can be compared between two images.
///
/// Derive it: see [`DetectChanges`](derive@crate::DetectChanges).
#[diagnostic::on_unimplemented(
    message = "the changes of `{Self}` are not known",
    label = "not a struct that derives `DetectChanges`",
    note = "write `#[derive(DetectChanges)]` on the struct; for an enum, match on its variants and \
            compare what is in them"
)]
pub trait DetectChanges {
    /// The struct with a `bool` for each field.
    type Changes;

    /// Compares each field.
    fn changes(old: &Self, new: &Self) -> Self::Changes;
}

/// Returns `true` if any field has changed.
#[must_use]
pub fn any_changed(fields: &[bool]) -> bool {
    fields.contains(&true)
}

/// The names whose field has changed.
pub fn changed_names<const N: usize>(
    fields: [(&'static str, bool); N],
) -> impl Iterator<Item = &'static str> {
    fields.into_iter().filter(|(_, is_changed)| *is_changed).map(|(name, _)| name)
}
