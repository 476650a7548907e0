//! An enum without data, read from an `S` or, with `repr`, from an `N`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::impls::implement;
use super::runtime::Runtime;
use crate::model::{Enum, Model, Other, Variant};

pub fn expand(model: &Model, data: &Enum, runtime: &Runtime) -> TokenStream {
    match data {
        Enum::Named { variants, other } => expand_named(model, variants, other.as_ref(), runtime),
        Enum::Numbered { variants, other } => {
            expand_numbered(model, variants, other.as_ref(), runtime)
        }
    }
}

/// Generates the impls of an enum that is read by the names of its variants.
fn expand_named(
    model: &Model,
    variants: &[Variant],
    other: Option<&Other>,
    runtime: &Runtime,
) -> TokenStream {
    let hidden = runtime.hidden();
    // With an `other` variant, every name is accepted, so messages list none.
    let expected = if other.is_some() { &[] } else { variants };
    let names = expected.iter().map(|variant| &variant.names.name);
    // `Variant {}` also constructs a variant that is declared as `Variant()` or `Variant`.
    let arms = variants.iter().map(|variant| {
        let ident = &variant.ident;
        let names = variant.names.iter();
        quote!(#(#names)|* => ::core::option::Option::Some(Self::#ident {}),)
    });
    let otherwise = other.map_or_else(
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
    let expected = quote!(#hidden::expect_variant::<Self>());
    let read = quote!(#hidden::read_variant(__attribute));
    let key = quote!(<Self as #hidden::UnitEnum>::from_variant_name(__name));
    let reading = implement_reading(model, runtime, &expected, &read, &key);
    quote!(#by_name #reading)
}

/// Generates the impls of an enum that is read by the discriminants of its variants.
fn expand_numbered(
    model: &Model,
    variants: &[Ident],
    other: Option<&Ident>,
    runtime: &Runtime,
) -> TokenStream {
    let hidden = runtime.hidden();
    let integer = quote!(::core::primitive::i128);
    // With an `other` variant, every number is accepted, so messages list none.
    let expected = other.is_none().then(|| quote!(#((Self::#variants {}) as #integer),*));
    let arms = variants.iter().map(|ident| {
        quote! {
            if __number == (Self::#ident {}) as #integer {
                return ::core::option::Option::Some(Self::#ident {});
            }
        }
    });
    let otherwise = other.map_or_else(
        || quote!(::core::option::Option::None),
        |ident| quote!(::core::option::Option::Some(Self::#ident {})),
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
    let expected = quote!(#hidden::expect_number::<Self>());
    let read = quote!(#hidden::read_numbered(__attribute));
    let key = quote!(#hidden::numbered_key(__name));
    let reading = implement_reading(model, runtime, &expected, &read, &key);
    quote!(#by_number #reading)
}

/// Generates the impls of `FromAttribute` and `MapKey`.
fn implement_reading(
    model: &Model,
    runtime: &Runtime,
    expected: &TokenStream,
    read: &TokenStream,
    key: &TokenStream,
) -> TokenStream {
    let from_attribute = implement(
        model,
        &quote!(#runtime::FromAttribute),
        None,
        &quote! {
            const EXPECTED: #runtime::error::Expected = #expected;

            fn from_attribute(
                __attribute: #runtime::Attribute<'_>,
            ) -> ::core::result::Result<Self, #runtime::AttributeError> {
                #read
            }
        },
    );
    let map_key = implement(
        model,
        &quote!(#runtime::attribute::MapKey),
        None,
        &quote! {
            fn from_name(__name: &::core::primitive::str) -> ::core::option::Option<Self> {
                #key
            }
        },
    );
    quote!(#from_attribute #map_key)
}
