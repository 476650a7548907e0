//! A `transparent` struct, which implements whatever its field implements.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{WherePredicate, parse_quote};

use super::conversion::{
    absence, absent, convert, expand_skipped, expected, set_absence, use_conversions,
};
use super::impls::{from_item, implement, try_from_item};
use super::runtime::Runtime;
use crate::mentions::mentions;
use crate::model::{Form, Model, Newtype, Target};

pub fn expand(model: &Model, data: &Newtype, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let ty = &data.ty;
    let is_plain = data.conversion.is_none();
    let wrap = expand_wrap(data, runtime);
    let use_conversions = data.conversion.needs_traits().then(|| use_conversions(runtime));
    let expected = if mentions(ty, &model.ident) {
        // The constant of a type that contains itself would depend on itself.
        quote!(#runtime::error::Expected::of::<Self>(#runtime::attribute::AttributeTypes::ANY))
    } else {
        expected(runtime, ty, &data.conversion)
    };
    // A type that contains itself keeps the default schema, for the same reason.
    let schema = (is_plain && !mentions(ty, &model.ident)).then(|| {
        quote! {
            const SCHEMA: &'static #hidden::Schema = <#ty as #runtime::FromAttribute>::SCHEMA;
        }
    });
    let read = convert(runtime, ty, &data.conversion);
    let absent = absent(runtime, ty, &data.conversion);
    let absent = quote!(|| {
        #use_conversions
        ::core::option::Option::map(#absent, #wrap)
    });
    let absence = if let Form::Set = data.form {
        let inner = set_absence(runtime, ty);
        quote! {
            #hidden::Absence::wrapped(#inner, || {
                ::core::option::Option::map(#hidden::Absence::value(&#inner), #wrap)
            })
        }
    } else {
        absence(runtime, ty, &data.conversion, &absent)
    };
    let read_null = matches!(data.form, Form::Set).then(|| {
        quote! {
            if let ::core::option::Option::Some(__value) =
                #hidden::absent_set::<#ty>(&__attribute)
            {
                return ::core::result::Result::Ok((#wrap)(__value));
            }
        }
    });
    let plain = is_plain.then(|| {
        quote! {
            #[inline]
            fn from_plain(
                __value: &mut #hidden::EntryValue<'_, '_>,
            ) -> ::core::option::Option<Self> {
                ::core::option::Option::map(
                    <#ty as #runtime::FromAttribute>::from_plain(__value),
                    #wrap,
                )
            }
        }
    });
    let from_attribute = implement(
        model,
        &quote!(#runtime::FromAttribute),
        None,
        &quote! {
            const EXPECTED: #runtime::error::Expected = #expected;

            #schema

            const ABSENCE: #hidden::Absence<Self> = #absence;

            fn from_attribute(
                __attribute: #runtime::Attribute<'_>,
            ) -> ::core::result::Result<Self, #runtime::AttributeError> {
                #use_conversions
                #read_null
                ::core::result::Result::map(#read, #wrap)
            }

            #plain
        },
    );
    let inherited = is_plain.then(|| expand_inherited(model, data, runtime, &wrap));
    quote!(#from_attribute #inherited)
}

/// Generates the impls that the struct has only if its field has them.
///
/// Each impl is bounded on the field's type. The `for<'__inner>` works around trivial bounds
/// (rust-lang/rust#48214), which would otherwise be an error for concrete types.
fn expand_inherited(
    model: &Model,
    data: &Newtype,
    runtime: &Runtime,
    wrap: &TokenStream,
) -> TokenStream {
    let hidden = runtime.hidden();
    let ty = &data.ty;
    let bound =
        |of: &TokenStream| -> Option<WherePredicate> { Some(parse_quote!(for<'__inner> #ty: #of)) };
    let none = TokenStream::new();
    let key = quote!(#runtime::attribute::MapKey);
    let map_key = implement(
        model,
        &key,
        bound(&key),
        &quote! {
            fn from_name(__name: &::core::primitive::str) -> ::core::option::Option<Self> {
                ::core::option::Option::map(<#ty as #key>::from_name(__name), #wrap)
            }
        },
    );
    let hidden_image = quote!(#hidden::ReadImage);
    let read_image = implement(
        model,
        &hidden_image,
        bound(&hidden_image),
        &quote! {
            const NAMES: &'static #hidden::ImageNames = <#ty as #hidden_image>::NAMES;

            const IS_KEY: ::core::primitive::bool = <#ty as #hidden_image>::IS_KEY;

            fn read_image(__image: &mut #hidden::Image<'_>) -> ::core::option::Option<Self> {
                ::core::option::Option::map(<#ty as #hidden_image>::read_image(__image), #wrap)
            }
        },
    );
    let hidden_lossy = quote!(#hidden::ReadImageLossy);
    let read_lossy = (!data.is_strict).then(|| {
        let body = quote! {
            fn read_image_lossy(__image: &mut #hidden::Image<'_>) -> Self {
                (#wrap)(<#ty as #hidden_lossy>::read_image_lossy(__image))
            }
        };
        implement(model, &hidden_lossy, bound(&hidden_lossy), &body)
    });
    let whole = (model.target == Target::Image).then(|| {
        let image = quote!(#runtime::FromStreamImage);
        let from_image = implement(model, &image, bound(&hidden_image), &none);
        let conversion = if data.is_strict {
            let of = quote!(::core::convert::TryFrom<#runtime::Item>);
            implement(model, &of, bound(&hidden_image), &try_from_item(runtime))
        } else {
            let lossy = quote!(#runtime::image::FromImageLossy);
            let from_lossy = implement(model, &lossy, bound(&hidden_lossy), &none);
            let of = quote!(::core::convert::From<#runtime::Item>);
            let from = implement(model, &of, bound(&hidden_lossy), &from_item(runtime));
            quote!(#from_lossy #from)
        };
        quote!(#from_image #conversion)
    });
    quote!(#map_key #read_image #read_lossy #whole)
}

/// A closure from the field's value to the struct.
fn expand_wrap(data: &Newtype, runtime: &Runtime) -> TokenStream {
    let member = &data.member;
    let skipped = expand_skipped(runtime, &data.skipped);
    quote!(|__value| Self { #member: __value, #skipped })
}
