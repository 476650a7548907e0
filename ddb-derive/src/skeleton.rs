//! What a type with mistakes expands to beside its errors, so that nothing that uses it fails as well.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput};

use crate::lower::Outline;

pub fn expand(input: &DeriveInput, outline: &Outline) -> TokenStream {
    let krate = &outline.krate;
    let ident = &input.ident;
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    let value = quote! {
        #[automatically_derived]
        impl #impl_generics #krate::FromAttribute for #ident #ty_generics #where_clause {
            fn from_attribute(_: #krate::Attribute<'_>) -> ::core::result::Result<Self, #krate::Unfit> {
                ::core::unreachable!()
            }
        }
        #[automatically_derived]
        impl #impl_generics #krate::MapKey for #ident #ty_generics #where_clause {
            fn from_name(_: &str) -> ::core::option::Option<Self> {
                ::core::unreachable!()
            }
        }
    };
    if let Data::Enum(_) = input.data {
        return value;
    }
    let conversion = if outline.is_strict {
        quote! {
            #[automatically_derived]
            impl #impl_generics ::core::convert::TryFrom<#krate::Item> for #ident #ty_generics #where_clause {
                type Error = #krate::ImageError;
                fn try_from(_: #krate::Item) -> ::core::result::Result<Self, Self::Error> {
                    ::core::unreachable!()
                }
            }
        }
    } else {
        quote! {
            #[automatically_derived]
            impl #impl_generics #krate::FromImageLossy for #ident #ty_generics #where_clause {
                fn read_lossy(_: &mut #krate::__private::Image<'_>) -> Self {
                    ::core::unreachable!()
                }
            }
            #[automatically_derived]
            impl #impl_generics ::core::convert::From<#krate::Item> for #ident #ty_generics #where_clause {
                fn from(_: #krate::Item) -> Self {
                    ::core::unreachable!()
                }
            }
        }
    };
    quote! {
        #value
        #[automatically_derived]
        impl #impl_generics #krate::FromStreamImage for #ident #ty_generics #where_clause {
            fn read(_: &mut #krate::__private::Image<'_>) -> ::core::option::Option<Self> {
                ::core::unreachable!()
            }
        }
        #conversion
    }
}
