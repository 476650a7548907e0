//! From what is written to the [`model`](crate::model): every rule is checked here.

use std::collections::HashMap;

use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::{
    Data, DataEnum, DataStruct, DeriveInput, Fields, GenericParam, Ident, Path, WhereClause,
    parse_quote,
};

use crate::case::Case;
use crate::errors::Errors;
use crate::key::{Key, Place};
use crate::model::{Conversion, Default, Enum, Field, Input, Kind, Newtype, Role, Struct, Variant};
use crate::parse::{DefaultValue, Keys, Spanned};

/// What the skeleton needs to know of a type that has mistakes.
pub struct Outline {
    /// Where generated code finds `ddb-core`; `None` if that is one of the mistakes.
    pub krate: Option<Path>,
    pub is_strict: bool,
    pub is_transparent: bool,
}

impl Outline {
    pub fn of(keys: &Keys) -> Self {
        Self {
            krate: (!keys.has_unknown_crate).then(|| path_of_crate(keys)),
            is_strict: keys.strict.is_some(),
            is_transparent: keys.transparent.is_some(),
        }
    }
}

fn path_of_crate(keys: &Keys) -> Path {
    keys.krate.clone().unwrap_or_else(|| parse_quote!(::ddb_core))
}

/// The container's keys are parsed before, so that the skeleton has them too.
pub fn lower(input: &DeriveInput, keys: &Keys, errors: &Errors) -> Option<Input> {
    refuse_lifetimes(input, errors);
    let krate = path_of_crate(keys);
    let bound = keys
        .bound
        .clone()
        .map(|predicates| WhereClause { where_token: parse_quote!(where), predicates });
    let kind = match (&input.data, keys.transparent) {
        (Data::Struct(data), Some(span)) => {
            lower_newtype(data, keys, span, errors).map(|newtype| Kind::Newtype(Box::new(newtype)))
        }
        (Data::Struct(data), None) => lower_struct(input, data, keys, errors).map(Kind::Struct),
        (Data::Enum(data), _) => lower_enum(input, data, keys, errors).map(Kind::Enum),
        (Data::Union(data), _) => {
            parse_all(&Fields::Named(data.fields.clone()), errors);
            errors.at(data.union_token, "a union cannot be read from an image: write a struct");
            None
        }
    };
    Some(Input {
        ident: input.ident.clone(),
        generics: input.generics.clone(),
        bound,
        krate,
        kind: kind?,
    })
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

fn lower_struct(
    input: &DeriveInput,
    data: &DataStruct,
    keys: &Keys,
    errors: &Errors,
) -> Option<Struct> {
    let fields = match &data.fields {
        Fields::Named(fields) => &fields.named,
        Fields::Unnamed(fields) => {
            parse_all(&data.fields, errors);
            let remedy = match fields.unnamed.len() {
                1 => "write `#[ddb(transparent)]` on the struct to read it as its field",
                _ => "name the fields, or read a tuple from a list with a field of type `(A, B)`",
            };
            errors.at(
                fields,
                format!(
                    "the fields of a tuple struct have no names to find attributes by: {remedy}"
                ),
            );
            return None;
        }
        Fields::Unit => {
            errors.at(
                &input.ident,
                "a unit struct has no fields to read: give it fields, or remove the derive",
            );
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
        let names = names_of(&ident, &field_keys, keys.rename_all, Case::rename_field);
        let role = lower_role(&names, &field_keys, keys);
        if let Role::Attribute { .. } = role {
            claims.claim(&ident, &names, errors);
        }
        if let (Role::Rest, Some(span)) = (&role, field_keys.rest) {
            if let Some(first) = &rest {
                errors.at_span(
                    span,
                    format!("`{first}` collects the rest already: remove one `rest`"),
                );
            }
            if keys.deny_unknown.is_some() {
                errors.at_span(span, "`rest` and `deny_unknown` contradict each other: nothing is unknown where the rest is collected; remove one of them");
            }
            rest.get_or_insert_with(|| ident.clone());
        }
        lowered.push(Field { ident, ty: field.ty.clone(), role });
    }
    Some(Struct {
        is_strict: keys.strict.is_some(),
        deny_unknown: keys.deny_unknown.is_some(),
        fields: lowered,
    })
}

/// For the mistakes alone, where nothing can be made of the fields.
fn parse_all(fields: &Fields, errors: &Errors) {
    for field in fields {
        Keys::parse(&field.attrs, Place::Field, errors);
    }
}

/// The name of a field or variant, then its aliases, each with the token that it comes from.
fn names_of(
    ident: &Ident,
    keys: &Keys,
    rename_all: Option<Case>,
    rename: fn(Case, &str) -> String,
) -> Vec<Spanned<String>> {
    let name = keys.rename.clone().unwrap_or_else(|| {
        let name = ident.unraw().to_string();
        Spanned {
            value: rename_all.map_or_else(|| name.clone(), |case| rename(case, &name)),
            span: ident.span(),
        }
    });
    std::iter::once(name).chain(keys.alias.iter().cloned()).collect()
}

fn values_of(names: &[Spanned<String>]) -> Vec<String> {
    names.iter().map(|name| name.value.clone()).collect()
}

fn lower_role(names: &[Spanned<String>], keys: &Keys, container: &Keys) -> Role {
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
    Role::Attribute { names: values_of(names), conversion: lower_conversion(keys), default }
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

fn lower_newtype(
    data: &DataStruct,
    keys: &Keys,
    transparent: Span,
    errors: &Errors,
) -> Option<Newtype> {
    refuse_conflicts(keys, &TRANSPARENT_CONFLICTS, errors);
    let mut read = None;
    let mut skipped = Vec::new();
    let mut is_single = true;
    for (member, field) in data.fields.members().zip(&data.fields) {
        let field_keys = Keys::parse(&field.attrs, Place::Field, errors);
        refuse_conflicts(&field_keys, &FIELD_CONFLICTS, errors);
        if field_keys.skip.is_some() {
            skipped.push((
                member,
                field.ty.clone(),
                lower_default(&field_keys, keys).unwrap_or(Default::Trait),
            ));
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
    let Some((member, ty, conversion)) = read else {
        errors.at_span(transparent, "a `transparent` struct is read as its one field, and there is none to read: add it, or remove `transparent`");
        return None;
    };
    if !is_single {
        errors.at_span(
            transparent,
            "a `transparent` struct is read as its one field: mark the others `#[ddb(skip)]`, or remove `transparent`",
        );
    }
    Some(Newtype { is_strict: keys.strict.is_some(), member, ty, conversion, skipped })
}

fn lower_enum(input: &DeriveInput, data: &DataEnum, keys: &Keys, errors: &Errors) -> Option<Enum> {
    if data.variants.is_empty() {
        errors.at(
            &input.ident,
            "an enum without variants has no value to read: give it variants, or remove the derive",
        );
        return None;
    }
    let mut claims = Claims::default();
    let mut other = None;
    let mut variants = Vec::new();
    for variant in &data.variants {
        let variant_keys = Keys::parse(&variant.attrs, Place::Variant, errors);
        if !matches!(variant.fields, Fields::Unit) {
            parse_all(&variant.fields, errors);
            errors.at(
                &variant.fields,
                "a variant with data cannot be read from an `S`: remove the data, or make it a struct of its own",
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
        let names = names_of(&ident, &variant_keys, keys.rename_all, Case::rename_variant);
        claims.claim(&ident, &names, errors);
        variants.push(Variant { ident, names: values_of(&names) });
    }
    Some(Enum { variants, other })
}

/// Which field or variant has which name.
#[derive(Default)]
struct Claims(HashMap<String, Ident>);

impl Claims {
    fn claim(&mut self, ident: &Ident, names: &[Spanned<String>], errors: &Errors) {
        for name in names {
            if name.value.is_empty() {
                errors.at_span(
                    name.span,
                    format!("`{ident}` gets an empty name: write `rename = \"…\"`"),
                );
            }
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

/// The keys that need a name or an absence, which the field of a `transparent` struct does not
/// have.
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
        with: &[
            Key::Alias,
            Key::FromStr,
            Key::Rename,
            Key::Rest,
            Key::Serde,
            Key::TryFrom,
            Key::UnixTime,
            Key::With,
        ],
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
                    format!(
                        "`{first}` and `{second}` contradict each other: {}; remove one of them",
                        conflict.reason
                    ),
                );
                break;
            }
        }
    }
}
