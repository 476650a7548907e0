//! An enum whose variants a tag or the key tells apart.

use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{DataEnum, Field, Fields, Ident, Type};

use crate::attr::case::Case;
use crate::attr::key::{Key, Scope};
use crate::attr::{KeyTemplate, Keys, Spanned};
use crate::errors::{Errors, Mistake};
use crate::lower::conflicts::{TAGGED_CONFLICTS, VARIANT_CONFLICTS, refuse_conflicts};
use crate::lower::converted::is_item;
use crate::lower::enums::{refuse_empty, refuse_rename_all_fields, refuse_templates};
use crate::lower::field::{Claims, parse_fields};
use crate::lower::structs;
use crate::mentions::is_own;
use crate::model::{Content, OtherVariant, Selector, Tagged, TaggedVariant};

/// How the variant of an image is found. `None` if the enum has neither `tag` nor `by_key`.
pub fn selector(keys: &Keys) -> Option<Selector> {
    match (&keys.tag, keys.by_key) {
        (Some(tag), _) => Some(Selector::Tag(tag.clone())),
        (None, Some(span)) => Some(Selector::Key(span)),
        (None, None) => None,
    }
}

pub fn lower(
    own: &Ident,
    data: &DataEnum,
    selector: Selector,
    keys: &Keys,
    errors: &Errors,
) -> Result<Tagged, Mistake> {
    refuse_empty(own, data, errors)?;
    refuse_conflicts(keys, &TAGGED_CONFLICTS, errors);
    refuse_rename_all_fields(data, keys, errors);
    let mut tags = ClaimedTags::default();
    let mut other: Option<OtherVariant> = None;
    let mut variants = Vec::new();
    for variant in &data.variants {
        let mut variant_keys = Keys::parse(&variant.attrs, Scope::Variant, errors);
        refuse_conflicts(&variant_keys, &VARIANT_CONFLICTS, errors);
        let ident = variant.ident.clone();
        if let Some(span) = variant_keys.other {
            if let Some(OtherVariant { ident: first, .. }) = &other {
                errors.at_span(
                    span,
                    format!("`{first}` takes everything else already: remove one `other`"),
                );
            }
            let item = lower_other(&variant.fields, errors);
            other.get_or_insert(OtherVariant { ident, item });
            continue;
        }
        let (names, prefixes) = match selector {
            Selector::Key(_) => {
                refuse_tags(&variant_keys, errors);
                (Vec::new(), Vec::new())
            }
            Selector::Tag(_) => tags.claim(&ident, &mut variant_keys, keys.rename_all, errors),
        };
        let says_key = variant_keys.seen.iter().any(|(key, _)| *key == Key::Key);
        let templates = std::mem::take(&mut variant_keys.templates);
        let content = lower_content(own, &variant.fields, keys, templates, errors)?;
        let has_key = says_key || matches!(content, Content::Image(_));
        if matches!(selector, Selector::Key(_)) && !has_key {
            errors.at(
                &ident,
                "`by_key` selects a variant by its key: write `#[ddb(key(PK = \"…\"))]` on it",
            );
        }
        variants.push(TaggedVariant { ident, names, prefixes, content });
    }
    Ok(Tagged { selector, variants, other })
}

/// Refuses the keys that are about tags.
fn refuse_tags(keys: &Keys, errors: &Errors) {
    for (key, span) in &keys.seen {
        if let Key::Alias | Key::Prefix | Key::Rename = key {
            let name = key.name();
            errors.at_span(
                *span,
                format!("`{name}` is about a tag, and `by_key` selects by the key: remove it"),
            );
        }
    }
}

/// The tags claimed so far, each with its variant.
#[derive(Default)]
struct ClaimedTags {
    names: Claims,
    prefixes: Vec<(String, Ident)>,
}

impl ClaimedTags {
    /// Claims the tags of a variant. Returns its names and its prefixes.
    fn claim(
        &mut self,
        ident: &Ident,
        keys: &mut Keys,
        rename_all: Option<Case>,
        errors: &Errors,
    ) -> (Vec<String>, Vec<String>) {
        // A prefix takes the place of the name that the variant would have otherwise.
        if !keys.prefix.is_empty() && keys.rename.is_none() && !keys.alias.is_empty() {
            keys.rename = Some(keys.alias.remove(0));
        }
        let mut names = Vec::new();
        if keys.prefix.is_empty() || keys.rename.is_some() {
            let claimed = self.names.claim(ident, keys, rename_all, Case::rename_variant, errors);
            names.extend(claimed.iter().map(str::to_owned));
        }
        for prefix in &keys.prefix {
            self.claim_prefix(ident, prefix, errors);
        }
        (names, keys.prefix.iter().map(|prefix| prefix.value.clone()).collect())
    }

    fn claim_prefix(&mut self, ident: &Ident, prefix: &Spanned<String>, errors: &Errors) {
        match self.prefixes.iter().find(|(claimed, _)| *claimed == prefix.value) {
            Some((value, first)) => {
                errors.at_span(
                    prefix.span,
                    format!("`{first}` has the prefix {value:?} already: remove one of the two"),
                );
            }
            None => self.prefixes.push((prefix.value.clone(), ident.clone())),
        }
    }
}

fn lower_content(
    own: &Ident,
    fields: &Fields,
    keys: &Keys,
    templates: Vec<KeyTemplate>,
    errors: &Errors,
) -> Result<Content, Mistake> {
    let named = match fields {
        _ if fields.is_empty() && templates.is_empty() => return Ok(Content::Unit),
        Fields::Named(fields) => fields.named.clone(),
        // A key without fields is a text that never changes.
        _ if fields.is_empty() => Punctuated::new(),
        _ => {
            refuse_templates(&templates, errors);
            return lower_image(own, fields, errors);
        }
    };
    let strict = Some(fields.span());
    let keys = Keys { rename_all: keys.rename_all_fields, strict, templates, ..Keys::default() };
    Ok(Content::Fields(Box::new(structs::lower(own, &named, &keys, errors))))
}

/// Lowers the one type in a variant such as `Order(Order)`.
fn lower_image(own: &Ident, fields: &Fields, errors: &Errors) -> Result<Content, Mistake> {
    let mut all = fields.iter();
    let (Some(field), None) = (all.next(), all.next()) else {
        parse_fields(fields, errors);
        return Err(errors.at(
            fields,
            "the fields of a variant have no names to find attributes by: give them names, or \
             put a struct in the variant, `Order(Order)`",
        ));
    };
    refuse_field_keys(field, errors);
    if is_own(&field.ty, own) {
        return Err(errors.at(
            &field.ty,
            "the content of a variant is read from the same attributes, so the enum cannot contain \
             itself: put it in a field of a struct",
        ));
    }
    Ok(Content::Image(Box::new(field.ty.clone())))
}

fn refuse_field_keys(field: &Field, errors: &Errors) {
    for (key, span) in Keys::parse(&field.attrs, Scope::Field, errors).seen {
        let name = key.name();
        errors.at_span(
            span,
            format!("`{name}` has no meaning on the content of a variant: remove it"),
        );
    }
}

/// Returns the type of the item that an `other` variant keeps.
fn lower_other(fields: &Fields, errors: &Errors) -> Option<Box<Type>> {
    fields.iter().for_each(|field| refuse_field_keys(field, errors));
    let mut all = fields.iter();
    match (fields, all.next(), all.next()) {
        (_, None, _) => None,
        (Fields::Unnamed(_), Some(field), None) if is_item(&field.ty) => {
            Some(Box::new(field.ty.clone()))
        }
        _ => {
            errors.at(
                fields,
                "an `other` variant keeps the whole item, or nothing: write `Other(Item)` or `Other`",
            );
            None
        }
    }
}
