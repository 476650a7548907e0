//! An enum whose variants a tag or the key tells apart.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;

use super::super::impls::{implement, span_at};
use super::super::names::always_check_names;
use super::super::runtime::Runtime;
use super::super::tagged::expand_tags;
use super::key_type::check_key;
use super::structs::{names, pattern, write_fields, write_key};
use super::{WrittenMap, implement_item, implement_map, keys};
use crate::model::{Content, Model, OtherVariant, Selector, Tagged};

pub fn expand(model: &Model, data: &Tagged, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let finish = |index: u16, names: &[String]| match &data.selector {
        Selector::Tag(_) => {
            let name = names.first().map_or_else(
                || quote!(::core::option::Option::None),
                |name| quote!(::core::option::Option::Some(#name)),
            );
            quote!(#hidden::ItemWriter::write_tag(__writer, __TAGS, #index, #name);)
        }
        Selector::Key(_) => check_key(usize::from(index), &quote!(Self), runtime),
    };
    let arms = (0_u16..).zip(&data.variants).map(|(index, variant)| {
        let ident = &variant.ident;
        let name = ident.unraw().to_string();
        let (pattern, write) = match &variant.content {
            Content::Unit => (quote!(Self::#ident {}), TokenStream::new()),
            Content::Image(ty) => {
                let span = span_at(ty);
                let hidden = runtime.at(span).hidden();
                let write = quote_spanned! {span=>
                    <#ty as #hidden::WriteContent>::__write_content(__content, __writer);
                };
                (quote!(Self::#ident(__content)), write)
            }
            Content::Fields(data) => {
                let pattern = pattern(data);
                (quote!(Self::#ident { #pattern }), write_fields(data, usize::from(index), runtime))
            }
        };
        let finish = finish(index, &variant.names);
        quote! {
            #pattern => #hidden::ItemWriter::write_variant(__writer, #name, |__writer| {
                #write
                #finish
            }),
        }
    });
    let other = data.other.as_ref().map(|OtherVariant { ident, item }| {
        let name = ident.unraw().to_string();
        if let Some(item) = item {
            quote! {
                Self::#ident(__content) => {
                    <#item as #hidden::WriteContent>::__write_content(__content, __writer);
                }
            }
        } else {
            quote! {
                Self::#ident {} => #hidden::ItemWriter::refuse_variant(__writer, #name),
            }
        }
    });
    let tags = match &data.selector {
        Selector::Tag(tag) => {
            let tags = expand_tags(tag, data, runtime);
            Some(quote!(const __TAGS: &#hidden::Tags = &#tags;))
        }
        Selector::Key(_) => None,
    };
    let write = quote! {
        #tags
        match self { #(#arms)* #other }
    };
    let written = WrittenMap {
        names: expand_names(data, runtime),
        write,
        write_key: Some(expand_key(data, runtime)),
    };
    let map = implement_map(model, &written, runtime);
    let whole = implement_item(model, None, runtime);
    let to_key = whole
        .is_some()
        .then(|| implement(model, &quote!(#runtime::key::ToKey), None, &TokenStream::new()));
    let checks = data.variants.iter().filter_map(|variant| {
        let Content::Fields(data) = &variant.content else { return None };
        let names = names(data, runtime);
        model
            .generics
            .params
            .is_empty()
            .then(|| always_check_names(data, &quote!(&#names), runtime))
    });
    let parts = data.variants.iter().enumerate().filter_map(|(index, variant)| {
        let Content::Fields(data) = &variant.content else { return None };
        keys::implement_parts(model, data, index, runtime)
    });
    quote!(#map #whole #to_key #(#parts)* #(#checks)*)
}

/// A reference to the names of the attributes: the tag, and those of each variant.
fn expand_names(data: &Tagged, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let tag = match &data.selector {
        Selector::Tag(tag) => Some(tag),
        Selector::Key(_) => None,
    };
    let variants = data.variants.iter().filter_map(|variant| {
        let name = variant.ident.unraw().to_string();
        let names = match &variant.content {
            Content::Unit => return None,
            Content::Image(ty) => {
                let span = span_at(ty);
                let hidden = runtime.at(span).hidden();
                quote_spanned!(span=> <#ty as #hidden::WriteContent>::NAMES)
            }
            Content::Fields(data) => {
                let names = names(data, runtime);
                quote!(&#names)
            }
        };
        Some(quote!((#name, #names)))
    });
    quote!(&#hidden::ImageNames::new(&[#tag], &[#tag], &[#(#variants),*]))
}

/// Writes the key of the variant.
fn expand_key(data: &Tagged, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let arms = data.variants.iter().enumerate().filter_map(|(index, variant)| {
        let ident = &variant.ident;
        let name = ident.unraw().to_string();
        let check = match data.selector {
            Selector::Tag(_) => None,
            Selector::Key(_) => Some(check_key(index, &quote!(Self), runtime)),
        };
        match &variant.content {
            Content::Unit => None,
            Content::Image(ty) => {
                let span = span_at(ty);
                let hidden = runtime.at(span).hidden();
                Some(quote_spanned! {span=>
                    Self::#ident(__content) => {
                        #hidden::ItemWriter::write_variant(__writer, #name, |__writer| {
                            <#ty as #hidden::WriteContent>::__write_content_key(
                                __content,
                                __writer,
                            );
                            #check
                        });
                    }
                })
            }
            Content::Fields(data) => {
                let (pattern, write) = write_key(data, index, runtime)?;
                Some(quote! {
                    Self::#ident { #pattern .. } => {
                        #hidden::ItemWriter::write_variant(__writer, #name, |__writer| {
                            #write
                            #check
                        });
                    }
                })
            }
        }
    });
    quote! {
        match self {
            #(#arms)*
            _ => {}
        }
    }
}
