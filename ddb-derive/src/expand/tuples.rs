//! A tuple struct, read from an `L` of exactly its length.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::conversion::{convert, expand_skipped, field_type, use_conversions};
use super::impls::implement;
use super::runtime::Runtime;
use crate::model::{Model, Tuple};

pub fn expand(model: &Model, data: &Tuple, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let locals: Vec<_> =
        (0..data.elements.len()).map(|index| format_ident!("__element_{index}")).collect();
    let use_conversions = data
        .elements
        .iter()
        .any(|element| element.conversion.needs_traits())
        .then(|| use_conversions(runtime));
    let read = data.elements.iter().zip(&locals).map(|(element, local)| {
        let field_type = field_type(runtime, &element.ty, &element.conversion);
        let convert = convert(runtime, &element.ty, &element.conversion);
        quote! {
            let #local = #hidden::read_element(
                &mut __list,
                &const { #field_type },
                |__attribute| #convert,
            );
        }
    });
    let length = data.elements.len();
    let take = locals.iter().map(|local| {
        quote! {
            let ::core::option::Option::Some(#local) = #local else {
                return ::core::result::Result::Err(#hidden::reported());
            };
        }
    });
    let members = data.elements.iter().map(|element| &element.member);
    let skipped = expand_skipped(runtime, &data.skipped);
    let expected = quote!(<Self as #runtime::FromAttribute>::EXPECTED);
    let body = quote! {
        const EXPECTED: #runtime::error::Expected = #hidden::expect_tuple::<Self>();

        fn from_attribute(
            __attribute: #runtime::Attribute<'_>,
        ) -> ::core::result::Result<Self, #runtime::AttributeError> {
            #use_conversions
            let mut __list = #hidden::open_tuple(__attribute, #expected)?;
            #(#read)*
            #hidden::close_tuple(&mut __list, #length, #expected)?;
            #(#take)*
            ::core::result::Result::Ok(Self { #(#members: #locals,)* #skipped })
        }
    };
    implement(model, &quote!(#runtime::FromAttribute), None, &body)
}
