//! Suggestions for a misspelled word.

/// The message for an unknown word: the word that was probably meant, if any, and all known words.
pub fn describe_unknown(what: &str, written: &str, known: &[&str]) -> String {
    let suggestion = closest(written, known)
        .map_or_else(|| ",".to_owned(), |name| format!(", did you mean `{name}`?"));
    let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    format!("unknown {what} `{written}`{suggestion} expected one of {}", known.join(", "))
}

/// Returns the closest known name, if what is written is the beginning of that name or at most two
/// edits away from it. In a short name, at most half of the characters may differ.
pub fn closest<'k>(written: &str, known: &[&'k str]) -> Option<&'k str> {
    let written = normalize(written);
    let distance = |name: &str| {
        let name = normalize(name);
        let is_abbreviation = written.len() > 2 && name.starts_with(&written);
        if is_abbreviation { 0 } else { strsim::damerau_levenshtein(&written, &name) }
    };
    let (distance, name) = known.iter().map(|name| (distance(name), *name)).min()?;
    (distance <= 2.min(name.len() / 2)).then_some(name)
}

/// Keeps only letters and digits, in lower case, so that `renameAll` matches `rename_all`.
fn normalize(name: &str) -> String {
    name.chars()
        .filter(|character| character.is_alphanumeric())
        .map(|character| character.to_ascii_lowercase())
        .collect()
}
