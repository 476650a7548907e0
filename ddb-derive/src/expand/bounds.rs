//! The `where` clause of the generated impls.
//!
//! A field whose type mentions a type parameter is bounded as a whole: `Vec<T>: FromAttribute`
//! rather than `T: FromAttribute`, which would be the wrong bound for a `HashMap<T, u32>`. In a
//! type that contains itself, such a bound would depend on the impl that it is part of, so the type
//! parameters are bounded instead.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Generics, Ident, Type, WhereClause, WherePredicate, parse_quote};

use super::runtime::Runtime;
use crate::mentions::{idents_in, is_named, mentions};
use crate::model::{
    ContainerDefault, Content, Conversion, Converted, Default, Direction, Field, Kind, Model, Role,
    Selector, Skipped, Struct, Target, Unmapped,
};

/// The `where` clause of every impl: the one on the type itself, and the bounds of `bound` or the
/// inferred ones.
pub fn infer_where_clause(model: &Model) -> Option<WhereClause> {
    let mut generics = model.generics.clone();
    let predicates = match &model.bound {
        Some(bound) => bound.predicates.iter().cloned().collect(),
        None => infer_predicates(model),
    };
    if !predicates.is_empty() {
        generics.make_where_clause().predicates.extend(predicates);
    }
    generics.where_clause
}

/// The `where` clause on the type itself, with a bound for each of these types that mentions a type
/// parameter.
pub fn bound_types<'t>(
    generics: &Generics,
    own: &Ident,
    types: impl Iterator<Item = &'t Type>,
    need: &TokenStream,
) -> Option<WhereClause> {
    let parameters = Parameters::of(generics);
    let predicates: Vec<_> = types.flat_map(|ty| parameters.bound(own, ty, need)).collect();
    let mut generics = generics.clone();
    if !predicates.is_empty() {
        generics.make_where_clause().predicates.extend(predicates);
    }
    generics.where_clause
}

fn infer_predicates(model: &Model) -> Vec<WherePredicate> {
    match model.direction {
        Direction::Read => infer_reading(model),
        Direction::Write => infer_writing(model),
    }
}

/// The bounds of the impls that write a type. As for reading, a conversion adds none.
fn infer_writing(model: &Model) -> Vec<WherePredicate> {
    let parameters = Parameters::of(&model.generics);
    let runtime = Runtime::new(&model.krate);
    let hidden = runtime.hidden();
    let value = quote!(#runtime::IntoAttribute);
    let mut needs: Vec<Need<'_>> = Vec::new();
    let plain = |(ty, conversion): (_, &Conversion)| conversion.is_none().then_some(ty);
    match &model.kind {
        Kind::Tuple(data) => {
            let elements = data.elements.iter();
            let types = elements.filter_map(|it| plain((&it.ty, &it.conversion)));
            needs.extend(types.map(|ty| (ty, value.clone())));
        }
        Kind::Newtype(data) => {
            needs.extend(plain((&data.ty, &data.conversion)).map(|ty| (ty, value.clone())));
        }
        Kind::Tagged(data) => {
            needs.extend(data.variants.iter().filter_map(|variant| match &variant.content {
                Content::Image(ty) => Some((&**ty, quote!(#hidden::WriteContent))),
                Content::Unit | Content::Fields(_) => None,
            }));
        }
        Kind::Converted(data) if !model.generics.params.is_empty() => {
            let (from, this) = (&data.from, &model.this);
            let write = match model.target {
                Target::Image => quote!(#hidden::WriteItem),
                Target::Value => value,
            };
            return vec![
                parse_quote!(#from: #write),
                parse_quote!(#from: ::core::convert::From<#this>),
            ];
        }
        Kind::Struct(_) | Kind::Enum(_) | Kind::Converted(_) => {}
    }
    for data in structs_of(&model.kind) {
        for field in &data.fields {
            match &field.role {
                Role::Attribute { conversion, .. } => {
                    needs.extend(plain((&field.ty, conversion)).map(|ty| (ty, value.clone())));
                }
                Role::Flatten { .. } => {
                    needs.push((&field.ty, quote!(#hidden::WriteFlattened)));
                }
                Role::Key | Role::Skip { .. } => {}
            }
        }
        if let Unmapped::Collected { ty, .. } = &data.unmapped {
            needs.push((ty, value.clone()));
        }
    }
    let mut predicates: Vec<_> =
        needs.iter().flat_map(|(ty, need)| parameters.bound(&model.ident, ty, need)).collect();
    let is_by_key =
        matches!(&model.kind, Kind::Tagged(data) if matches!(data.selector, Selector::Key(_)));
    if is_by_key && !model.generics.params.is_empty() {
        // Not `Self`, which is `Item` in the impl of `TryFrom`.
        let this = &model.this;
        predicates.push(parse_quote!(#this: #hidden::KeyedEnum));
    }
    predicates
}

fn infer_reading(model: &Model) -> Vec<WherePredicate> {
    let parameters = Parameters::of(&model.generics);
    let runtime = Runtime::new(&model.krate);
    let needs = match &model.kind {
        Kind::Struct(data) => needs_of_struct(&runtime, data),
        Kind::Tuple(data) => {
            let elements = data.elements.iter();
            let read = elements.map(|element| (&element.ty, &element.conversion));
            needs_of_fields(&runtime, read, &data.skipped)
        }
        Kind::Newtype(data) => {
            needs_of_fields(&runtime, [(&data.ty, &data.conversion)], &data.skipped)
        }
        Kind::Enum(_) => Vec::new(),
        Kind::Tagged(data) => data
            .variants
            .iter()
            .flat_map(|variant| match &variant.content {
                Content::Unit => Vec::new(),
                Content::Image(ty) => {
                    let hidden = runtime.hidden();
                    let content = (&**ty, quote!(#hidden::VariantContent));
                    let key = (&**ty, quote!(#hidden::KeyedStruct));
                    match data.selector {
                        Selector::Key(_) if model.key_of.is_none() => vec![content, key],
                        Selector::Tag(_) | Selector::Key(_) => vec![content],
                    }
                }
                Content::Fields(data) => needs_of_struct(&runtime, data),
            })
            .collect(),
        Kind::Converted(data) => return bound_converted(&runtime, model, data),
    };
    let mut predicates: Vec<_> =
        needs.iter().flat_map(|(ty, need)| parameters.bound(&model.ident, ty, need)).collect();
    for data in structs_of(&model.kind) {
        predicates.extend(bound_flattened(&runtime, &parameters, model, data));
        if !model.generics.params.is_empty() {
            let versions = data.versions.iter();
            predicates
                .extend(versions.map(|ty| -> WherePredicate {
                    parse_quote!(Self: ::core::convert::From<#ty>)
                }));
        }
    }
    let has_default = |data: &Struct| matches!(data.default, Some(ContainerDefault::Trait(_)));
    let is_default = matches!(&model.kind, Kind::Struct(data) if has_default(data));
    if is_default && !model.generics.params.is_empty() {
        predicates.push(parse_quote!(Self: ::core::default::Default));
    }
    predicates
}

/// The struct itself, or the variants with named fields.
fn structs_of(kind: &Kind) -> Vec<&Struct> {
    match kind {
        Kind::Struct(data) => vec![data],
        Kind::Tagged(data) => data
            .variants
            .iter()
            .filter_map(|variant| match &variant.content {
                Content::Fields(data) => Some(&**data),
                Content::Unit | Content::Image(_) => None,
            })
            .collect(),
        Kind::Tuple(_) | Kind::Newtype(_) | Kind::Enum(_) | Kind::Converted(_) => Vec::new(),
    }
}

/// A type, and a trait that it has to implement.
type Need<'m> = (&'m Type, TokenStream);

fn needs_of_struct<'m>(runtime: &Runtime, data: &'m Struct) -> Vec<Need<'m>> {
    let mut needs = Vec::new();
    for field in &data.fields {
        let needed = needs_of_field(runtime, field, data);
        needs.extend(needed.into_iter().map(|need| (&field.ty, need)));
    }
    if let Unmapped::Collected { ty, .. } = &data.unmapped {
        let hidden = runtime.hidden();
        needs.push((ty, quote!(#hidden::CollectRest)));
        if !data.is_strict && data.default.is_none() {
            needs.push((ty, default_trait()));
        }
    }
    let hidden = runtime.hidden();
    needs.extend(data.versions.iter().map(|ty| (ty, quote!(#hidden::OlderVersion))));
    needs
}

/// Returns the traits that the field's type has to implement.
///
/// A conversion adds none of its own. It may apply to the type inside an `Option`, which the derive
/// cannot recognize, so the user states its requirements with `bound`.
fn needs_of_field(runtime: &Runtime, field: &Field, data: &Struct) -> Vec<TokenStream> {
    let has_container = data.default.is_some();
    let needs_default = |own: &Option<Default>| match own {
        Some(Default::Trait) => true,
        Some(Default::Expr(_)) => false,
        None => !data.is_strict && !has_container,
    };
    let mut needs = Vec::new();
    match &field.role {
        Role::Attribute { conversion, default, .. } => {
            // Without this bound, a `PhantomData` that is not skipped is an error at the struct's
            // definition, and not only where the struct is used.
            if conversion.is_none() && !is_named(&field.ty, "PhantomData") {
                needs.push(quote!(#runtime::FromAttribute));
            }
            if needs_default(default) {
                needs.push(default_trait());
            }
        }
        Role::Key => {
            if needs_default(&None) {
                needs.push(default_trait());
            }
        }
        Role::Flatten { default, .. } => {
            if matches!(default, Some(Default::Trait)) {
                needs.push(default_trait());
            }
        }
        Role::Skip { default: Some(Default::Expr(_)) } => {}
        Role::Skip { default: None } if has_container => {}
        Role::Skip { .. } => needs.push(default_trait()),
    }
    needs
}

/// Returns the bounds for flattened fields. A type parameter, alone or in an `Option`, is bounded
/// by the public trait, so that rustc suggests that one where the bound is missing.
fn bound_flattened(
    runtime: &Runtime,
    parameters: &Parameters<'_>,
    model: &Model,
    data: &Struct,
) -> Vec<WherePredicate> {
    let hidden = runtime.hidden();
    let mut predicates = Vec::new();
    for field in &data.fields {
        let Role::Flatten { default, .. } = &field.role else { continue };
        let is_lossy = default.is_none() && !data.is_strict && data.default.is_none();
        let (public, hidden) = if is_lossy {
            (quote!(#runtime::image::FromImageLossy), quote!(#hidden::FlattenLossy))
        } else {
            (quote!(#runtime::FromStreamImage), quote!(#hidden::Flatten))
        };
        let idents = idents_in(field.ty.to_token_stream());
        predicates.extend(match idents.as_slice() {
            [parameter] if parameters.0.contains(parameter) => {
                vec![parse_quote!(#parameter: #public)]
            }
            [option, parameter] if option == "Option" && parameters.0.contains(parameter) => {
                vec![parse_quote!(#parameter: #runtime::FromStreamImage)]
            }
            _ => parameters.bound(&model.ident, &field.ty, &hidden),
        });
    }
    predicates
}

fn needs_of_fields<'m>(
    runtime: &Runtime,
    read: impl IntoIterator<Item = (&'m Type, &'m Conversion)>,
    skipped: &'m [Skipped],
) -> Vec<Need<'m>> {
    let read = read
        .into_iter()
        .filter(|(_, conversion)| conversion.is_none())
        .map(|(ty, _)| (ty, quote!(#runtime::FromAttribute)));
    let skipped = skipped
        .iter()
        .filter(|skipped| matches!(skipped.default, Default::Trait))
        .map(|skipped| (&skipped.ty, default_trait()));
    read.chain(skipped).collect()
}

fn bound_converted(runtime: &Runtime, model: &Model, data: &Converted) -> Vec<WherePredicate> {
    if model.generics.params.is_empty() {
        return Vec::new();
    }
    let hidden = runtime.hidden();
    let from = &data.from;
    let read = match model.target {
        Target::Image => quote!(#hidden::ConvertImage),
        Target::Value => quote!(#runtime::FromAttribute),
    };
    let mut predicates =
        vec![parse_quote!(#from: #read), parse_quote!(Self: #hidden::FromValue<#from>)];
    if model.target == Target::Image && !data.is_strict {
        predicates.push(parse_quote!(Self: ::core::convert::From<#from>));
    }
    predicates
}

fn default_trait() -> TokenStream {
    quote!(::core::default::Default)
}

struct Parameters<'a>(HashSet<&'a Ident>);

impl<'a> Parameters<'a> {
    fn of(generics: &'a Generics) -> Self {
        Self(generics.type_params().map(|parameter| &parameter.ident).collect())
    }

    fn bound(&self, own: &Ident, ty: &Type, need: &TokenStream) -> Vec<WherePredicate> {
        let idents = idents_in(ty.to_token_stream());
        let used: Vec<&Ident> = idents.iter().filter(|ident| self.0.contains(ident)).collect();
        if used.is_empty() {
            Vec::new()
        } else if mentions(ty, own) {
            // A type can contain itself only in a list, a map or an `Option`, and these have a
            // default whatever their parameter is.
            let needed = used.into_iter().filter(|_| !is_default(need));
            needed.map(|parameter| parse_quote!(#parameter: #need)).collect()
        } else {
            vec![parse_quote!(#ty: #need)]
        }
    }
}

fn is_default(need: &TokenStream) -> bool {
    idents_in(need.clone()).iter().any(|ident| ident == "Default")
}
