//! The type of the key alone.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::{GenericParam, Generics, Ident, Type, Visibility, WherePredicate, parse_quote};

use super::impls::{implement, span_at};
use super::keys::expand_key;
use super::runtime::{Runtime, respan};
use crate::mentions::idents_in;
use crate::model::{
    Content, Field, Kind, Model, OtherVariant, Placeholder, Role, Selector, Struct, Tagged,
    TaggedVariant, Target, Template, Unmapped,
};

/// Declares the type of the key, with its impls, for a struct with `key` or an enum with `by_key`.
///
/// The type is only reachable through its impls, so its name cannot conflict with a type of the
/// user's. Each field has a type parameter of its own, so that a derived trait is implemented whenever
/// the fields implement it. An enum with generic parameters gets no such type.
pub fn expand(model: &Model, runtime: &Runtime) -> Option<TokenStream> {
    match &model.kind {
        _ if model.key_of.is_some() => None,
        Kind::Struct(data) => Some(expand_struct(model, key_of_struct(data)?, runtime)),
        Kind::Tagged(data) if model.generics.params.is_empty() => match data.selector {
            Selector::Key(span) => Some(expand_enum(model, data, span, runtime)),
            Selector::Tag(_) => None,
        },
        _ => None,
    }
}

fn expand_struct(model: &Model, data: Struct, runtime: &Runtime) -> TokenStream {
    let types: Vec<_> = data.fields.iter().map(|field| field.ty.to_token_stream()).collect();
    let generics = used_generics(&model.generics, &types);
    // The key of a struct that has further parameters cannot name the struct.
    let has_all = generics.params.len() == model.generics.params.len();
    let key_of = if has_all { model.this.clone() } else { parse_quote!(Self) };
    let hidden = runtime.hidden();
    let patterns = expand_key(&data.templates, runtime);
    let mut parameters = parameters(types.len());
    let fields = declare_fields(&data, &mut parameters, true);
    let key = key_model(model, key_of, generics, &types, Kind::Struct(Box::new(data)));
    let this = &key.this;
    let has_key = quote! {
        const KEY: &'static [#hidden::KeyPattern] = #patterns;

        type Keys = #this;
    };
    let has_key = implement(model, &quote!(#hidden::KeyedStruct), None, &has_key);
    declare(&key, types.len(), &quote!(struct), &fields, &has_key)
}

fn expand_enum(model: &Model, data: &Tagged, by_key: Span, runtime: &Runtime) -> TokenStream {
    // The impls are generic over the keys of the variants. Only the one that names these keys is
    // bounded on them, so that a struct without a key is a single error, that of the enum. See
    // `expand_inherited` for `for<'__inner>`.
    let mut bounds: Vec<WherePredicate> = Vec::new();
    let hidden = runtime.hidden();
    let key_of_content = |ty: &Type| {
        let span = span_at(ty);
        let hidden = runtime.at(span).hidden();
        quote_spanned!(span=> <#ty as #hidden::KeyedStruct>::Keys)
    };
    let mut generics = Generics::default();
    let (mut types, mut keys) = (Vec::new(), Vec::new());
    let mut variants = Vec::new();
    for variant in &data.variants {
        let content = match &variant.content {
            Content::Image(ty) => {
                let parameter = parameter(types.len());
                types.push(parameter.to_token_stream());
                keys.push(key_of_content(ty));
                bounds.push(parse_quote! {
                    for<'__inner> #ty: #hidden::KeyedStruct<Keys: #hidden::VariantContent>
                });
                generics.params.push(parse_quote!(#parameter));
                Content::Image(Box::new(parse_quote!(#parameter)))
            }
            Content::Fields(data) if let Some(key) = key_of_struct(data) => {
                let fields = key.fields.iter().map(|field| field.ty.to_token_stream());
                types.extend(fields.clone());
                keys.extend(fields);
                Content::Fields(Box::new(key))
            }
            Content::Unit | Content::Fields(_) => Content::Unit,
        };
        let (names, prefixes) = (Vec::new(), Vec::new());
        variants.push(TaggedVariant { ident: variant.ident.clone(), names, prefixes, content });
    }
    let other = data.other.as_ref().map(|OtherVariant { ident, item }| {
        let item_type = item.iter().map(ToTokens::to_token_stream);
        types.extend(item_type.clone());
        keys.extend(item_type);
        OtherVariant { ident: ident.clone(), item: item.clone() }
    });
    let data = Tagged { selector: Selector::Key(by_key), variants, other };
    let declared = declare_variants(&data, &mut parameters(types.len()));
    let kind = Kind::Tagged(Box::new(data));
    let key = key_model(model, model.this.clone(), generics, &types, kind);
    let ident = &key.ident;
    let arguments = (!keys.is_empty()).then(|| quote!(<#(#keys),*>));
    let has_keys = quote!(type Keys = #ident #arguments;);
    let has_keys = implement(model, &quote!(#runtime::key::HasKeys), bounds, &has_keys);
    declare(&key, types.len(), &quote!(enum), &declared, &has_keys)
}

/// The model of the type of a key.
fn key_model(
    model: &Model,
    key_of: Type,
    generics: Generics,
    types: &[TokenStream],
    kind: Kind,
) -> Model {
    let ident = format_ident!("{}Keys", model.ident.unraw());
    let arguments = (!types.is_empty()).then(|| quote!(<#(#types),*>));
    Model {
        target: Target::Image,
        vis: model.vis.clone(),
        this: parse_quote!(#ident #arguments),
        ident,
        key_of: Some(key_of),
        generics,
        bound: None,
        krate: model.krate.clone(),
        kind,
    }
}

fn declare(
    key: &Model,
    parameter_count: usize,
    keyword: &TokenStream,
    content: &TokenStream,
    has_key: &TokenStream,
) -> TokenStream {
    let Model { vis, ident, key_of, .. } = key;
    let parameters = parameters(parameter_count);
    let generics = (parameter_count > 0).then(|| quote!(<#(#parameters),*>));
    let impls = super::expand(key);
    let doc = format!("The key of `{}`.", key_of.to_token_stream());
    quote! {
        const _: () = {
            #[doc = #doc]
            #[derive(
                ::core::clone::Clone,
                ::core::fmt::Debug,
                ::core::cmp::PartialEq,
                ::core::cmp::Eq,
                ::core::hash::Hash,
            )]
            #vis #keyword #ident #generics { #content }

            #has_key
            #impls
        };
    }
}

/// The type parameter of a field in the declaration.
fn parameter(index: usize) -> Ident {
    format_ident!("__F{index}")
}

fn parameters(count: usize) -> impl Iterator<Item = Ident> {
    (0..count).map(parameter)
}

/// The fields, each of a type of its own.
fn declare_fields(
    data: &Struct,
    parameters: &mut impl Iterator<Item = Ident>,
    has_visibility: bool,
) -> TokenStream {
    let fields = data.fields.iter().zip(parameters).map(|(field, parameter)| {
        let vis: Option<&Visibility> = has_visibility.then_some(&field.vis);
        // With the user's span, rustc would report a field that the program does not read.
        let ident = respan(field.ident.to_token_stream(), Span::call_site());
        let doc = format!("The `{}` in the key.", field.ident.unraw());
        quote!(#[doc = #doc] #vis #ident: #parameter)
    });
    quote!(#(#fields),*)
}

fn declare_variants(data: &Tagged, parameters: &mut impl Iterator<Item = Ident>) -> TokenStream {
    let mut variants = Vec::new();
    for variant in &data.variants {
        let ident = respan(variant.ident.to_token_stream(), Span::call_site());
        let doc = format!("The key of a `{}`.", variant.ident.unraw());
        let variant = match &variant.content {
            Content::Unit => quote!(#ident),
            Content::Image(_) => {
                let parameter = parameters.next();
                quote!(#ident(#parameter))
            }
            // A variant whose key is text alone.
            Content::Fields(data) if data.fields.is_empty() => quote!(#ident),
            Content::Fields(data) => {
                let fields = declare_fields(data, parameters, false);
                quote!(#ident { #fields })
            }
        };
        variants.push(quote!(#[doc = #doc] #variant));
    }
    variants.extend(data.other.iter().map(|other| {
        let ident = respan(other.ident.to_token_stream(), Span::call_site());
        let item = other.item.as_ref().and_then(|_| parameters.next()).map(|item| quote!((#item)));
        quote!(#[doc = "Any other key."] #ident #item)
    }));
    quote!(#(#variants),*)
}

/// The fields and the templates of the table's key.
fn key_of_struct(data: &Struct) -> Option<Struct> {
    let templates: Vec<_> = data.templates.iter().filter(|template| template.is_primary).collect();
    if templates.is_empty() {
        return None;
    }
    let is_used = |index: &usize| {
        templates.iter().any(|template| template.fields.iter().any(|field| field.field == *index))
    };
    let used: Vec<usize> = (0..data.fields.len()).filter(is_used).collect();
    let fields = used.iter().map(|&index| {
        let Field { vis, ident, ty, .. } = &data.fields[index];
        Field { vis: vis.clone(), ident: ident.clone(), ty: ty.clone(), role: Role::Key }
    });
    let placeholders = |template: &Template| {
        let fields = template.fields.iter().filter_map(|placeholder| {
            let field = used.iter().position(|&index| index == placeholder.field)?;
            Some(Placeholder { field, is_padded: placeholder.is_padded })
        });
        fields.collect()
    };
    let templates = templates.iter().map(|template| Template {
        is_primary: true,
        attribute: template.attribute.clone(),
        text: template.text.clone(),
        literals: template.literals.clone(),
        fields: placeholders(template),
    });
    Some(Struct {
        is_strict: true,
        default: None,
        fields: fields.collect(),
        unmapped: Unmapped::Ignored,
        templates: templates.collect(),
        versions: Vec::new(),
    })
}

/// The parameters that the types mention, with their bounds.
fn used_generics(generics: &Generics, types: &[TokenStream]) -> Generics {
    let idents: Vec<_> = types.iter().flat_map(|ty| idents_in(ty.clone())).collect();
    let is_unused = |parameter: &GenericParam| match parameter {
        GenericParam::Type(parameter) => !idents.contains(&parameter.ident),
        GenericParam::Const(parameter) => !idents.contains(&parameter.ident),
        GenericParam::Lifetime(_) => true,
    };
    let (unused, used): (Vec<_>, Vec<_>) = generics.params.iter().cloned().partition(is_unused);
    let unused = unused.iter().map(|parameter| match parameter {
        GenericParam::Type(parameter) => parameter.ident.clone(),
        GenericParam::Const(parameter) => parameter.ident.clone(),
        GenericParam::Lifetime(parameter) => parameter.lifetime.ident.clone(),
    });
    let unused: Vec<_> = unused.collect();
    let mut kept = Generics { params: used.into_iter().collect(), ..Generics::default() };
    let applies = |predicate: &&WherePredicate| {
        !idents_in(predicate.to_token_stream()).iter().any(|ident| unused.contains(ident))
    };
    let predicates: Vec<_> = generics
        .where_clause
        .iter()
        .flat_map(|clause| clause.predicates.iter().filter(applies).cloned())
        .collect();
    if !predicates.is_empty() {
        kept.make_where_clause().predicates.extend(predicates);
    }
    kept
}
