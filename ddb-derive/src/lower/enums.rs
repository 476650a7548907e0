//! An enum without data.

use syn::{DataEnum, Ident};

use crate::attr::Keys;
use crate::attr::case::Case;
use crate::attr::key::Scope;
use crate::errors::{Errors, Mistake};
use crate::lower::conflicts::{VARIANT_CONFLICTS, refuse_conflicts};
use crate::lower::field::{Claims, parse_fields};
use crate::model::{Enum, Target, Variant};

pub fn lower(
    ident: &Ident,
    data: &DataEnum,
    target: Target,
    keys: &Keys,
    errors: &Errors,
) -> Result<Enum, Mistake> {
    if data.variants.is_empty() {
        return Err(errors.at(
            ident,
            "an enum without variants has no value to read: give it variants, or remove the derive",
        ));
    }
    let has_data = data.variants.iter().any(|variant| !variant.fields.is_empty());
    if target == Target::Image && !has_data {
        errors.at(
            ident,
            "an enum without data is a value inside an image, read from an `S`: derive \
             `FromAttribute` for it",
        );
    }
    let mut claims = Claims::default();
    let mut other = None;
    let mut variants = Vec::new();
    for variant in &data.variants {
        let variant_keys = Keys::parse(&variant.attrs, Scope::Variant, errors);
        if !variant.fields.is_empty() {
            parse_fields(&variant.fields, errors);
            errors.at(
                &variant.fields,
                "a variant with data cannot be read from an `S`: remove the data, or write \
                 `try_from = Item` on the enum and convert it",
            );
        }
        refuse_conflicts(&variant_keys, &VARIANT_CONFLICTS, errors);
        let ident = variant.ident.clone();
        if let Some(span) = variant_keys.other {
            if let Some(first) = &other {
                errors.at_span(
                    span,
                    format!("`{first}` takes the other names already: remove one `other`"),
                );
            }
            other.get_or_insert(ident);
            continue;
        }
        let names =
            claims.claim(&ident, &variant_keys, keys.rename_all, Case::rename_variant, errors);
        variants.push(Variant { ident, names });
    }
    Ok(Enum { variants, other })
}
