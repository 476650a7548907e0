//! Generates the code that writes a field.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Ident, Type};

use super::super::impls::span_at;
use super::super::runtime::Runtime;
use crate::model::{Conversion, ElementConversion, Form, Writing};

/// Converts the field of a struct into its place among the values.
pub fn write_field(
    runtime: &Runtime,
    ty: &Type,
    name: &str,
    conversion: &Conversion,
    writing: &Writing,
    local: &Ident,
    slot: &TokenStream,
) -> TokenStream {
    let span = span_at(ty);
    let hidden = runtime.at(span).hidden();
    let mut value = convert(runtime, ty, conversion, writing.form, true, &quote!(#local));
    if writing.has_null {
        value = quote!(#hidden::Nullable(#value));
    }
    // With the type, a field that cannot be written is a single error, at the type.
    let of = (is_plain(conversion, writing.form) && !writing.has_null).then(|| quote!(::<#ty>));
    let write = quote_spanned! {span=>
        #hidden::ItemWriter::convert #of(__writer, #slot, #name, #value);
    };
    match &writing.skip_if {
        Some(function) => {
            let span = span_at(function);
            // With one span, an error points at the function alone.
            let local = Ident::new(&local.to_string(), span);
            let is_skipped = quote_spanned!(span=> #function(&#local));
            quote!(if !#is_skipped { #write })
        }
        None => write,
    }
}

/// Returns `true` if the value of a field is written as it is.
pub fn is_plain(conversion: &Conversion, form: Form) -> bool {
    conversion.is_none() && matches!(form, Form::ByType)
}

/// A type that is written like any other, from the value of a field.
///
/// `is_field` says whether it is the attribute of a struct, which can be left out.
pub fn convert(
    runtime: &Runtime,
    ty: &Type,
    conversion: &Conversion,
    form: Form,
    is_field: bool,
    value: &TokenStream,
) -> TokenStream {
    let span = span_at(ty);
    let hidden = runtime.at(span).hidden();
    let whole = |convert: TokenStream| quote_spanned!(span=> #hidden::Unwritten::<#ty>(#value).__write(#convert));
    match conversion {
        Conversion::FromAttribute => match form {
            Form::ByType => value.clone(),
            Form::List => quote_spanned!(span=> #hidden::as_list::<#ty, #is_field>(#value)),
            Form::Set => quote_spanned!(span=> #hidden::as_set::<#ty, #is_field>(#value)),
        },
        Conversion::Elements(elements) => {
            let conversion = elements.marker(&hidden);
            let written = match form {
                Form::ByType => quote!(written),
                Form::List => quote!(written_as_list),
                Form::Set => quote!(written_as_set),
            };
            quote_spanned!(span=> #hidden::#written::<#ty, #conversion, _, #is_field>(#value))
        }
        Conversion::Json => whole(quote_spanned!(span=> |__value| {
            #hidden::IntoJsonText::__into_json_text(__value)
        })),
        Conversion::Serde => whole(quote_spanned!(span=> |__value| {
            #hidden::IntoSerde::__into_serde(__value)
        })),
        Conversion::TryFrom(from) => whole(quote!(#hidden::written_as::<_, #from>)),
        Conversion::With(module) => {
            let span = span_at(module);
            let function = quote_spanned!(span=> #module::into_attribute);
            quote_spanned! {span=>
                #hidden::With::<#ty, _>::new(#function).__write_with(#value)
            }
        }
    }
}

/// The number of `Option`s around what is written.
pub fn options(runtime: &Runtime, ty: &Type, conversion: &Conversion) -> TokenStream {
    let span = span_at(ty);
    let at_type = runtime.at(span);
    let hidden = at_type.hidden();
    match conversion {
        Conversion::FromAttribute => {
            quote_spanned!(span=> <#ty as #at_type::IntoAttribute>::OPTIONS)
        }
        Conversion::Elements(elements) => {
            let conversion = elements.marker(&hidden);
            quote_spanned!(span=> #hidden::options_of::<#ty, #conversion, _>())
        }
        _ => quote_spanned!(span=> #hidden::Unwritten::<#ty>::OPTIONS),
    }
}

impl ElementConversion {
    /// The type that stands for the conversion in the runtime.
    fn marker(&self, hidden: &TokenStream) -> TokenStream {
        match self {
            Self::BoolFromNumber => quote!(#hidden::BoolOrNumber),
            Self::Bytes => quote!(#hidden::FromBytes),
            Self::FromStr => quote!(#hidden::Parse),
            Self::UnixTime(unit) => {
                let unit = unit.ident();
                quote!(#hidden::ParseUnixTime<#hidden::#unit>)
            }
        }
    }
}
