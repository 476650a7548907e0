//! Lowering shared by all kinds of fields and variants.

use std::collections::HashMap;

use syn::{Fields, Ident, Type};

use crate::attr::case::Case;
use crate::attr::key::Scope;
use crate::attr::{DefaultValue, Keys, Spanned};
use crate::errors::Errors;
use crate::mentions::is_byte_vec;
use crate::model::{Conversion, Default, ElementConversion, Form, Names, Writing};

pub fn lower_conversion(keys: &Keys, ty: &Type, errors: &Errors) -> Conversion {
    if let Some(span) = keys.bytes.filter(|_| is_byte_vec(ty)) {
        errors
            .at_span(span, "`bytes` has no meaning for a `Vec<u8>`, which reads a `B`: remove it");
    }
    if let Some(module) = &keys.with {
        Conversion::With(module.value.clone())
    } else if let Some(ty) = keys.try_from.as_ref().or(keys.from.as_ref()) {
        Conversion::TryFrom(Box::new(ty.value.clone()))
    } else if keys.from_str.is_some() {
        Conversion::Elements(ElementConversion::FromStr)
    } else if keys.bool_from_number.is_some() {
        Conversion::Elements(ElementConversion::BoolFromNumber)
    } else if keys.bytes.is_some() {
        Conversion::Elements(ElementConversion::Bytes)
    } else if keys.json.is_some() {
        Conversion::Json
    } else if keys.serde.is_some() {
        Conversion::Serde
    } else if let Some(unit) = &keys.unix_time {
        Conversion::Elements(ElementConversion::UnixTime(unit.value))
    } else {
        Conversion::FromAttribute
    }
}

pub fn lower_form(keys: &Keys) -> Form {
    if keys.list.is_some() {
        Form::List
    } else if keys.set.is_some() {
        Form::Set
    } else {
        Form::ByType
    }
}

pub fn lower_writing(keys: &Keys) -> Writing {
    Writing { form: lower_form(keys), has_null: keys.null.is_some(), skip_if: keys.skip_if.clone() }
}

pub fn lower_default(keys: &Keys) -> Option<Default> {
    keys.default.as_ref().map(|default| match &default.value {
        DefaultValue::Trait => Default::Trait,
        DefaultValue::Expr(expr) => Default::Expr(expr.clone()),
    })
}

/// The names claimed so far, each with its field or variant.
#[derive(std::default::Default)]
pub struct Claims(HashMap<String, Ident>);

impl Claims {
    /// Claims the names of a field or variant. A name that is claimed twice is a mistake.
    pub fn claim(
        &mut self,
        ident: &Ident,
        keys: &Keys,
        rename_all: Option<Case>,
        rename: fn(Case, &str) -> String,
        errors: &Errors,
    ) -> Names {
        let name = keys.name_of(ident, rename_all, rename);
        self.claim_name(ident, &name, errors);
        for alias in &keys.alias {
            self.claim_name(ident, alias, errors);
        }
        let aliases = keys.alias.iter().map(|alias| alias.value.clone()).collect();
        Names { name: name.value, aliases }
    }

    /// Claims a name.
    pub fn claim_name(&mut self, ident: &Ident, name: &Spanned<String>, errors: &Errors) {
        let Spanned { value, span } = name;
        if value.is_empty() {
            errors.at_span(*span, format!("`{ident}` gets an empty name: write `rename = \"…\"`"));
        }
        match self.0.get(value) {
            Some(first) if first == ident => {
                errors.at_span(
                    *span,
                    format!("`{ident}` has the name \"{value}\" already: remove this one"),
                );
            }
            Some(first) => {
                errors.at_span(
                    *span,
                    format!(
                        "`{first}` has the name \"{value}\" already: write another `rename` or \
                         `alias` on one of the two"
                    ),
                );
            }
            None => {
                self.0.insert(value.clone(), ident.clone());
            }
        }
    }
}

/// Parses the keys of fields only to report their mistakes.
pub fn parse_fields(fields: &Fields, errors: &Errors) {
    for field in fields {
        Keys::parse(&field.attrs, Scope::Field, errors);
    }
}
