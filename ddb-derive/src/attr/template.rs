//! Parses key templates: `ORDER#{id}#LINE#{number:04}`.

use proc_macro2::Span;
use syn::LitStr;

/// The template of one key attribute.
#[derive(Clone)]
pub struct Template {
    /// The template as it is written.
    pub text: String,
    /// The text before each field and after the last one, which is one more than there are
    /// fields.
    pub literals: Vec<String>,
    pub fields: Vec<Placeholder>,
    pub span: Span,
}

#[derive(Clone)]
pub struct Placeholder {
    /// The name of the Rust field.
    pub name: String,
    /// The number of digits to which the field is padded.
    pub width: Option<usize>,
}

pub fn parse(literal: &LitStr) -> syn::Result<Template> {
    let text = literal.value();
    let fail = |message: String| Err(syn::Error::new(literal.span(), message));
    let mut literals = Vec::new();
    let mut fields: Vec<Placeholder> = Vec::new();
    // The text since the last field.
    let mut current = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['{', '}']) {
        let (before, brace) = rest.split_at(at);
        current.push_str(before);
        if let Some(after) = ["{{", "}}"].iter().find_map(|escape| brace.strip_prefix(escape)) {
            current.push_str(&brace[..1]);
            rest = after;
            continue;
        }
        let placeholder = brace.strip_prefix('{').and_then(|inside| inside.split_once('}'));
        let Some((inside, after)) = placeholder else {
            return fail(
                "a brace has no counterpart: write `{field}` for a field, and `{{` or `}}` for a \
                 brace in the key"
                    .to_owned(),
            );
        };
        if let Some(previous) = fields.last().filter(|_| current.is_empty()) {
            return fail(format!(
                "`{{{}}}` and `{{{inside}}}` have no text between them to be told apart by: write \
                 a separator, such as `#`",
                previous.name
            ));
        }
        fields.push(
            parse_placeholder(inside)
                .map_err(|message| syn::Error::new(literal.span(), message))?,
        );
        literals.push(std::mem::take(&mut current));
        rest = after;
    }
    current.push_str(rest);
    literals.push(current);
    if text.is_empty() {
        return fail(
            "the template is empty: write the key, with `{field}` for each field".to_owned(),
        );
    }
    Ok(Template { text, literals, fields, span: literal.span() })
}

fn parse_placeholder(inside: &str) -> Result<Placeholder, String> {
    let (name, width) = match inside.split_once(':') {
        None => (inside, None),
        Some((name, width)) => {
            let digits = width.strip_prefix('0').and_then(|digits| digits.parse().ok());
            let Some(digits) = digits else {
                return Err(format!(
                    "`{width}` is no width: write `{{{name}:04}}` to pad a number to four digits"
                ));
            };
            (name, Some(digits))
        }
    };
    if syn::parse_str::<syn::Ident>(name).is_err()
        && syn::parse_str::<syn::Ident>(&format!("r#{name}")).is_err()
    {
        return Err(format!(
            "`{{{inside}}}` names no field: write the name of a field of the struct"
        ));
    }
    let name = name.strip_prefix("r#").unwrap_or(name).to_owned();
    Ok(Placeholder { name, width })
}
