//! A `transparent` struct.

use proc_macro2::Span;
use syn::{Fields, Ident};

use crate::attr::Keys;
use crate::attr::key::Scope;
use crate::errors::{Errors, Mistake};
use crate::lower::conflicts::{
    FIELD_CONFLICTS, TRANSPARENT_CONFLICTS, refuse_conflicts, refuse_naming,
};
use crate::lower::field::{lower_conversion, lower_default, lower_form};
use crate::mentions::is_own;
use crate::model::{Default, Newtype, Skipped};

pub fn lower(
    own: &Ident,
    fields: &Fields,
    keys: &Keys,
    transparent: Span,
    errors: &Errors,
) -> Result<Newtype, Mistake> {
    refuse_conflicts(keys, &TRANSPARENT_CONFLICTS, errors);
    let mut read = None;
    let mut skipped = Vec::new();
    for (member, field) in fields.members().zip(fields) {
        let field_keys = Keys::parse(&field.attrs, Scope::Field, errors);
        refuse_conflicts(&field_keys, &FIELD_CONFLICTS, errors);
        let ty = field.ty.clone();
        if field_keys.skip.is_some() {
            let default = lower_default(&field_keys).unwrap_or(Default::Trait);
            skipped.push(Skipped { member, ty, default });
            continue;
        }
        refuse_naming(
            &field_keys,
            "a `transparent` struct, which has no attributes of its own",
            errors,
        );
        if read.is_some() {
            return Err(errors.at_span(
                transparent,
                "a `transparent` struct is the same as its one field: mark the others `#[ddb(skip)]`, or \
                 remove `transparent`",
            ));
        }
        let conversion = lower_conversion(&field_keys, &ty, errors);
        read = Some((member, ty, conversion, lower_form(&field_keys)));
    }
    let Some((member, ty, conversion, form)) = read else {
        return Err(errors.at_span(
            transparent,
            "a `transparent` struct is the same as its one field, and there is none: add it, or \
             remove `transparent`",
        ));
    };
    if conversion.is_none() && is_own(&ty, own) {
        return Err(errors.at(
            &ty,
            "a `transparent` struct is the same as its one field, and this one is itself: remove \
             `transparent` to give the field an attribute of its own",
        ));
    }
    Ok(Newtype { is_strict: keys.strict.is_some(), member, ty, conversion, form, skipped })
}
