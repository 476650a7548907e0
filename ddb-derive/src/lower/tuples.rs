//! A tuple struct.

use syn::{Fields, FieldsUnnamed};

use crate::attr::Keys;
use crate::attr::key::Scope;
use crate::errors::{Errors, Mistake};
use crate::lower::conflicts::{FIELD_CONFLICTS, TUPLE_CONFLICTS, refuse_conflicts, refuse_naming};
use crate::lower::field::{lower_conversion, lower_default, lower_form, parse_fields};
use crate::model::{Default, Direction, Element, Skipped, Target, Tuple};

pub fn lower(
    fields: &FieldsUnnamed,
    direction: Direction,
    target: Target,
    keys: &Keys,
    errors: &Errors,
) -> Result<Tuple, Mistake> {
    let remedy = match (fields.unnamed.len(), target, direction) {
        (0, ..) => Some("give it fields, or remove the derive"),
        (1, ..) => Some("write `#[ddb(transparent)]` on the struct to treat it as its field"),
        (_, Target::Image, Direction::Read) => Some(
            "derive `FromAttribute` to read it from a list, as a value inside an image, or name the fields",
        ),
        (_, Target::Image, Direction::Write) => {
            Some("name the fields, or derive `IntoAttribute` to write it as a list inside an item")
        }
        (_, Target::Value, _) => None,
    };
    if let Some(remedy) = remedy {
        parse_fields(&Fields::Unnamed(fields.clone()), errors);
        let fault = "the fields of a tuple struct have no names to find attributes by";
        return Err(errors.at(fields, format!("{fault}: {remedy}")));
    }
    for (key, span) in &keys.seen {
        if TUPLE_CONFLICTS.contains(key) {
            let name = key.name();
            errors.at_span(
                *span,
                format!("`{name}` has no meaning on a tuple struct, which is a list: remove it"),
            );
        }
    }
    let mut elements = Vec::new();
    let mut skipped = Vec::new();
    let fields = Fields::Unnamed(fields.clone());
    for (member, field) in fields.members().zip(&fields) {
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
            "a tuple struct, whose fields have no attributes of their own",
            errors,
        );
        let conversion = lower_conversion(&field_keys, &ty, errors);
        elements.push(Element { member, ty, conversion, form: lower_form(&field_keys) });
    }
    Ok(Tuple { elements, skipped })
}
