//! The `where` clause of the generated impls.
//!
//! Each field whose type has a type parameter in it asks for what reading that field needs,
//! `Vec<T>: FromAttribute`, rather than `T: FromAttribute`, which for a `HashMap<T, u32>` would be
//! the wrong bound. Where a type contains itself, the bound would be its own proof, and the
//! parameters are bounded.

use std::collections::HashSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Generics, Ident, Path, Type, WhereClause, WherePredicate, parse_quote};

use crate::model::{Conversion, Default, Field, Input, Kind, Role};

/// The `where` clause, with what the user wrote on the type.
pub fn infer_where_clause(input: &Input) -> Option<WhereClause> {
    let mut generics = input.generics.clone();
    let predicates = match &input.bound {
        Some(bound) => bound.predicates.iter().cloned().collect(),
        None => infer_predicates(input),
    };
    if !predicates.is_empty() {
        generics.make_where_clause().predicates.extend(predicates);
    }
    generics.where_clause
}

fn infer_predicates(input: &Input) -> Vec<WherePredicate> {
    let parameters = Parameters::of(&input.generics);
    let krate = &input.krate;
    match &input.kind {
        Kind::Struct(data) => {
            let needs = data.fields.iter().flat_map(|field| {
                needs_of_field(krate, field, data.is_strict)
                    .into_iter()
                    .map(move |need| (&field.ty, need))
            });
            let mut predicates: Vec<_> =
                needs.flat_map(|(ty, need)| parameters.bound(&input.ident, ty, &need)).collect();
            if !input.generics.params.is_empty() && data.fields.iter().any(takes_container_default)
            {
                predicates.push(parse_quote!(Self: ::core::default::Default));
            }
            predicates
        }
        Kind::Newtype(data) => {
            let read = matches!(data.conversion, Conversion::FromAttribute)
                .then(|| parameters.bound(&input.ident, &data.ty, &quote!(#krate::FromAttribute)));
            let skipped =
                data.skipped.iter().filter(|(_, _, default)| matches!(default, Default::Trait));
            let defaults = skipped.flat_map(|(_, ty, _)| {
                parameters.bound(&input.ident, ty, &quote!(::core::default::Default))
            });
            read.into_iter().flatten().chain(defaults).collect()
        }
        Kind::Enum(_) => Vec::new(),
    }
}

fn takes_container_default(field: &Field) -> bool {
    match &field.role {
        Role::Attribute { default, .. } | Role::Flatten { default } => {
            matches!(default, Some(Default::OfContainer(_)))
        }
        Role::Skip { default } => matches!(default, Default::OfContainer(_)),
        Role::Rest => false,
    }
}

/// The traits that reading the field needs its type to have. What a conversion needs cannot be said
/// of the field's type, which may be an `Option`: the user writes that as `bound`.
fn needs_of_field(krate: &Path, field: &Field, is_strict: bool) -> Vec<TokenStream> {
    let lossy = |default: &Option<Default>| {
        (!is_strict && default.is_none()).then(|| quote!(::core::default::Default))
    };
    let own = |default: &Option<Default>| {
        matches!(default, Some(Default::Trait)).then(|| quote!(::core::default::Default))
    };
    match &field.role {
        Role::Attribute { conversion, default, .. } => {
            let read = matches!(conversion, Conversion::FromAttribute)
                .then(|| quote!(#krate::FromAttribute));
            read.into_iter().chain(lossy(default)).chain(own(default)).collect()
        }
        Role::Flatten { default } if is_strict || default.is_some() => {
            std::iter::once(quote!(#krate::Flatten)).chain(own(default)).collect()
        }
        Role::Flatten { .. } => vec![quote!(#krate::FlattenLossy)],
        Role::Rest => std::iter::once(quote!(#krate::CollectRest)).chain(lossy(&None)).collect(),
        Role::Skip { default: Default::Trait } => vec![quote!(::core::default::Default)],
        Role::Skip { .. } => Vec::new(),
    }
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
            // Where a type contains itself, that is in a list, a map or an `Option`, which have a
            // default without one.
            let needed = used.into_iter().filter(|_| !is_default(need));
            needed.map(|parameter| parse_quote!(#parameter: #need)).collect()
        } else {
            vec![parse_quote!(#ty: #need)]
        }
    }
}

/// Whether the type is, or contains, the one that is derived.
pub fn mentions(ty: &Type, own: &Ident) -> bool {
    idents_in(ty.to_token_stream()).iter().any(|ident| ident == own || ident == "Self")
}

fn is_default(need: &TokenStream) -> bool {
    idents_in(need.clone()).iter().any(|ident| ident == "Default")
}

fn idents_in(tokens: TokenStream) -> Vec<Ident> {
    let mut idents = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => idents.push(ident),
            TokenTree::Group(group) => idents.extend(idents_in(group.stream())),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    idents
}
