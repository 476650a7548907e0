//! Impls that several kinds of types share.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::WherePredicate;
use syn::spanned::Spanned as _;

use super::bounds::infer_where_clause;
use super::runtime::{Runtime, respan};
use crate::model::Model;

/// Generates `impl … Trait for Type where … { body }`. `also` has further bounds, for an impl that
/// depends on what another type implements.
pub fn implement(
    model: &Model,
    of: &TokenStream,
    also: impl IntoIterator<Item = WherePredicate>,
    body: &TokenStream,
) -> TokenStream {
    let this = &model.this;
    let mut generics = model.generics.clone();
    generics.where_clause = infer_where_clause(model);
    let mut also = also.into_iter().peekable();
    if also.peek().is_some() {
        generics.make_where_clause().predicates.extend(also);
    }
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    // This span marks the parameters as generated, so that rustc does not suggest a bound on a
    // hidden trait.
    let impl_generics = respan(impl_generics.to_token_stream(), Span::call_site());
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #of for #this #where_clause {
            #body
        }
    }
}

/// A span for generated code whose errors point at the user's tokens.
pub fn span_at(tokens: &impl ToTokens) -> Span {
    Span::call_site().located_at(tokens.span())
}

/// The constant that makes events read the type of a key from a record's keys, in the body of a
/// `ReadImage`.
pub fn is_key(model: &Model) -> Option<TokenStream> {
    model.key_of.is_some().then(|| {
        quote!(
            const IS_KEY: ::core::primitive::bool = true;
        )
    })
}

/// The body of `From<Item>`.
pub fn from_item(runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    quote! {
        fn from(__image: #runtime::Item) -> Self {
            #hidden::convert_image(__image)
        }
    }
}

/// The impls of a type that reads whole images and refuses those that do not fit.
pub fn expand_strict(model: &Model, runtime: &Runtime) -> TokenStream {
    let none = TokenStream::new();
    let image = implement(model, &quote!(#runtime::FromStreamImage), None, &none);
    let of = quote!(::core::convert::TryFrom<#runtime::Item>);
    let try_from = implement(model, &of, None, &try_from_item(runtime));
    quote!(#image #try_from)
}

/// The body of `TryFrom<Item>`.
pub fn try_from_item(runtime: &Runtime) -> TokenStream {
    quote! {
        type Error = #runtime::ImageError;

        fn try_from(__image: #runtime::Item) -> ::core::result::Result<Self, #runtime::ImageError> {
            <Self as #runtime::FromStreamImage>::from_image(__image)
        }
    }
}

/// The body of a `FromAttribute` that reads an `M`.
pub fn from_map(runtime: &Runtime, schema: &TokenStream) -> TokenStream {
    let hidden = runtime.hidden();
    quote! {
        const EXPECTED: #runtime::error::Expected = #hidden::expect_image::<Self>();

        const SCHEMA: &'static #hidden::Schema = #schema;

        fn from_attribute(
            __attribute: #runtime::Attribute<'_>,
        ) -> ::core::result::Result<Self, #runtime::AttributeError> {
            #hidden::read_struct(__attribute)
        }
    }
}
