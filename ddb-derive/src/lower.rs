//! Turns the declaration and its keys into the [`model`](crate::model), and checks every rule.

mod conflicts;
pub mod converted;
mod enums;
mod field;
mod newtype;
mod structs;
mod tagged;
mod tuples;

use syn::{Data, DeriveInput, Fields, GenericParam, WhereClause, parse_quote};

use crate::attr::Keys;
use crate::attr::key::Scope;
use crate::errors::{Errors, Mistake};
use crate::model::{Direction, Kind, Model, Target};

use self::field::parse_fields;

/// Parses the keys on the type itself. This is a step of its own because the fallback needs them
/// too.
pub fn parse_container(input: &DeriveInput, errors: &Errors) -> Keys {
    let scope = match &input.data {
        Data::Enum(_) => Scope::Enum,
        Data::Struct(_) | Data::Union(_) => Scope::Struct,
    };
    Keys::parse(&input.attrs, scope, errors)
}

pub fn lower(
    input: &DeriveInput,
    direction: Direction,
    target: Target,
    keys: &Keys,
    errors: &Errors,
) -> Result<Model, Mistake> {
    if direction == Direction::Read {
        refuse_lifetimes(input, errors);
    }
    let bound = keys
        .bound
        .clone()
        .map(|predicates| WhereClause { where_token: parse_quote!(where), predicates });
    Ok(Model {
        direction,
        target,
        vis: input.vis.clone(),
        ident: input.ident.clone(),
        this: {
            let ident = &input.ident;
            let (_, arguments, _) = input.generics.split_for_impl();
            parse_quote!(#ident #arguments)
        },
        key_of: None,
        generics: input.generics.clone(),
        bound,
        krate: keys.crate_path(),
        kind: lower_kind(input, direction, target, keys, errors)?,
    })
}

fn lower_kind(
    input: &DeriveInput,
    direction: Direction,
    target: Target,
    keys: &Keys,
    errors: &Errors,
) -> Result<Kind, Mistake> {
    let from = keys.try_from.as_ref().or(keys.from.as_ref());
    match (&input.data, from) {
        (Data::Union(data), _) => {
            parse_fields(&Fields::Named(data.fields.clone()), errors);
            Err(errors.at(data.union_token, "a union has no attributes: write a struct"))
        }
        (data, Some(from)) => {
            let converted = converted::lower(data, &from.value, target, keys, errors);
            Ok(Kind::Converted(Box::new(converted)))
        }
        (Data::Enum(data), None) => match tagged::selector(keys) {
            Some(selector) => tagged::lower(&input.ident, data, selector, keys, errors)
                .map(|tagged| Kind::Tagged(Box::new(tagged))),
            None => {
                enums::lower(&input.ident, data, direction, target, keys, errors).map(Kind::Enum)
            }
        },
        (Data::Struct(data), None) => match (&data.fields, keys.transparent) {
            (fields, Some(span)) => newtype::lower(&input.ident, fields, keys, span, errors)
                .map(|newtype| Kind::Newtype(Box::new(newtype))),
            (Fields::Named(fields), None) => Ok(Kind::Struct(Box::new(structs::lower(
                &input.ident,
                &fields.named,
                keys,
                errors,
            )))),
            (Fields::Unnamed(fields), None) => {
                tuples::lower(fields, direction, target, keys, errors).map(Kind::Tuple)
            }
            (Fields::Unit, None) => Err(errors.at(
                &input.ident,
                "a unit struct has no fields: give it some, or remove the derive",
            )),
        },
    }
}

fn refuse_lifetimes(input: &DeriveInput, errors: &Errors) {
    for parameter in &input.generics.params {
        if let GenericParam::Lifetime(lifetime) = parameter {
            errors.at(
                lifetime,
                "a type that borrows cannot be read from an image, which is gone afterwards: \
                 own the data, `String` for `&str` and `Cow<'static, str>` for `Cow<'a, str>`",
            );
        }
    }
}
