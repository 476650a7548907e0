//! A `transparent` struct: whatever its field can do, it can.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{WherePredicate, parse_quote};

use super::structure::{from_item, try_from_item};
use super::{absent, convert, expect, implement, make_default, use_conversion};
use crate::bounds::mentions;
use crate::model::{Conversion, Input, Newtype};

pub fn expand(input: &Input, data: &Newtype) -> TokenStream {
    let krate = &input.krate;
    let ty = &data.ty;
    let is_plain = matches!(data.conversion, Conversion::FromAttribute);
    let wrap = expand_wrap(input, data);
    let use_conversion = (!is_plain).then(|| use_conversion(krate));
    let expected = if mentions(ty, &input.ident) {
        // What contains itself cannot be defined by what it contains.
        quote!(#krate::Expected::of::<Self>(#krate::Tags::ANY))
    } else {
        expect(krate, ty, &data.conversion)
    };
    let read = convert(krate, ty, &data.conversion);
    let absent = absent(krate, ty, &data.conversion);
    let from_attribute = implement(
        input,
        &quote!(#krate::FromAttribute),
        None,
        &quote! {
            const EXPECTED: #krate::Expected = #expected;

            fn from_attribute(
                __attribute: #krate::Attribute<'_>,
            ) -> ::core::result::Result<Self, #krate::Unfit> {
                #use_conversion
                ::core::result::Result::map(#read, #wrap)
            }

            fn absent() -> ::core::option::Option<Self> {
                #use_conversion
                ::core::option::Option::map(#absent, #wrap)
            }
        },
    );
    let inherited = is_plain.then(|| expand_inherited(input, data, &wrap));
    quote!(#from_attribute #inherited)
}

/// What the field may or may not have: an image, a lossy conversion, a key. The bound decides,
/// which `for<'a>` keeps the compiler from deciding at once, and refusing.
fn expand_inherited(input: &Input, data: &Newtype, wrap: &TokenStream) -> TokenStream {
    let krate = &input.krate;
    let ty = &data.ty;
    let bound =
        |of: &TokenStream| -> Option<WherePredicate> { Some(parse_quote!(for<'__inner> #ty: #of)) };
    let key = quote!(#krate::MapKey);
    let image = quote!(#krate::FromStreamImage);
    let lossy = quote!(#krate::FromImageLossy);
    let map_key = implement(
        input,
        &key,
        bound(&key),
        &quote! {
            fn from_name(__name: &str) -> ::core::option::Option<Self> {
                ::core::option::Option::map(<#ty as #key>::from_name(__name), #wrap)
            }
        },
    );
    let from_image = implement(
        input,
        &image,
        bound(&image),
        &quote! {
            fn read(__image: &mut #krate::__private::Image<'_>) -> ::core::option::Option<Self> {
                ::core::option::Option::map(<#ty as #image>::read(__image), #wrap)
            }
        },
    );
    let conversions = if data.is_strict {
        let of = quote!(::core::convert::TryFrom<#krate::Item>);
        implement(input, &of, bound(&image), &try_from_item(krate))
    } else {
        let from = implement(
            input,
            &quote!(::core::convert::From<#krate::Item>),
            bound(&lossy),
            &from_item(krate),
        );
        let read_lossy = implement(
            input,
            &lossy,
            bound(&lossy),
            &quote! {
                fn read_lossy(__image: &mut #krate::__private::Image<'_>) -> Self {
                    (#wrap)(<#ty as #lossy>::read_lossy(__image))
                }
            },
        );
        quote!(#from #read_lossy)
    };
    quote!(#map_key #from_image #conversions)
}

/// A closure from the field's value to the struct.
fn expand_wrap(input: &Input, data: &Newtype) -> TokenStream {
    let member = &data.member;
    let skipped = data.skipped.iter().map(|(member, ty, default)| {
        let default = make_default(&input.krate, member, ty, default);
        quote!(#member: (#default)())
    });
    quote!(|__value| Self { #member: __value, #(#skipped),* })
}
