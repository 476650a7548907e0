//! A struct with named fields.

use syn::ext::IdentExt as _;
use syn::punctuated::Punctuated;
use syn::{Field as SynField, Ident, Token};

use crate::attr::case::Case;
use crate::attr::key::Scope;
use crate::attr::{DefaultValue, KeyTemplate, Keys};
use crate::errors::Errors;
use crate::lower::conflicts::{FIELD_CONFLICTS, refuse_conflicts};
use crate::lower::converted::is_item;
use crate::lower::field::{Claims, lower_conversion, lower_default, lower_writing};
use crate::mentions::is_own;
use crate::model::{ContainerDefault, Field, Placeholder, Role, Struct, Template, Unmapped};

pub fn lower(
    own: &Ident,
    fields: &Punctuated<SynField, Token![,]>,
    keys: &Keys,
    errors: &Errors,
) -> Struct {
    let mut claims = Claims::default();
    claim_attributes(&keys.templates, &mut claims, errors);
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
        } else if keys.has_in_template(&ident) && field_keys.stored.is_none() {
            refuse_unstored(&field_keys, &ident, errors);
            Role::Key
        } else {
            if let Some(span) = field_keys.stored.filter(|_| !keys.has_in_template(&ident)) {
                errors.at_span(
                    span,
                    format!(
                        "no template contains `{ident}`, so it is stored anyway: remove `stored`"
                    ),
                );
            }
            let names =
                claims.claim(&ident, &field_keys, keys.rename_all, Case::rename_field, errors);
            Role::Attribute {
                names,
                conversion: lower_conversion(&field_keys, &ty, errors),
                default,
                writing: lower_writing(&field_keys),
            }
        };
        lowered.push(Field { vis: field.vis.clone(), ident, ty, role });
    }
    let default = keys.default.as_ref().map(|default| match &default.value {
        DefaultValue::Trait => ContainerDefault::Trait(default.span),
        DefaultValue::Expr(expr) => ContainerDefault::Expr(expr.clone()),
    });
    let templates = lower_templates(&keys.templates, &lowered, &unmapped, errors);
    for version in &keys.upgrade_from {
        if is_own(version, own) {
            errors.at(version, "a type cannot be an older version of itself: name the old struct, such as `OrderV1`");
        }
    }
    Struct {
        is_strict: keys.strict.is_some(),
        default,
        fields: lowered,
        unmapped,
        templates,
        versions: keys.upgrade_from.clone(),
    }
}

/// Claims the attributes of the templates.
fn claim_attributes(keys: &[KeyTemplate], claims: &mut Claims, errors: &Errors) {
    for (index, KeyTemplate { is_primary, attribute, .. }) in keys.iter().enumerate() {
        if keys[..index].iter().any(|earlier| earlier.attribute.value == attribute.value) {
            let name = &attribute.value;
            errors.at_span(
                attribute.span,
                format!("`{name}` has a template already: remove one of the two"),
            );
        } else {
            let ident = Ident::new(if *is_primary { "key" } else { "index_key" }, attribute.span);
            claims.claim_name(&ident, attribute, errors);
        }
    }
}

/// Finds the fields of the templates.
fn lower_templates(
    keys: &[KeyTemplate],
    fields: &[Field],
    unmapped: &Unmapped,
    errors: &Errors,
) -> Vec<Template> {
    let find = |name: &str| {
        let field = fields.iter().position(|field| field.ident.unraw() == name);
        let is_readable = field
            .is_some_and(|index| matches!(fields[index].role, Role::Key | Role::Attribute { .. }));
        if is_readable {
            return Ok(field);
        }
        let is_rest =
            matches!(unmapped, Unmapped::Collected { ident, .. } if ident.unraw() == name);
        Err(if field.is_some() || is_rest {
            format!(
                "`{name}` is flattened, skipped or the rest, and cannot be part of a key: remove it \
                 from the template"
            )
        } else {
            format!("no field is named `{name}`: add it, or correct the name")
        })
    };
    let lower = |key: &KeyTemplate| {
        let template = &key.template;
        let fields = template.fields.iter().filter_map(|placeholder| {
            let field = find(&placeholder.name).unwrap_or_else(|message| {
                errors.at_span(template.span, message);
                None
            })?;
            Some(Placeholder { field, width: placeholder.width.unwrap_or_default() })
        });
        Template {
            is_primary: key.is_primary,
            attribute: key.attribute.value.clone(),
            text: template.text.clone(),
            literals: template.literals.clone(),
            fields: fields.collect(),
        }
    };
    keys.iter().map(lower).collect()
}

/// Refuses the keys that need an attribute, on a field that only a template contains.
fn refuse_unstored(keys: &Keys, ident: &Ident, errors: &Errors) {
    for (key, span) in &keys.seen {
        let name = key.name();
        errors.at_span(
            *span,
            format!(
                "`{name}` has no meaning for `{ident}`, which is part of a key alone: write \
                 `stored` if it has an attribute of its own, or remove `{name}`"
            ),
        );
    }
}
