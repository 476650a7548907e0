//! A struct with named fields.

use syn::punctuated::Punctuated;
use syn::{Field as SynField, Ident, Token};

use crate::attr::case::Case;
use crate::attr::key::Scope;
use crate::attr::{DefaultValue, Keys};
use crate::errors::Errors;
use crate::lower::conflicts::{FIELD_CONFLICTS, refuse_conflicts};
use crate::lower::converted::is_item;
use crate::lower::field::{Claims, lower_conversion, lower_default};
use crate::mentions::is_own;
use crate::model::{ContainerDefault, Field, Role, Struct, Unmapped};

pub fn lower(
    own: &Ident,
    fields: &Punctuated<SynField, Token![,]>,
    keys: &Keys,
    errors: &Errors,
) -> Struct {
    let mut claims = Claims::default();
    let mut unmapped =
        if keys.deny_unknown.is_some() { Unmapped::Denied } else { Unmapped::Ignored };
    let mut lowered = Vec::new();
    for field in fields {
        // Every named field has an identifier.
        let Some(ident) = field.ident.clone() else { continue };
        let field_keys = Keys::parse(&field.attrs, Scope::Field, errors);
        refuse_conflicts(&field_keys, &FIELD_CONFLICTS, errors);
        let ty = field.ty.clone();
        let default = lower_default(&field_keys);
        let role = if field_keys.skip.is_some() {
            Role::Skip { default }
        } else if let Some(span) = field_keys.flatten {
            if is_item(&ty) {
                errors.at_span(
                    span,
                    "an `Item` collects the attributes that no field maps: write `rest` instead of \
                     `flatten`",
                );
            }
            if is_own(&ty, own) {
                errors.at_span(
                    span,
                    "a struct cannot be flattened into itself, as its attributes would be read \
                     twice: remove `flatten`",
                );
            }
            Role::Flatten { span, default }
        } else if let Some(span) = field_keys.rest {
            match &unmapped {
                Unmapped::Ignored => unmapped = Unmapped::Collected { ident, ty: Box::new(ty) },
                Unmapped::Denied => {
                    errors.at_span(
                        span,
                        "`rest` and `deny_unknown` contradict each other: nothing is unknown where \
                         the rest is collected; remove one of them",
                    );
                }
                Unmapped::Collected { ident: first, .. } => {
                    errors.at_span(
                        span,
                        format!("`{first}` collects the rest already: remove one `rest`"),
                    );
                }
            }
            continue;
        } else {
            let names =
                claims.claim(&ident, &field_keys, keys.rename_all, Case::rename_field, errors);
            Role::Attribute {
                names,
                conversion: lower_conversion(&field_keys, &ty, errors),
                default,
            }
        };
        lowered.push(Field { ident, ty, role });
    }
    let default = keys.default.as_ref().map(|default| match &default.value {
        DefaultValue::Trait => ContainerDefault::Trait(default.span),
        DefaultValue::Expr(expr) => ContainerDefault::Expr(expr.clone()),
    });
    Struct { is_strict: keys.strict.is_some(), default, fields: lowered, unmapped }
}
