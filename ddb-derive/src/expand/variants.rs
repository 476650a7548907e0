//! An enum without data.

use proc_macro2::TokenStream;
use quote::quote;

use super::implement;
use crate::model::{Enum, Input};

pub fn expand(input: &Input, data: &Enum) -> TokenStream {
    let krate = &input.krate;
    // Where one variant takes every other name, there are no names to expect.
    let expected = if data.other.is_some() { &[] } else { data.variants.as_slice() };
    let names = expected.iter().filter_map(|variant| variant.names.first());
    let arms = data.variants.iter().map(|variant| {
        let ident = &variant.ident;
        let names = &variant.names;
        quote!(#(#names)|* => ::core::option::Option::Some(Self::#ident),)
    });
    let otherwise = data.other.as_ref().map_or_else(
        || quote!(::core::option::Option::None),
        |other| quote!(::core::option::Option::Some(Self::#other)),
    );
    let by_name = implement(
        input,
        &quote!(#krate::__private::UnitEnum),
        None,
        &quote! {
            const NAMES: &'static [&'static str] = &[#(#names),*];

            fn from_variant_name(__name: &str) -> ::core::option::Option<Self> {
                match __name {
                    #(#arms)*
                    _ => #otherwise,
                }
            }
        },
    );
    let from_attribute = implement(
        input,
        &quote!(#krate::FromAttribute),
        None,
        &quote! {
            const EXPECTED: #krate::Expected = #krate::__private::expect_variant::<Self>();

            fn from_attribute(
                __attribute: #krate::Attribute<'_>,
            ) -> ::core::result::Result<Self, #krate::Unfit> {
                #krate::__private::read_variant(__attribute)
            }
        },
    );
    let map_key = implement(
        input,
        &quote!(#krate::MapKey),
        None,
        &quote! {
            fn from_name(__name: &str) -> ::core::option::Option<Self> {
                <Self as #krate::__private::UnitEnum>::from_variant_name(__name)
            }
        },
    );
    quote!(#by_name #from_attribute #map_key)
}
