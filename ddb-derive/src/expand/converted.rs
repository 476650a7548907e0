//! A type with `try_from` or `from`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{WherePredicate, parse_quote, parse_quote_spanned};

use super::conversion::{absent, convert, expected, use_conversions};
use super::impls::{from_item, from_map, implement, span_at, try_from_item};
use super::runtime::Runtime;
use crate::mentions::mentions;
use crate::model::{Conversion, Converted, Model, Target};

pub fn expand(model: &Model, data: &Converted, runtime: &Runtime) -> TokenStream {
    match model.target {
        Target::Image => expand_image(model, data, runtime),
        Target::Value => expand_value(model, data, runtime),
    }
}

fn expand_value(model: &Model, data: &Converted, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let this = parse_quote!(Self);
    let conversion = Conversion::TryFrom(Box::new(data.from.clone()));
    let use_conversions = use_conversions(runtime);
    let expected = if mentions(&data.from, &model.ident) {
        // The constant of a type that contains itself would depend on itself.
        quote!(#runtime::error::Expected::of::<Self>(#runtime::attribute::AttributeTypes::ANY))
    } else {
        expected(runtime, &this, &conversion)
    };
    // A type that contains itself keeps the default schema, for the same reason.
    let schema = (!mentions(&data.from, &model.ident)).then(|| {
        let from = &data.from;
        quote! {
            const SCHEMA: &'static #hidden::Schema = <#from as #runtime::FromAttribute>::SCHEMA;
        }
    });
    let absent = absent(runtime, &this, &conversion);
    let convert = convert(runtime, &this, &conversion);
    // As bounds, the requirements are checked once, and not in each function below.
    let from = &data.from;
    let span = span_at(from);
    let at_type = runtime.at(span).hidden();
    let at_root = runtime.at(span);
    let bounds = [
        parse_quote_spanned!(span=> #from: #at_root::FromAttribute),
        parse_quote_spanned!(span=> Self: #at_type::FromValue<#from>),
    ];
    implement(
        model,
        &quote!(#runtime::FromAttribute),
        bounds,
        &quote! {
            const EXPECTED: #runtime::error::Expected = #expected;

            #schema

            const ABSENCE: #hidden::Absence<Self> =
                #hidden::Absence::wrapped(<#from as #runtime::FromAttribute>::ABSENCE, || {
                    #use_conversions
                    #absent
                });

            fn from_attribute(
                __attribute: #runtime::Attribute<'_>,
            ) -> ::core::result::Result<Self, #runtime::AttributeError> {
                #use_conversions
                #convert
            }
        },
    )
}

fn expand_image(model: &Model, data: &Converted, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let from = &data.from;
    let span = span_at(from);
    let at_type = runtime.at(span).hidden();
    let none = TokenStream::new();
    let names = quote_spanned!(span=> <#from as #at_type::ConvertImage>::NAMES);
    let is_key = quote_spanned!(span=> <#from as #at_type::ConvertImage>::IS_KEY);
    let read = quote_spanned!(span=> #at_type::convert_container::<Self, #from>(__image));
    let image = implement(
        model,
        &quote!(#hidden::ReadImage),
        None,
        &quote! {
            const NAMES: &'static #hidden::ImageNames = #names;

            const IS_KEY: ::core::primitive::bool = #is_key;

            fn read_image(__image: &mut #hidden::Image<'_>) -> ::core::option::Option<Self> {
                #read
            }
        },
    );
    let from_image = implement(model, &quote!(#runtime::FromStreamImage), None, &none);
    let schema = quote_spanned!(span=> <#from as #at_type::ConvertImage>::SCHEMA);
    let schema = if data.is_fallible {
        quote!(&#hidden::Schema::may_refuse(*#schema, true))
    } else {
        schema
    };
    let from_attribute =
        implement(model, &quote!(#runtime::FromAttribute), None, &from_map(runtime, &schema));
    let conversion = if data.is_item {
        none
    } else if data.is_strict {
        let of = quote!(::core::convert::TryFrom<#runtime::Item>);
        implement(model, &of, None, &try_from_item(runtime))
    } else {
        expand_lossy(model, data, runtime)
    };
    quote!(#image #from_image #from_attribute #conversion)
}

/// Generates a lossy conversion, which exists only if the other type has one.
fn expand_lossy(model: &Model, data: &Converted, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let from = &data.from;
    let bound = |of: &TokenStream| -> Option<WherePredicate> {
        Some(parse_quote!(for<'__inner> #from: #of))
    };
    let hidden_lossy = quote!(#hidden::ReadImageLossy);
    let read = quote! {
        fn read_image_lossy(__image: &mut #hidden::Image<'_>) -> Self {
            #hidden::convert_container_lossy::<Self, #from>(__image)
        }
    };
    let read = implement(model, &hidden_lossy, bound(&hidden_lossy), &read);
    let lossy = quote!(#runtime::image::FromImageLossy);
    let marker = implement(model, &lossy, bound(&hidden_lossy), &TokenStream::new());
    let of = quote!(::core::convert::From<#runtime::Item>);
    let conversion = implement(model, &of, bound(&hidden_lossy), &from_item(runtime));
    quote!(#read #marker #conversion)
}
