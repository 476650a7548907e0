//! The cases of `rename_all`. The rules are serde's, so a type that derives both gets the same
//! names from both.

/// The cases by name, for the parser and for its error message.
pub const RULES: [(&str, Case); 8] = [
    ("lowercase", Case::Lower),
    ("UPPERCASE", Case::Upper),
    ("PascalCase", Case::Pascal),
    ("camelCase", Case::Camel),
    ("snake_case", Case::Snake),
    ("SCREAMING_SNAKE_CASE", Case::ScreamingSnake),
    ("kebab-case", Case::Kebab),
    ("SCREAMING-KEBAB-CASE", Case::ScreamingKebab),
];

#[derive(Clone, Copy)]
pub enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

impl Case {
    pub fn parse(rule: &str) -> Option<Self> {
        RULES.into_iter().find_map(|(name, case)| (name == rule).then_some(case))
    }

    /// Renames a field, whose identifier is in `snake_case`.
    pub fn rename_field(self, field: &str) -> String {
        match self {
            Self::Lower | Self::Snake => field.to_owned(),
            Self::Upper | Self::ScreamingSnake => field.to_ascii_uppercase(),
            Self::Pascal => field.split('_').map(capitalize).collect(),
            Self::Camel => uncapitalize(&Self::Pascal.rename_field(field)),
            Self::Kebab => field.replace('_', "-"),
            Self::ScreamingKebab => field.to_ascii_uppercase().replace('_', "-"),
        }
    }

    /// Renames a variant, whose identifier is in `PascalCase`.
    pub fn rename_variant(self, variant: &str) -> String {
        match self {
            Self::Pascal => variant.to_owned(),
            Self::Lower => variant.to_ascii_lowercase(),
            Self::Upper => variant.to_ascii_uppercase(),
            Self::Camel => uncapitalize(variant),
            Self::Snake => separate_words(variant),
            Self::ScreamingSnake => separate_words(variant).to_ascii_uppercase(),
            Self::Kebab => separate_words(variant).replace('_', "-"),
            Self::ScreamingKebab => separate_words(variant).to_ascii_uppercase().replace('_', "-"),
        }
    }
}

fn capitalize(word: &str) -> String {
    change_first(word, char::to_ascii_uppercase)
}

fn uncapitalize(word: &str) -> String {
    change_first(word, char::to_ascii_lowercase)
}

fn change_first(word: &str, change: impl FnOnce(&char) -> char) -> String {
    let mut characters = word.chars();
    characters.next().map(|first| change(&first)).into_iter().chain(characters).collect()
}

fn separate_words(variant: &str) -> String {
    let mut snake = String::new();
    for (index, character) in variant.char_indices() {
        if index > 0 && character.is_uppercase() {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}
