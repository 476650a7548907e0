//! A struct with named fields, or a variant with some.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::super::impls::{implement, span_at};
use super::super::names::{always_check_names, check_names, expand_names};
use super::super::runtime::Runtime;
use super::super::structs::local;
use super::field::write_field;
use super::{WrittenMap, implement_item, implement_map, keys, uses};
use crate::model::{Model, Role, Struct, Unmapped};

pub fn expand(model: &Model, data: &Struct, runtime: &Runtime) -> TokenStream {
    let pattern = pattern(data);
    let names = names(data, runtime);
    let is_generic = !model.generics.params.is_empty();
    let check = is_generic.then(|| {
        let hidden = runtime.hidden();
        let names = quote!(<Self as #hidden::WriteItem>::NAMES);
        let check = check_names(data, &names, runtime)?;
        Some(quote!(const { #check };))
    });
    let check = check.flatten();
    let item_check = (!is_generic)
        .then(|| {
            let this = &model.this;
            let hidden = runtime.hidden();
            let names = quote!(<#this as #hidden::WriteItem>::NAMES);
            always_check_names(data, &names, runtime)
        })
        .flatten();
    let write = write_fields(data, 0, runtime);
    let write = quote! {
        #check
        let Self { #pattern } = self;
        #write
    };
    let write_key = write_key(data, 0, runtime).map(|(pattern, write)| {
        quote! {
            let Self { #pattern .. } = self;
            #write
        }
    });
    let written = WrittenMap { names: quote!(&#names), write, write_key };
    let map = implement_map(model, &written, runtime);
    let whole = implement_item(model, None, runtime);
    let parts = keys::implement_parts(model, data, 0, runtime);
    let to_key = parts
        .is_some()
        .then(|| implement(model, &quote!(#runtime::key::ToKey), None, &TokenStream::new()));
    let to_key = whole.is_some().then_some(to_key);
    quote!(#map #whole #parts #to_key #item_check)
}

/// The names of the attributes.
pub fn names(data: &Struct, runtime: &Runtime) -> TokenStream {
    expand_names(data, runtime, |ty, _| {
        let span = span_at(ty);
        let hidden = runtime.at(span).hidden();
        quote_spanned!(span=> <#ty as #hidden::WriteFlattened>::NAMES)
    })
}

/// The fields of the pattern that binds each field to a local variable.
pub fn pattern(data: &Struct) -> TokenStream {
    let fields = data.fields.iter().map(|field| {
        let ident = &field.ident;
        match field.role {
            Role::Skip { .. } => quote!(#ident: _),
            Role::Key | Role::Attribute { .. } | Role::Flatten { .. } => {
                let local = local(ident);
                quote!(#ident: #local)
            }
        }
    });
    let rest = match &data.unmapped {
        Unmapped::Collected { ident, .. } => {
            let local = local(ident);
            Some(quote!(#ident: #local,))
        }
        Unmapped::Ignored | Unmapped::Denied => None,
    };
    quote!(#(#fields,)* #rest)
}

/// Writes the fields from the local variables. The keys come first: they borrow fields that are
/// moved afterwards.
pub fn write_fields(data: &Struct, variant: usize, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let conversions = data.fields.iter().filter_map(|field| match &field.role {
        Role::Attribute { conversion, .. } => Some(conversion),
        Role::Key | Role::Flatten { .. } | Role::Skip { .. } => None,
    });
    let use_conversions = uses(conversions, runtime);
    let key = keys::write_primary(data, variant, runtime, |local| quote!(&#local));
    let index_keys = keys::write_index_keys(data, runtime);
    let flattened = data.fields.iter().filter_map(|field| {
        let Role::Flatten { .. } = field.role else { return None };
        let (ty, local) = (&field.ty, local(&field.ident));
        let span = span_at(ty);
        let hidden = runtime.at(span).hidden();
        Some(quote_spanned! {span=>
            <#ty as #hidden::WriteFlattened>::__write_flattened(#local, __writer);
        })
    });
    let flattened: Vec<_> = flattened.collect();
    let own = write_own(data, runtime);
    let track = match &data.unmapped {
        Unmapped::Collected { .. } if !flattened.is_empty() => {
            Some(quote!(#hidden::ItemWriter::track_flattened(__writer);))
        }
        _ => None,
    };
    let rest = match &data.unmapped {
        Unmapped::Collected { ident, .. } => {
            let local = local(ident);
            let names = names(data, runtime);
            Some(quote!(#hidden::write_rest(__writer, const { &#names }, #local);))
        }
        Unmapped::Ignored | Unmapped::Denied => None,
    };
    quote! {
        #use_conversions
        #key
        #index_keys
        #own
        #track
        #(#flattened)*
        #rest
    }
}

/// Writes the fields with attributes of their own.
fn write_own(data: &Struct, runtime: &Runtime) -> Option<TokenStream> {
    let hidden = runtime.hidden();
    let mut all_names = Vec::new();
    let mut converts = Vec::new();
    for field in &data.fields {
        let Role::Attribute { names, conversion, writing, .. } = &field.role else { continue };
        let index = all_names.len();
        let name = &names.name;
        let local = local(&field.ident);
        let slot = quote!(&mut __values[#index]);
        converts.push(write_field(runtime, &field.ty, name, conversion, writing, &local, &slot));
        all_names.push(name);
    }
    let count = all_names.len();
    (count > 0).then(|| {
        quote! {
            static __LAYOUT: #hidden::Layout = #hidden::Layout::new(&[#(#all_names),*]);
            let mut __values = [const { ::core::option::Option::None }; #count];
            #(#converts)*
            #hidden::ItemWriter::write_fields(__writer, &__LAYOUT, &mut __values);
        }
    })
}

/// Writes the table's key alone, from references: the fields of the pattern, and the code. `None`
/// if no field can contain a key.
pub fn write_key(
    data: &Struct,
    variant: usize,
    runtime: &Runtime,
) -> Option<(TokenStream, TokenStream)> {
    let key = keys::write_primary(data, variant, runtime, |local| quote!(#local));
    let in_key = super::super::keys::key_fields(data);
    let mut pattern = TokenStream::new();
    let mut flattened = TokenStream::new();
    for (index, field) in data.fields.iter().enumerate() {
        let (ident, local) = (&field.ident, local(&field.ident));
        let is_flattened = matches!(field.role, Role::Flatten { .. });
        if is_flattened || in_key.contains(&index) {
            pattern.extend(quote!(#ident: #local,));
        }
        if is_flattened {
            let ty = &field.ty;
            let span = span_at(ty);
            let hidden = runtime.at(span).hidden();
            flattened.extend(quote_spanned! {span=>
                <#ty as #hidden::WriteFlattened>::__write_flattened_key(#local, __writer);
            });
        }
    }
    (key.is_some() || !flattened.is_empty()).then(|| (pattern, quote!(#key #flattened)))
}
