//! An enum without data.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::impls::implement;
use super::super::runtime::Runtime;
use crate::model::{Enum, Model, Other};

pub fn expand(model: &Model, data: &Enum, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let some = quote!(::core::option::Option::Some);
    let (of, body) = match data {
        Enum::Named { variants, other } => {
            let arms = variants.iter().map(|variant| {
                let (ident, name) = (&variant.ident, &variant.names.name);
                quote!(Self::#ident {} => #some(#name),)
            });
            let other = other.as_ref().map(|Other { ident, text }| {
                if text.is_some() {
                    let known = variants.iter().flat_map(|variant| variant.names.iter());
                    quote! {
                        Self::#ident(__name) => match ::core::convert::AsRef::as_ref(__name) {
                            #(#known)|* => ::core::option::Option::None,
                            __name => #some(__name),
                        },
                    }
                } else {
                    quote!(Self::#ident {} => ::core::option::Option::None,)
                }
            });
            let body = quote! {
                fn variant_name(&self) -> ::core::option::Option<&::core::primitive::str> {
                    match self { #(#arms)* #other }
                }
            };
            (quote!(#hidden::VariantName), body)
        }
        Enum::Numbered { variants, other } => {
            let integer = quote!(::core::primitive::i128);
            let arms = variants
                .iter()
                .map(|ident| quote!(Self::#ident {} => #some((Self::#ident {}) as #integer),));
            let other = other
                .as_ref()
                .map(|ident| quote!(Self::#ident {} => ::core::option::Option::None,));
            let body = quote! {
                fn variant_number(&self) -> ::core::option::Option<#integer> {
                    match self { #(#arms)* #other }
                }
            };
            (quote!(#hidden::VariantNumber), body)
        }
    };
    let (write, name) = match data {
        Enum::Named { .. } => (quote!(write_variant_name), quote!(name_of_variant)),
        Enum::Numbered { .. } => (quote!(write_variant_number), quote!(name_of_number)),
    };
    let variant = implement(model, &of, None, &body);
    let into_attribute = quote! {
        fn into_attribute(
            self,
        ) -> ::core::result::Result<#runtime::AttributeValue, #runtime::AttributeError> {
            #hidden::#write(&self)
        }
    };
    let into_attribute = implement(model, &quote!(#runtime::IntoAttribute), None, &into_attribute);
    let into_name = quote! {
        fn into_name(
            self,
        ) -> ::core::result::Result<#hidden::String, #runtime::AttributeError> {
            #hidden::#name(&self)
        }
    };
    let into_name = implement(model, &quote!(#runtime::attribute::IntoMapKey), None, &into_name);
    quote!(#variant #into_attribute #into_name)
}
