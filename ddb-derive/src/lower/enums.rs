//! An enum without data.

use syn::{DataEnum, Fields, Ident, Type};

use crate::attr::case::Case;
use crate::attr::key::{Key, Scope};
use crate::attr::{KeyTemplate, Keys};
use crate::errors::{Errors, Mistake};
use crate::lower::conflicts::{REPR_CONFLICTS, VARIANT_CONFLICTS, refuse_conflicts, refuse_naming};
use crate::lower::field::{Claims, parse_fields};
use crate::mentions::is_named;
use crate::model::{Direction, Enum, Other, Target, Variant};

pub fn lower(
    ident: &Ident,
    data: &DataEnum,
    direction: Direction,
    target: Target,
    keys: &Keys,
    errors: &Errors,
) -> Result<Enum, Mistake> {
    refuse_empty(ident, data, errors)?;
    refuse_rename_all_fields(data, keys, errors);
    refuse_conflicts(keys, &REPR_CONFLICTS, errors);
    let is_repr = keys.repr.is_some();
    let has_data = data.variants.iter().any(|variant| !variant.fields.is_empty());
    if target == Target::Image && !has_data {
        let derive = direction.value_derive();
        errors.at(
            ident,
            format!(
                "an enum without data is a value inside an item, an `S`: derive `{derive}` for it, or \
                 write `#[ddb(tag = \"…\")]` to make it an attribute of the item"
            ),
        );
    }
    let mut claims = Claims::default();
    let mut other = None;
    let mut variants = Vec::new();
    let mut numbered = Vec::new();
    for variant in &data.variants {
        let variant_keys = Keys::parse(&variant.attrs, Scope::Variant, errors);
        let text = kept_text(variant).filter(|_| variant_keys.other.is_some() && !is_repr);
        if !variant.fields.is_empty() && text.is_none() {
            parse_fields(&variant.fields, errors);
            errors.at(
                &variant.fields,
                if variant_keys.other.is_some() {
                    "an `other` variant holds nothing or, in an enum that is read from an `S`, a \
                     `String`: write `Unknown(String)`, or remove the data"
                } else {
                    "a variant with data needs something that tells the variants apart: write \
                     `#[ddb(tag = \"…\")]` or `#[ddb(by_key)]` on the enum, or remove the data"
                },
            );
        }
        refuse_conflicts(&variant_keys, &VARIANT_CONFLICTS, errors);
        for key in &variant_keys.templates {
            errors.at_span(
                key.attribute.span,
                "an enum without data has no key: remove the template, or write `#[ddb(by_key)]` on \
                 the enum",
            );
        }
        for prefix in &variant_keys.prefix {
            errors.at_span(
                prefix.span,
                "`prefix` is the beginning of a tag: write `#[ddb(tag = \"…\")]` on the enum, or \
                 remove it",
            );
        }
        let ident = variant.ident.clone();
        if let Some(span) = variant_keys.other {
            if let Some(Other { ident: first, .. }) = &other {
                errors.at_span(
                    span,
                    format!("`{first}` takes the other names already: remove one `other`"),
                );
            }
            other.get_or_insert(Other { ident, text: text.cloned().map(Box::new) });
            continue;
        }
        if is_repr {
            let container = "an enum with `repr`, which has numbers instead of names";
            refuse_naming(&variant_keys, container, errors);
            numbered.push(ident);
            continue;
        }
        let names =
            claims.claim(&ident, &variant_keys, keys.rename_all, Case::rename_variant, errors);
        variants.push(Variant { ident, names });
    }
    Ok(if is_repr {
        Enum::Numbered { variants: numbered, other: other.map(|other| other.ident) }
    } else {
        Enum::Named { variants, other }
    })
}

pub fn refuse_empty(ident: &Ident, data: &DataEnum, errors: &Errors) -> Result<(), Mistake> {
    if data.variants.is_empty() {
        return Err(errors.at(
            ident,
            "an enum without variants has no value to read: give it variants, or remove the derive",
        ));
    }
    Ok(())
}

pub fn refuse_rename_all_fields(data: &DataEnum, keys: &Keys, errors: &Errors) {
    let has_names = data.variants.iter().any(|variant| matches!(variant.fields, Fields::Named(_)));
    let key = keys.seen.iter().find(|(key, _)| *key == Key::RenameAllFields && !has_names);
    if let Some((_, span)) = key {
        errors.at_span(
            *span,
            "`rename_all_fields` renames the fields of variants, and no variant has any: write \
             `rename_all`",
        );
    }
}

/// Refuses templates on a variant without fields of its own.
pub fn refuse_templates(templates: &[KeyTemplate], errors: &Errors) {
    for key in templates {
        errors.at_span(
            key.attribute.span,
            "a key is made of the fields of a variant, and this one has none with a name: write the \
             template on the struct in it, or remove it",
        );
    }
}

/// The type of the one field of `Unknown(String)`.
fn kept_text(variant: &syn::Variant) -> Option<&Type> {
    let Fields::Unnamed(fields) = &variant.fields else { return None };
    let mut fields = fields.unnamed.iter();
    match (fields.next(), fields.next()) {
        (Some(field), None) if is_named(&field.ty, "String") => Some(&field.ty),
        _ => None,
    }
}
