//! What a type with mistakes expands to beside its errors, so that nothing that uses it fails as
//! well.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, Path};

use crate::lower::Outline;

pub fn expand(input: &DeriveInput, outline: &Outline) -> Option<TokenStream> {
    let krate = outline.krate.as_ref()?;
    let ident = &input.ident;
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    let from_attribute = quote! {
        #[automatically_derived]
        impl #impl_generics #krate::FromAttribute for #ident #ty_generics #where_clause {
            fn from_attribute(_: #krate::Attribute<'_>) -> ::core::result::Result<Self, #krate::Unfit> {
                ::core::unreachable!()
            }
        }
    };
    let is_value = match &input.data {
        Data::Enum(data) => {
            data.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit))
        }
        Data::Struct(_) | Data::Union(_) => false,
    };
    let map_key = (is_value || outline.is_transparent).then(|| {
        quote! {
            #[automatically_derived]
            impl #impl_generics #krate::MapKey for #ident #ty_generics #where_clause {
                fn from_name(_: &str) -> ::core::option::Option<Self> {
                    ::core::unreachable!()
                }
            }
        }
    });
    let from_image = (!is_value).then(|| expand_image(input, krate, outline.is_strict));
    Some(quote!(#from_attribute #map_key #from_image))
}

/// What a struct has, and an enum with data would.
fn expand_image(input: &DeriveInput, krate: &Path, is_strict: bool) -> TokenStream {
    let ident = &input.ident;
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    let conversion = if is_strict {
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
        #[automatically_derived]
        impl #impl_generics #krate::FromStreamImage for #ident #ty_generics #where_clause {
            fn read(_: &mut #krate::__private::Image<'_>) -> ::core::option::Option<Self> {
                ::core::unreachable!()
            }
        }
        #conversion
    }
}
