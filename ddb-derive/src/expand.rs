//! From the model to tokens.
//!
//! Every path is absolute and functions are called by path, never by method syntax, which a trait of
//! the user's could answer: the code means the same wherever the type is defined. Its variables begin
//! with two underscores, because a user's default is an expression among them.

mod bounds;
mod conversion;
mod converted;
mod enums;
mod newtype;
mod runtime;
mod structs;
mod tuples;

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::WherePredicate;
use syn::spanned::Spanned as _;

use crate::model::{Kind, Model};

use self::bounds::infer_where_clause;
pub use self::runtime::Runtime;

pub fn expand(model: &Model) -> TokenStream {
    let runtime = Runtime::new(&model.krate);
    match &model.kind {
        Kind::Struct(data) => structs::expand(model, data, &runtime),
        Kind::Tuple(data) => tuples::expand(model, data, &runtime),
        Kind::Newtype(data) => newtype::expand(model, data, &runtime),
        Kind::Enum(data) => enums::expand(model, data, &runtime),
        Kind::Converted(data) => converted::expand(model, data, &runtime),
    }
}

/// `impl … Trait for Type where … { body }`, with one more bound if the impl depends on what another
/// type implements.
fn implement(
    model: &Model,
    of: &TokenStream,
    also: Option<WherePredicate>,
    body: &TokenStream,
) -> TokenStream {
    let ident = &model.ident;
    let mut generics = model.generics.clone();
    generics.where_clause = infer_where_clause(model);
    if let Some(also) = also {
        generics.make_where_clause().predicates.push(also);
    }
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    // rustc then knows the parameters for generated, and does not advise anybody to bound them by a
    // hidden trait.
    let impl_generics = respan(impl_generics.to_token_stream(), Span::call_site());
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #of for #ident #ty_generics #where_clause {
            #body
        }
    }
}

/// The tokens with another span.
fn respan(tokens: TokenStream, span: Span) -> TokenStream {
    let tokens = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) => {
            let mut respanned = Group::new(group.delimiter(), respan(group.stream(), span));
            respanned.set_span(span);
            TokenTree::Group(respanned)
        }
        mut token => {
            token.set_span(span);
            token
        }
    });
    tokens.collect()
}

/// Lets an error in generated code point at the user's tokens.
fn span_at(tokens: &impl ToTokens) -> Span {
    Span::call_site().located_at(tokens.span())
}

/// The body of `From<Item>`.
fn from_item(runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    quote! {
        fn from(__image: #runtime::Item) -> Self {
            #hidden::convert_image(__image)
        }
    }
}

/// The body of `TryFrom<Item>`.
fn try_from_item(runtime: &Runtime) -> TokenStream {
    quote! {
        type Error = #runtime::ImageError;

        fn try_from(__image: #runtime::Item) -> ::core::result::Result<Self, Self::Error> {
            <Self as #runtime::FromStreamImage>::from_image(__image)
        }
    }
}

/// The body of a `FromAttribute` that reads an `M`.
fn from_map(runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    quote! {
        const EXPECTED: #runtime::error::Expected = #hidden::expect_image::<Self>();

        fn from_attribute(
            __attribute: #runtime::Attribute<'_>,
        ) -> ::core::result::Result<Self, #runtime::AttributeError> {
            #hidden::read_struct(__attribute)
        }
    }
}
