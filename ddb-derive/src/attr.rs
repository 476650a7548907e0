//! Parses the `#[ddb(…)]` attributes as they are written.

pub mod case;
pub mod key;
mod suggest;
pub mod template;

use proc_macro2::{Span, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Expr, Ident, Lit, LitStr, Meta, Path, PathArguments, Token, Type, WherePredicate,
    parenthesized, parse_quote, token,
};

use crate::errors::Errors;
use crate::model::Unit;

use self::case::{Case, RULES};
use self::key::{Key, Scope, Shape};
use self::template::Template;

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

/// A key attribute that is made of fields.
#[derive(Clone)]
pub struct KeyTemplate {
    /// Whether the attribute belongs to the table's key, and not to that of an index.
    pub is_primary: bool,
    pub attribute: Spanned<String>,
    pub template: Template,
}

/// The keys on one container, field or variant. A key that does not belong in the scope is refused
/// while parsing. `lower` refuses keys that contradict each other.
#[derive(Default)]
pub struct Keys {
    pub alias: Vec<Spanned<String>>,
    pub bool_from_number: Option<Span>,
    pub by_key: Option<Span>,
    pub bound: Option<Punctuated<WherePredicate, Token![,]>>,
    pub bytes: Option<Span>,
    pub krate: Option<Path>,
    /// Whether the text of `crate` does not parse as a path.
    pub has_unknown_crate: bool,
    pub default: Option<Spanned<DefaultValue>>,
    pub deny_unknown: Option<Span>,
    pub flatten: Option<Span>,
    pub from: Option<Spanned<Type>>,
    pub from_str: Option<Span>,
    pub json: Option<Span>,
    pub list: Option<Span>,
    pub null: Option<Span>,
    pub other: Option<Span>,
    pub prefix: Vec<Spanned<String>>,
    pub rename: Option<Spanned<String>>,
    pub rename_all: Option<Case>,
    pub rename_all_fields: Option<Case>,
    pub repr: Option<Span>,
    pub rest: Option<Span>,
    pub serde: Option<Span>,
    pub set: Option<Span>,
    pub skip: Option<Span>,
    pub skip_if: Option<Path>,
    pub stored: Option<Span>,
    pub strict: Option<Span>,
    pub tag: Option<String>,
    /// The key attributes with their templates.
    pub templates: Vec<KeyTemplate>,
    pub transparent: Option<Span>,
    pub try_from: Option<Spanned<Type>>,
    pub unix_time: Option<Spanned<Unit>>,
    /// The older versions, the newest first.
    pub upgrade_from: Vec<Type>,
    pub with: Option<Spanned<Path>>,
    /// Every key, in the order in which they are written.
    pub seen: Vec<(Key, Span)>,
    /// The keys that misspelled keys were probably meant to be.
    pub meant: Vec<Key>,
}

impl Keys {
    /// The name of a field or variant, without its aliases.
    pub fn name_of(
        &self,
        ident: &Ident,
        rename_all: Option<Case>,
        rename: fn(Case, &str) -> String,
    ) -> Spanned<String> {
        self.rename.clone().unwrap_or_else(|| {
            let name = ident.unraw().to_string();
            let value = rename_all.map_or_else(|| name.clone(), |case| rename(case, &name));
            Spanned { value, span: ident.span() }
        })
    }

    /// Returns `true` if a key template contains the field.
    pub fn has_in_template(&self, ident: &Ident) -> bool {
        let name = ident.unraw().to_string();
        self.templates.iter().any(|key| key.template.fields.iter().any(|field| field.name == name))
    }

    pub fn parse(attributes: &[Attribute], scope: Scope, errors: &Errors) -> Self {
        let mut keys = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("ddb")) {
            match &attribute.meta {
                Meta::List(list) => {
                    let parser = |input: ParseStream<'_>| {
                        keys.parse_list(input, scope, errors);
                        Ok(())
                    };
                    if let Err(error) = parser.parse2(list.tokens.clone()) {
                        errors.push(error);
                    }
                }
                meta => {
                    errors.at(meta, "the keys are in parentheses: write `#[ddb(…)]`");
                }
            }
        }
        keys
    }

    /// Parses the keys of one attribute. After a mistake, parsing continues at the next comma.
    fn parse_list(&mut self, input: ParseStream<'_>, scope: Scope, errors: &Errors) {
        while !input.is_empty() {
            match self.parse_key(input, scope, errors) {
                Ok(()) if is_at_end(input) => {}
                Ok(()) => {
                    errors.push(input.error("expected `,`: write one between two keys"));
                }
                Err(error) => {
                    errors.push(error);
                }
            }
            skip_past_comma(input);
        }
    }

    fn parse_key(
        &mut self,
        input: ParseStream<'_>,
        scope: Scope,
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
        let key = Key::find(&ident.unraw().to_string(), scope).map_err(|wrong| {
            self.meant.extend(wrong.meant);
            syn::Error::new(span, wrong.message)
        })?;
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
                self.default = Some(Spanned { value: DefaultValue::Trait, span });
            }
            (Key::Default, Value::Expr(expr)) => {
                self.default = Some(Spanned { value: DefaultValue::Expr(Box::new(expr)), span });
            }
            (Key::Alias, Value::Text(text)) => self.alias.push(parse_name(&text)?),
            (Key::Rename, Value::Text(text)) => self.rename = Some(parse_name(&text)?),
            (Key::RenameAll, Value::Text(text)) => self.rename_all = Some(parse_case(&text)?),
            (Key::RenameAllFields, Value::Text(text)) => {
                self.rename_all_fields = Some(parse_case(&text)?);
            }
            (Key::Tag, Value::Text(text)) => {
                // Kept even if it is wrong: an enum without a tag would be another mistake.
                self.tag = Some(text.value());
                parse_name(&text)?;
            }
            (Key::Prefix, Value::Text(text)) => self.prefix.push(parse_prefix(&text)?),
            (Key::Crate, Value::Text(text)) => {
                self.has_unknown_crate = true;
                self.krate = Some(parse_text(&text, Path::parse_mod_style, key)?);
                self.has_unknown_crate = false;
            }
            (Key::Bound, Value::Text(text)) => {
                self.bound = Some(parse_text(&text, Punctuated::parse_terminated, key)?);
            }
            (Key::From, Value::Type(value)) => self.from = Some(Spanned { value, span }),
            (Key::TryFrom, Value::Type(value)) => self.try_from = Some(Spanned { value, span }),
            (Key::UpgradeFrom, Value::Type(value)) => self.upgrade_from.push(value),
            (Key::SkipIf, Value::Path(value)) => self.skip_if = Some(value),
            (Key::With, Value::Path(value)) => self.with = Some(Spanned { value, span }),
            (Key::UnixTime, Value::None) => {
                self.unix_time = Some(Spanned { value: Unit::Seconds, span });
            }
            (Key::UnixTime, Value::Text(text)) => {
                self.unix_time = Some(Spanned { value: parse_unit(&text)?, span });
            }
            (Key::Key | Key::IndexKey, Value::Templates(templates)) => {
                let mut mistakes: Option<syn::Error> = None;
                for (attribute, text) in templates {
                    match template::parse(&text) {
                        Ok(template) => {
                            let is_primary = key == Key::Key;
                            self.templates.push(KeyTemplate { is_primary, attribute, template });
                        }
                        Err(mistake) => match &mut mistakes {
                            Some(mistakes) => mistakes.combine(mistake),
                            None => mistakes = Some(mistake),
                        },
                    }
                }
                return mistakes.map_or(Ok(()), Err);
            }
            (key, _) => {
                if let Some(flag) = self.flag(key) {
                    *flag = Some(span);
                }
            }
        }
        Ok(())
    }

    /// The path of `ddb-core`.
    pub fn crate_path(&self) -> Path {
        self.krate.clone().unwrap_or_else(|| parse_quote!(::ddb_core))
    }

    fn flag(&mut self, key: Key) -> Option<&mut Option<Span>> {
        match key {
            Key::BoolFromNumber => Some(&mut self.bool_from_number),
            Key::ByKey => Some(&mut self.by_key),
            Key::Bytes => Some(&mut self.bytes),
            Key::DenyUnknown => Some(&mut self.deny_unknown),
            Key::Flatten => Some(&mut self.flatten),
            Key::FromStr => Some(&mut self.from_str),
            Key::Json => Some(&mut self.json),
            Key::List => Some(&mut self.list),
            Key::Null => Some(&mut self.null),
            Key::Other => Some(&mut self.other),
            Key::Repr => Some(&mut self.repr),
            Key::Rest => Some(&mut self.rest),
            Key::Serde => Some(&mut self.serde),
            Key::Set => Some(&mut self.set),
            Key::Skip => Some(&mut self.skip),
            Key::Stored => Some(&mut self.stored),
            Key::Strict => Some(&mut self.strict),
            Key::Transparent => Some(&mut self.transparent),
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
    Templates(Vec<(Spanned<String>, LitStr)>),
}

impl Value {
    /// A path that generated code can call a function of: `Type<A>` becomes `Type::<A>`.
    fn path(mut path: Path) -> Self {
        for segment in &mut path.segments {
            if let PathArguments::AngleBracketed(arguments) = &mut segment.arguments {
                arguments.colon2_token.get_or_insert_default();
            }
        }
        Self::Path(path)
    }

    fn parse(input: ParseStream<'_>, key: Key, ident: &Ident) -> syn::Result<Self> {
        let has_value = input.peek(Token![=]);
        let has_list = input.peek(token::Paren);
        let shape = key.shape();
        let may_be_flag = matches!(shape, Shape::Flag | Shape::FlagOrExpr | Shape::FlagOrText);
        if !has_value && !has_list && may_be_flag {
            return Ok(Self::None);
        }
        if shape == Shape::Templates {
            return Self::parse_templates(input, key, ident);
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
        if is_at_end(input) {
            return wrong(ident.span(), "has no value after `=`");
        }
        let start = input.span();
        match shape {
            Shape::Flag | Shape::Templates => wrong(input.span(), "takes no value"),
            Shape::Text | Shape::FlagOrText if input.peek(LitStr) => input.parse().map(Self::Text),
            Shape::Text | Shape::FlagOrText => wrong(input.span(), "takes a string"),
            Shape::Function | Shape::Module => {
                let takes = if shape == Shape::Function {
                    "takes the path of a function"
                } else {
                    "takes the path of a module"
                };
                if input.peek(Lit) {
                    return wrong(input.span(), &format!("{takes}, not a literal"));
                }
                match input.parse().map(Self::path) {
                    Ok(path) if is_at_end(input) => Ok(path),
                    _ => wrong(start, takes),
                }
            }
            Shape::Type if input.peek(Lit) => wrong(input.span(), "takes a type, not a literal"),
            Shape::Type => input.parse().map(Self::Type).or_else(|_| wrong(start, "takes a type")),
            Shape::FlagOrExpr => {
                input.parse().map(Self::Expr).or_else(|_| wrong(start, "takes an expression"))
            }
        }
    }
}

impl Value {
    /// Parses `(PK = "…", SK = "…")`. A name is an identifier or a string.
    fn parse_templates(input: ParseStream<'_>, key: Key, ident: &Ident) -> syn::Result<Self> {
        let wrong = |span: Span| {
            let message = format!(
                "`{}` takes attributes with their templates: write `{}`",
                key.name(),
                key.example()
            );
            syn::Error::new(span, message)
        };
        if !input.peek(token::Paren) {
            return Err(wrong(ident.span()));
        }
        let inside;
        parenthesized!(inside in input);
        let mut templates = Vec::new();
        while !inside.is_empty() {
            let span = inside.span();
            let attribute = if inside.peek(LitStr) {
                parse_name(&inside.parse()?)?
            } else {
                let name = inside.call(Ident::parse_any).map_err(|_| wrong(span))?;
                Spanned { value: name.unraw().to_string(), span }
            };
            inside.parse::<Token![=]>().map_err(|_| wrong(span))?;
            templates.push((attribute, inside.parse::<LitStr>().map_err(|_| wrong(span))?));
            if !inside.is_empty() {
                inside.parse::<Token![,]>().map_err(|_| wrong(span))?;
            }
        }
        if templates.is_empty() {
            return Err(wrong(ident.span()));
        }
        Ok(Self::Templates(templates))
    }
}

fn is_at_end(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,])
}

/// Skips everything up to and including the next comma, except for commas between a type's generic
/// arguments.
fn skip_past_comma(input: ParseStream<'_>) {
    let mut angles = 0_usize;
    while angles > 0 || !input.peek(Token![,]) {
        // Parsing a token tree fails only at the end of the input.
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

/// The number of bytes of a name that the runtime keeps in the path of a problem.
const MAX_NAME: usize = 255;

/// Checks the name of an attribute or a variant.
///
/// DynamoDB allows attribute names of 1 byte to 64 KB, see
/// [Naming rules](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html).
fn parse_name(text: &LitStr) -> syn::Result<Spanned<String>> {
    let value = text.value();
    let mistake = if value.is_empty() {
        "the name is empty: write the attribute's name as it is in the table"
    } else if value.len() > MAX_NAME {
        "the name is longer than 255 bytes, which problems cannot tell apart: read the attribute with `rest`"
    } else if !text.suffix().is_empty() {
        "the name has a suffix: write the string alone"
    } else {
        return Ok(Spanned { value, span: text.span() });
    };
    Err(syn::Error::new(text.span(), mistake))
}

fn parse_prefix(text: &LitStr) -> syn::Result<Spanned<String>> {
    let value = text.value();
    if value.is_empty() {
        let mistake = "an empty prefix takes every tag: write `other` instead";
        return Err(syn::Error::new(text.span(), mistake));
    }
    Ok(Spanned { value, span: text.span() })
}

fn parse_case(text: &LitStr) -> syn::Result<Case> {
    let rule = text.value();
    if let Some(case) = Case::parse(&rule) {
        return Ok(case);
    }
    let names = RULES.map(|(name, _)| name);
    Err(syn::Error::new(text.span(), suggest::describe_unknown("case", &rule, &names)))
}

fn parse_unit(text: &LitStr) -> syn::Result<Unit> {
    let unit = text.value();
    let found = UNITS.iter().find(|(name, _)| *name == unit);
    found.map(|(_, unit)| *unit).ok_or_else(|| {
        let names = UNITS.map(|(name, _)| name);
        syn::Error::new(text.span(), suggest::describe_unknown("unit", &unit, &names))
    })
}

/// The units of `unix_time` by name.
const UNITS: [(&str, Unit); 4] = [
    ("s", Unit::Seconds),
    ("ms", Unit::Milliseconds),
    ("us", Unit::Microseconds),
    ("ns", Unit::Nanoseconds),
];

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
