//! A type with `try_from` or `from`, whose own fields and variants are not read.

use syn::{Data, Type};

use crate::attr::Keys;
use crate::attr::key::Scope;
use crate::errors::Errors;
use crate::lower::conflicts::{CONVERTED_CONFLICTS, refuse_conflicts};
use crate::model::{Converted, Target};

pub fn lower(data: &Data, from: &Type, target: Target, keys: &Keys, errors: &Errors) -> Converted {
    refuse_conflicts(keys, &CONVERTED_CONFLICTS, errors);
    refuse_inner_keys(data, errors);
    Converted {
        is_item: target == Target::Image && is_item(from),
        from: from.clone(),
        is_strict: keys.try_from.is_some() || keys.strict.is_some(),
        is_fallible: keys.try_from.is_some(),
    }
}

/// Returns `true` if the type is written as the `Item` of `ddb_core` or of `serde_dynamo`.
///
/// The user's conversion from `Item` would conflict with a generated one. The derive has to decide
/// whether to generate one before types are known, so the name decides.
pub fn is_item(ty: &Type) -> bool {
    match ty {
        // `macro_rules!` wraps a type argument in a group.
        Type::Group(group) => is_item(&group.elem),
        Type::Path(path) => {
            let mut segments = path.path.segments.iter().rev();
            segments.next().is_some_and(|segment| segment.ident == "Item")
                && segments.next().is_none_or(|segment| {
                    segment.ident == "ddb_core" || segment.ident == "serde_dynamo"
                })
        }
        _ => false,
    }
}

fn refuse_inner_keys(data: &Data, errors: &Errors) {
    let refuse = |attributes: &[syn::Attribute], scope: Scope| {
        for (key, span) in Keys::parse(attributes, scope, errors).seen {
            let name = key.name();
            errors.at_span(
                span,
                format!(
                    "`{name}` has no meaning here: the type is converted as a whole; remove it"
                ),
            );
        }
    };
    let fields = match data {
        Data::Struct(data) => Vec::from_iter(&data.fields),
        Data::Enum(data) => {
            data.variants.iter().for_each(|variant| refuse(&variant.attrs, Scope::Variant));
            data.variants.iter().flat_map(|variant| &variant.fields).collect()
        }
        Data::Union(_) => Vec::new(),
    };
    for field in fields {
        refuse(&field.attrs, Scope::Field);
    }
}
