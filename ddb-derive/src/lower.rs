//! From what is written to the [`model`](crate::model): every rule is checked here.

use std::collections::HashMap;

use syn::ext::IdentExt as _;
use syn::{Data, DataEnum, DataStruct, DeriveInput, Fields, GenericParam, Ident, Path, WhereClause, parse_quote};

use crate::case::Case;
use crate::errors::Errors;
use crate::key::{Key, Place};
use crate::model::{Conversion, Default, Enum, Field, Input, Kind, Newtype, Role, Struct, Variant};
use crate::parse::{DefaultValue, Keys, Spanned};

/// What the skeleton needs to know of a type that has mistakes.
pub struct Outline {
    pub krate: Path,
    pub is_strict: bool,
}

impl Outline {
    pub fn of(keys: &Keys) -> Self {
        let krate = keys.krate.clone().unwrap_or_else(|| parse_quote!(::ddb_core));
        Self { krate, is_strict: keys.strict.is_some() }
    }
}

/// The container's keys are parsed before, so that the skeleton has them too.
pub fn lower(input: &DeriveInput, keys: &Keys, errors: &Errors) -> Option<Input> {
    refuse_lifetimes(input, errors);
    let krate = Outline::of(keys).krate;
    let bound = keys.bound.clone().map(|predicates| WhereClause { where_token: parse_quote!(where), predicates });
    let kind = match &input.data {
        Data::Struct(data) if keys.transparent.is_some() => {
            lower_newtype(data, keys, errors).map(Box::new).map(Kind::Newtype)
        }
        Data::Struct(data) => lower_struct(input, data, keys, errors).map(Kind::Struct),
        Data::Enum(data) => lower_enum(input, data, keys, errors).map(Kind::Enum),
        Data::Union(data) => {
            errors.at(data.union_token, "a union cannot be read from an image: write a struct");
            None
        }
    };
    Some(Input { ident: input.ident.clone(), generics: input.generics.clone(), bound, krate, kind: kind? })
}

/// The place of a container's keys.
pub fn container_place(data: &Data) -> Place {
    match data {
        Data::Enum(_) => Place::Enum,
        Data::Struct(_) | Data::Union(_) => Place::Struct,
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

fn lower_struct(input: &DeriveInput, data: &DataStruct, keys: &Keys, errors: &Errors) -> Option<Struct> {
    let fields = match &data.fields {
        Fields::Named(fields) => &fields.named,
        Fields::Unnamed(fields) => {
            let remedy = match fields.unnamed.len() {
                1 => "write `#[ddb(transparent)]` on the struct to read it as its field",
                _ => "name the fields, or read a tuple from a list with a field of type `(A, B)`",
            };
            errors.at(fields, format!("the fields of a tuple struct have no names to find attributes by: {remedy}"));
            return None;
        }
        Fields::Unit => {
            errors.at(&input.ident, "a unit struct has no fields to read: give it fields, or remove the derive");
            return None;
        }
    };
    let mut claims = Claims::default();
    let mut rest = None;
    let mut lowered = Vec::new();
    for field in fields {
        // A named field has a name.
        let Some(ident) = field.ident.clone() else { continue };
        let field_keys = Keys::parse(&field.attrs, Place::Field, errors);
        refuse_conflicts(&field_keys, &FIELD_CONFLICTS, errors);
        let role = lower_role(&ident, &field_keys, keys);
        if let Role::Attribute { .. } = role {
            claims.claim(
                &ident,
                &name_of(&ident, &field_keys, keys.rename_all, Case::rename_field),
                &field_keys,
                errors,
            );
        }
        if let (Role::Rest, Some(span)) = (&role, field_keys.rest) {
            if let Some(first) = &rest {
                errors.at_span(span, format!("`{first}` collects the rest already: remove one `rest`"));
            }
            if keys.deny_unknown.is_some() {
                errors.at_span(span, "`rest` and `deny_unknown` contradict each other: remove one of them");
            }
            rest.get_or_insert_with(|| ident.clone());
        }
        lowered.push(Field { ident, ty: field.ty.clone(), role });
    }
    Some(Struct { is_strict: keys.strict.is_some(), deny_unknown: keys.deny_unknown.is_some(), fields: lowered })
}

/// The name of a field or variant, and the token that it comes from.
fn name_of(ident: &Ident, keys: &Keys, rename_all: Option<Case>, rename: fn(Case, &str) -> String) -> Spanned<String> {
    if let Some(name) = &keys.rename {
        return name.clone();
    }
    let name = ident.unraw().to_string();
    Spanned { value: rename_all.map_or_else(|| name.clone(), |case| rename(case, &name)), span: ident.span() }
}

fn lower_role(ident: &Ident, keys: &Keys, container: &Keys) -> Role {
    let default = lower_default(keys, container);
    if keys.skip.is_some() {
        return Role::Skip { default: default.unwrap_or(Default::Trait) };
    }
    if keys.flatten.is_some() {
        return Role::Flatten { default };
    }
    if keys.rest.is_some() {
        return Role::Rest;
    }
    let name = name_of(ident, keys, container.rename_all, Case::rename_field);
    let names = std::iter::once(name.value).chain(keys.alias.iter().map(|alias| alias.value.clone())).collect();
    Role::Attribute { names, conversion: lower_conversion(keys), default }
}

fn lower_default(keys: &Keys, container: &Keys) -> Option<Default> {
    let (default, is_own) = match (&keys.default, &container.default) {
        (Some(default), _) => (default, true),
        (None, Some(default)) => (default, false),
        (None, None) => return None,
    };
    Some(match (&default.value, is_own) {
        (DefaultValue::Trait, true) => Default::Trait,
        (DefaultValue::Trait, false) => Default::OfContainer(default.span),
        (DefaultValue::Expr(expr), true) => Default::Expr(expr.clone()),
        (DefaultValue::Expr(expr), false) => Default::OfContainerExpr(expr.clone()),
    })
}

fn lower_conversion(keys: &Keys) -> Conversion {
    if let Some(module) = &keys.with {
        Conversion::With(module.value.clone())
    } else if let Some(ty) = &keys.try_from {
        Conversion::TryFrom(Box::new(ty.value.clone()))
    } else if keys.from_str.is_some() {
        Conversion::FromStr
    } else if keys.serde.is_some() {
        Conversion::Serde
    } else if keys.unix_time.is_some() {
        Conversion::UnixTime
    } else {
        Conversion::FromAttribute
    }
}

fn lower_newtype(data: &DataStruct, keys: &Keys, errors: &Errors) -> Option<Newtype> {
    refuse_conflicts(keys, &TRANSPARENT_CONFLICTS, errors);
    let mut read = None;
    let mut skipped = Vec::new();
    let mut is_single = true;
    for (member, field) in data.fields.members().zip(&data.fields) {
        let field_keys = Keys::parse(&field.attrs, Place::Field, errors);
        refuse_conflicts(&field_keys, &FIELD_CONFLICTS, errors);
        if field_keys.skip.is_some() {
            skipped.push((member, field.ty.clone(), lower_default(&field_keys, keys).unwrap_or(Default::Trait)));
            continue;
        }
        for (key, span) in &field_keys.seen {
            if NAMING.contains(key) {
                let name = key.name();
                errors.at_span(*span, format!("`{name}` has no meaning in a `transparent` struct, which has no attributes of its own: remove it"));
            }
        }
        is_single &= read.is_none();
        read.get_or_insert((member, field.ty.clone(), lower_conversion(&field_keys)));
    }
    match (read, keys.transparent) {
        (Some((member, ty, conversion)), _) if is_single => {
            Some(Newtype { is_strict: keys.strict.is_some(), member, ty, conversion, skipped })
        }
        (_, Some(span)) => {
            errors.at_span(span, "`transparent` needs exactly one field that is read: mark the others `#[ddb(skip)]`, or remove `transparent`");
            None
        }
        (_, None) => None,
    }
}

fn lower_enum(input: &DeriveInput, data: &DataEnum, keys: &Keys, errors: &Errors) -> Option<Enum> {
    if data.variants.is_empty() {
        errors
            .at(&input.ident, "an enum without variants has no value to read: give it variants, or remove the derive");
        return None;
    }
    if let Some(span) = keys.seen.iter().find_map(|(key, span)| (*key == Key::RenameAllFields).then_some(*span)) {
        errors.at_span(
            span,
            "`rename_all_fields` renames fields, and no variant has any: remove it, or write `rename_all`",
        );
    }
    let mut claims = Claims::default();
    let mut other = None;
    let mut variants = Vec::new();
    for variant in &data.variants {
        let variant_keys = Keys::parse(&variant.attrs, Place::Variant, errors);
        if !matches!(variant.fields, Fields::Unit) {
            errors.at(
                &variant.fields,
                "a variant with data cannot be read from an `S`: remove the data, or make it a struct of its own",
            );
        }
        refuse_conflicts(&variant_keys, &VARIANT_CONFLICTS, errors);
        let ident = variant.ident.clone();
        if let Some(span) = variant_keys.other {
            if let Some(first) = &other {
                errors.at_span(span, format!("`{first}` takes the other names already: remove one `other`"));
            }
            other.get_or_insert(ident);
            continue;
        }
        let name = name_of(&ident, &variant_keys, keys.rename_all, Case::rename_variant);
        claims.claim(&ident, &name, &variant_keys, errors);
        let names =
            std::iter::once(name.value).chain(variant_keys.alias.into_iter().map(|alias| alias.value)).collect();
        variants.push(Variant { ident, names });
    }
    Some(Enum { variants, other })
}

/// Which field or variant has which name.
#[derive(Default)]
struct Claims(HashMap<String, Ident>);

impl Claims {
    fn claim(&mut self, ident: &Ident, name: &Spanned<String>, keys: &Keys, errors: &Errors) {
        for name in std::iter::once(name).chain(&keys.alias) {
            match self.0.get(&name.value) {
                Some(first) if first == ident => {
                    errors.at_span(
                        name.span,
                        format!("`{ident}` has the name \"{}\" already: remove this one", name.value),
                    );
                }
                Some(first) => errors.at_span(
                    name.span,
                    format!(
                        "`{first}` has the name \"{}\" already: write another `rename` or `alias` on one of the two",
                        name.value
                    ),
                ),
                None => {
                    self.0.insert(name.value.clone(), ident.clone());
                }
            }
        }
    }
}

/// The keys that need a name or an absence, which the field of a `transparent` struct does not have.
const NAMING: [Key; 5] = [Key::Alias, Key::Default, Key::Flatten, Key::Rename, Key::Rest];

/// Keys of which only one can stand at a place, and why.
struct Conflict {
    keys: &'static [Key],
    with: &'static [Key],
    reason: &'static str,
}

const CONVERSIONS: [Key; 5] = [Key::With, Key::TryFrom, Key::FromStr, Key::Serde, Key::UnixTime];

const FIELD_CONFLICTS: [Conflict; 4] = [
    Conflict {
        keys: &[Key::Skip],
        with: &[
            Key::Alias,
            Key::Flatten,
            Key::FromStr,
            Key::Rename,
            Key::Rest,
            Key::Serde,
            Key::TryFrom,
            Key::UnixTime,
            Key::With,
        ],
        reason: "a field that is skipped reads no attribute",
    },
    Conflict {
        keys: &[Key::Flatten],
        with: &[Key::Alias, Key::FromStr, Key::Rename, Key::Rest, Key::Serde, Key::TryFrom, Key::UnixTime, Key::With],
        reason: "a flattened field has no attribute of its own",
    },
    Conflict {
        keys: &[Key::Rest],
        with: &[
            Key::Alias,
            Key::Default,
            Key::FromStr,
            Key::Rename,
            Key::Serde,
            Key::TryFrom,
            Key::UnixTime,
            Key::With,
        ],
        reason: "the rest has no attribute of its own, and is always there, if only empty",
    },
    Conflict { keys: &CONVERSIONS, with: &CONVERSIONS, reason: "a field is read in one way" },
];

const TRANSPARENT_CONFLICTS: [Conflict; 1] = [Conflict {
    keys: &[Key::Transparent],
    with: &[Key::Default, Key::DenyUnknown, Key::RenameAll],
    reason: "a `transparent` struct has no attributes of its own",
}];

const VARIANT_CONFLICTS: [Conflict; 1] = [Conflict {
    keys: &[Key::Other],
    with: &[Key::Alias, Key::Rename],
    reason: "`other` takes every name that no variant claims",
}];

/// Points at the key that comes second.
fn refuse_conflicts(keys: &Keys, conflicts: &[Conflict], errors: &Errors) {
    for (index, (second, span)) in keys.seen.iter().enumerate() {
        for (first, _) in &keys.seen[..index] {
            let conflict = conflicts.iter().find(|conflict| {
                first != second
                    && ((conflict.keys.contains(first) && conflict.with.contains(second))
                        || (conflict.keys.contains(second) && conflict.with.contains(first)))
            });
            if let Some(conflict) = conflict {
                let (first, second) = (first.name(), second.name());
                errors.at_span(
                    *span,
                    format!("`{first}` and `{second}` contradict each other: {}; remove one of them", conflict.reason),
                );
                break;
            }
        }
    }
}
