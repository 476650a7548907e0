//! Suggestions for a misspelled word.

/// A message with the word that was probably meant, and all that exist.
pub fn describe_unknown(what: &str, written: &str, known: &[&str]) -> String {
    let suggestion = closest(written, known)
        .map_or_else(|| ",".to_owned(), |name| format!(", did you mean `{name}`?"));
    let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    format!("unknown {what} `{written}`{suggestion} expected one of {}", known.join(", "))
}

/// The known name that is at most two edits away, or that the written one abbreviates.
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

/// The part of a name that does not depend on its spelling.
fn normalize(name: &str) -> String {
    name.chars()
        .filter(|character| character.is_alphanumeric())
        .map(|character| character.to_ascii_lowercase())
        .collect()
}
