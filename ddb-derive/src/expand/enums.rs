//! An enum without data, read from an `S` or, with `repr`, from an `N`.

use proc_macro2::TokenStream;
use quote::quote;

use super::impls::implement;
use super::runtime::Runtime;
use crate::model::{Enum, Model, Other};

pub fn expand(model: &Model, data: &Enum, runtime: &Runtime) -> TokenStream {
    if data.is_repr {
        return expand_repr(model, data, runtime);
    }
    let hidden = runtime.hidden();
    // With an `other` variant, every name is accepted, so messages list none.
    let expected = if data.other.is_some() { &[] } else { data.variants.as_slice() };
    let names = expected.iter().map(|variant| &variant.names.name);
    // `Variant {}` also constructs a variant that is declared as `Variant()` or `Variant`.
    let arms = data.variants.iter().map(|variant| {
        let ident = &variant.ident;
        let names = variant.names.iter();
        quote!(#(#names)|* => ::core::option::Option::Some(Self::#ident {}),)
    });
    let otherwise = data.other.as_ref().map_or_else(
        || quote!(::core::option::Option::None),
        |Other { ident, text }| {
            let value = if let Some(text) = text {
                quote!(Self::#ident(<#text as ::core::convert::From<_>>::from(__name)))
            } else {
                quote!(Self::#ident {})
            };
            quote!(::core::option::Option::Some(#value))
        },
    );
    let by_name = implement(
        model,
        &quote!(#hidden::UnitEnum),
        None,
        &quote! {
            const NAMES: &'static [&'static ::core::primitive::str] = &[#(#names),*];

            fn from_variant_name(__name: &::core::primitive::str) -> ::core::option::Option<Self> {
                match __name {
                    #(#arms)*
                    _ => #otherwise,
                }
            }
        },
    );
    let from_attribute = implement(
        model,
        &quote!(#runtime::FromAttribute),
        None,
        &quote! {
            const EXPECTED: #runtime::error::Expected = #hidden::expect_variant::<Self>();

            fn from_attribute(
                __attribute: #runtime::Attribute<'_>,
            ) -> ::core::result::Result<Self, #runtime::AttributeError> {
                #hidden::read_variant(__attribute)
            }
        },
    );
    let map_key = implement(
        model,
        &quote!(#runtime::attribute::MapKey),
        None,
        &quote! {
            fn from_name(__name: &::core::primitive::str) -> ::core::option::Option<Self> {
                <Self as #hidden::UnitEnum>::from_variant_name(__name)
            }
        },
    );
    quote!(#by_name #from_attribute #map_key)
}

/// Generates the impls of an enum that is read by the discriminants of its variants.
fn expand_repr(model: &Model, data: &Enum, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let integer = quote!(::core::primitive::i128);
    let all = data.variants.iter().map(|variant| &variant.ident);
    // With an `other` variant, every number is accepted, so messages list none.
    let expected = data.other.is_none().then(|| quote!(#((Self::#all {}) as #integer),*));
    let arms = data.variants.iter().map(|variant| {
        let ident = &variant.ident;
        quote! {
            if __number == (Self::#ident {}) as #integer {
                return ::core::option::Option::Some(Self::#ident {});
            }
        }
    });
    let otherwise = data.other.as_ref().map_or_else(
        || quote!(::core::option::Option::None),
        |Other { ident, .. }| quote!(::core::option::Option::Some(Self::#ident {})),
    );
    let by_number = implement(
        model,
        &quote!(#hidden::NumberedEnum),
        None,
        &quote! {
            const NUMBERS: &'static [#integer] = &[#expected];

            fn from_number(__number: #integer) -> ::core::option::Option<Self> {
                #(#arms)*
                #otherwise
            }
        },
    );
    let from_attribute = implement(
        model,
        &quote!(#runtime::FromAttribute),
        None,
        &quote! {
            const EXPECTED: #runtime::error::Expected = #hidden::expect_number::<Self>();

            fn from_attribute(
                __attribute: #runtime::Attribute<'_>,
            ) -> ::core::result::Result<Self, #runtime::AttributeError> {
                #hidden::read_numbered(__attribute)
            }
        },
    );
    let map_key = implement(
        model,
        &quote!(#runtime::attribute::MapKey),
        None,
        &quote! {
            fn from_name(__name: &::core::primitive::str) -> ::core::option::Option<Self> {
                #hidden::numbered_key(__name)
            }
        },
    );
    quote!(#by_number #from_attribute #map_key)
}
