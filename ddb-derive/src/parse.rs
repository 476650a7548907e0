//! Reads the `#[ddb(…)]` attributes, as they are written.

use proc_macro2::{Span, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Ident, Lit, LitStr, Meta, Path, Token, Type, WherePredicate, token};

use crate::case::{Case, RULES};
use crate::errors::Errors;
use crate::key::{Key, Place, Shape};
use crate::suggest;

/// A value and the token to point at when it is wrong.
#[derive(Clone)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

/// `default`, or `default = expression`.
#[derive(Clone)]
pub enum DefaultValue {
    Trait,
    Expr(Box<Expr>),
}

/// The keys of one place. Which of them can be there is up to the place; which go together, to the
/// lowering.
#[derive(Default)]
pub struct Keys {
    pub alias: Vec<Spanned<String>>,
    pub bound: Option<Punctuated<WherePredicate, Token![,]>>,
    pub krate: Option<Path>,
    /// Nobody knows where `ddb-core` is.
    pub has_unknown_crate: bool,
    pub default: Option<Spanned<DefaultValue>>,
    pub deny_unknown: Option<Span>,
    pub flatten: Option<Span>,
    pub from_str: Option<Span>,
    pub other: Option<Span>,
    pub rename: Option<Spanned<String>>,
    pub rename_all: Option<Case>,
    pub rest: Option<Span>,
    pub serde: Option<Span>,
    pub skip: Option<Span>,
    pub strict: Option<Span>,
    pub transparent: Option<Span>,
    pub try_from: Option<Spanned<Type>>,
    pub unix_time: Option<Span>,
    pub with: Option<Spanned<Path>>,
    /// In the order of writing.
    pub seen: Vec<(Key, Span)>,
}

impl Keys {
    pub fn parse(attributes: &[Attribute], place: Place, errors: &Errors) -> Self {
        let mut keys = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("ddb")) {
            match &attribute.meta {
                Meta::List(list) => {
                    let parser = |input: ParseStream<'_>| {
                        keys.parse_list(input, place, errors);
                        Ok(())
                    };
                    if let Err(error) = parser.parse2(list.tokens.clone()) {
                        errors.push(error);
                    }
                }
                meta => errors.at(meta, "the keys stand in parentheses: write `#[ddb(…)]`"),
            }
        }
        keys
    }

    /// Goes on after a mistake at the next comma.
    fn parse_list(&mut self, input: ParseStream<'_>, place: Place, errors: &Errors) {
        while !input.is_empty() {
            match self.parse_key(input, place, errors) {
                Ok(()) if input.is_empty() || input.peek(Token![,]) => {}
                Ok(()) => errors.push(input.error("expected `,`: write one between two keys")),
                Err(error) => errors.push(error),
            }
            skip_past_comma(input);
        }
    }

    fn parse_key(
        &mut self,
        input: ParseStream<'_>,
        place: Place,
        errors: &Errors,
    ) -> syn::Result<()> {
        if input.peek(Lit) {
            let literal: Lit = input.parse()?;
            return Err(syn::Error::new(
                literal.span(),
                "expected a key, not a literal: write `rename = \"…\"` for a name",
            ));
        }
        let unnamed = input.span();
        let ident = input.call(Ident::parse_any).map_err(|_| {
            syn::Error::new(unnamed, "expected a key: write `rename = \"…\"` for a name")
        })?;
        let span = ident.span();
        let key = Key::find(&ident.unraw().to_string(), place)
            .map_err(|message| syn::Error::new(span, message))?;
        let is_duplicate = !key.is_repeatable() && self.seen.iter().any(|(seen, _)| *seen == key);
        if is_duplicate {
            errors.at_span(span, describe_duplicate(key));
        }
        let value = Value::parse(input, key, &ident)?;
        if !is_duplicate {
            self.seen.push((key, span));
            self.set(key, span, value)?;
        }
        Ok(())
    }

    fn set(&mut self, key: Key, span: Span, value: Value) -> syn::Result<()> {
        match (key, value) {
            (Key::Default, Value::None) => {
                self.default = Some(Spanned { value: DefaultValue::Trait, span })
            }
            (Key::Default, Value::Expr(expr)) => {
                self.default = Some(Spanned { value: DefaultValue::Expr(Box::new(expr)), span });
            }
            (Key::Alias, Value::Text(text)) => self.alias.push(parse_name(&text)?),
            (Key::Rename, Value::Text(text)) => self.rename = Some(parse_name(&text)?),
            (Key::RenameAll, Value::Text(text)) => self.rename_all = Some(parse_case(&text)?),
            (Key::Crate, Value::Text(text)) => {
                self.has_unknown_crate = true;
                self.krate = Some(parse_text(&text, Path::parse_mod_style, key)?);
                self.has_unknown_crate = false;
            }
            (Key::Bound, Value::Text(text)) => {
                self.bound = Some(parse_text(&text, Punctuated::parse_terminated, key)?);
            }
            (Key::TryFrom, Value::Type(value)) => self.try_from = Some(Spanned { value, span }),
            (Key::With, Value::Path(value)) => self.with = Some(Spanned { value, span }),
            (key, _) => {
                if let Some(flag) = self.flag(key) {
                    *flag = Some(span);
                }
            }
        }
        Ok(())
    }

    fn flag(&mut self, key: Key) -> Option<&mut Option<Span>> {
        match key {
            Key::DenyUnknown => Some(&mut self.deny_unknown),
            Key::Flatten => Some(&mut self.flatten),
            Key::FromStr => Some(&mut self.from_str),
            Key::Other => Some(&mut self.other),
            Key::Rest => Some(&mut self.rest),
            Key::Serde => Some(&mut self.serde),
            Key::Skip => Some(&mut self.skip),
            Key::Strict => Some(&mut self.strict),
            Key::Transparent => Some(&mut self.transparent),
            Key::UnixTime => Some(&mut self.unix_time),
            _ => None,
        }
    }
}

enum Value {
    None,
    Text(LitStr),
    Path(Path),
    Type(Type),
    Expr(Expr),
}

impl Value {
    fn parse(input: ParseStream<'_>, key: Key, ident: &Ident) -> syn::Result<Self> {
        let has_value = input.peek(Token![=]);
        let has_list = input.peek(token::Paren);
        let shape = key.shape();
        if !has_value && !has_list && matches!(shape, Shape::Flag | Shape::FlagOrExpr) {
            return Ok(Self::None);
        }
        if has_list || !has_value {
            let fault =
                if shape == Shape::Flag { "takes no value" } else { "takes its value after `=`" };
            return Err(syn::Error::new(
                ident.span(),
                format!("`{}` {fault}: write `{}`", key.name(), key.example()),
            ));
        }
        input.parse::<Token![=]>()?;
        let wrong = |span: Span, expected: &str| {
            Err(syn::Error::new(
                span,
                format!("`{}` {expected}: write `{}`", key.name(), key.example()),
            ))
        };
        if input.is_empty() || input.peek(Token![,]) {
            return wrong(ident.span(), "has no value after `=`");
        }
        let start = input.span();
        match shape {
            Shape::Flag => wrong(input.span(), "takes no value"),
            Shape::Text if input.peek(LitStr) => input.parse().map(Self::Text),
            Shape::Text => wrong(input.span(), "takes a string"),
            Shape::Path if input.peek(Lit) => {
                wrong(input.span(), "takes the path of a module, not a literal")
            }
            Shape::Path => match input.call(Path::parse_mod_style) {
                Ok(path) if !input.peek(Token![<]) => Ok(Self::Path(path)),
                _ => wrong(start, "takes the path of a module"),
            },
            Shape::Type if input.peek(Lit) => wrong(input.span(), "takes a type, not a literal"),
            Shape::Type => input.parse().map(Self::Type).or_else(|_| wrong(start, "takes a type")),
            Shape::FlagOrExpr => {
                input.parse().map(Self::Expr).or_else(|_| wrong(start, "takes an expression"))
            }
        }
    }
}

/// A comma between `<` and `>` stands in a type, and is skipped as well.
fn skip_past_comma(input: ParseStream<'_>) {
    let mut angles = 0_usize;
    while angles > 0 || !input.peek(Token![,]) {
        // A token tree always parses where there is one.
        let Ok(token) = input.parse::<TokenTree>() else { return };
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '<' => angles += 1,
            TokenTree::Punct(punct) if punct.as_char() == '>' => angles = angles.saturating_sub(1),
            _ => {}
        }
    }
    let _ = input.parse::<Option<Token![,]>>();
}

fn describe_duplicate(key: Key) -> String {
    match key {
        Key::Rename => "duplicate `rename`: for a second name, write `alias = \"…\"`".to_owned(),
        key => format!("duplicate `{}`: write it once", key.name()),
    }
}

/// How much of a name a path shows, and problems are told apart by.
const MAX_NAME: usize = 255;

/// Attribute names are 1 byte to 64 KB, see
/// [Naming rules](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html).
fn parse_name(text: &LitStr) -> syn::Result<Spanned<String>> {
    let value = text.value();
    let mistake = if value.is_empty() {
        "the name is empty: write the attribute's name as it is in the table"
    } else if value.len() > MAX_NAME {
        "the name is longer than 255 bytes, and longer ones are not told apart: read the attribute with `rest`"
    } else if !text.suffix().is_empty() {
        "the name has a suffix: write the string alone"
    } else {
        return Ok(Spanned { value, span: text.span() });
    };
    Err(syn::Error::new(text.span(), mistake))
}

fn parse_case(text: &LitStr) -> syn::Result<Case> {
    let rule = text.value();
    if let Some(case) = Case::parse(&rule) {
        return Ok(case);
    }
    let names = RULES.map(|(name, _)| name);
    Err(syn::Error::new(text.span(), suggest::describe_unknown("case", &rule, &names)))
}

fn parse_text<T>(
    text: &LitStr,
    parser: fn(ParseStream<'_>) -> syn::Result<T>,
    key: Key,
) -> syn::Result<T> {
    text.parse_with(parser).map_err(|_| {
        let message =
            format!("the text of `{}` does not parse: write `{}`", key.name(), key.example());
        syn::Error::new(text.span(), message)
    })
}
