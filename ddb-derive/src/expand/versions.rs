//! The older versions of a struct.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote, quote_spanned};
use syn::Type;
use syn::ext::IdentExt as _;

use super::impls::{implement, span_at};
use super::runtime::Runtime;
use crate::model::{Model, Struct};

/// The impls that read an image as the first version that it fits.
pub fn expand(model: &Model, data: &Struct, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let ident = &model.ident;
    let name = ident.unraw().to_string();
    let older: Vec<_> = data.versions.iter().map(|ty| (ty, name_of(ty))).collect();
    let names = older.iter().map(|(ty, name)| {
        let span = span_at(ty);
        let hidden = runtime.at(span).hidden();
        let names = quote_spanned!(span=> <#ty as #hidden::OlderVersion>::NAMES);
        quote!((#name, #names))
    });
    let versions = older.iter().map(|(ty, name)| {
        let span = span_at(ty);
        let hidden = runtime.at(span).hidden();
        let read = quote_spanned!(span=> <#ty as #hidden::OlderVersion>::__read_as::<Self>);
        quote_spanned!(span=> #hidden::Version::new(#name, #read))
    });
    let versions = quote! {
        &[
            #hidden::Version::new(#name, <Self as #hidden::Versioned>::read_newest),
            #(#versions),*
        ]
    };
    let checks = |this: TokenStream| {
        let newest =
            quote!(#hidden::check_version(<#this as #runtime::FromAttribute>::SCHEMA, #name););
        let older = older.iter().map(|(ty, name)| {
            let span = span_at(ty);
            let hidden = runtime.at(span).hidden();
            let schema = quote_spanned!(span=> <#ty as #hidden::OlderVersion>::SCHEMA);
            quote_spanned!(span=> #hidden::check_version(#schema, #name);)
        });
        quote!(#newest #(#older)*)
    };
    // A generic struct can only be checked in a function, where its parameters are known.
    let is_generic = !model.generics.params.is_empty();
    let check_in_function =
        is_generic.then(|| checks(quote!(Self))).map(|it| quote!(const { #it }));
    let check = (!is_generic)
        .then(|| checks(model.this.to_token_stream()))
        .map(|checks| quote!(#[allow(deprecated)] const _: () = { #checks };));
    let read = if data.is_strict {
        quote!(#hidden::read_versions(__image, #versions))
    } else {
        let read = quote!(#hidden::read_versions_or_newest(__image, #versions));
        quote!(::core::option::Option::Some(#read))
    };
    let image = quote! {
        const NAMES: &'static #hidden::ImageNames = &#hidden::ImageNames::new(
            &[],
            &[],
            &[(#name, <Self as #hidden::Versioned>::NAMES), #(#names),*],
        );

        fn read_image(__image: &mut #hidden::Image<'_>) -> ::core::option::Option<Self> {
            #check_in_function
            #read
        }
    };
    let image = implement(model, &quote!(#hidden::ReadImage), None, &image);
    let lossy = (!data.is_strict).then(|| {
        let lossy = quote! {
            fn read_image_lossy(__image: &mut #hidden::Image<'_>) -> Self {
                #hidden::read_versions_lossy(__image, #versions)
            }
        };
        implement(model, &quote!(#hidden::ReadImageLossy), None, &lossy)
    });
    quote!(#image #lossy #check)
}

/// A reference to the schema, with the older versions.
pub fn expand_schema(data: &Struct, schema: &TokenStream, runtime: &Runtime) -> TokenStream {
    if data.versions.is_empty() {
        return quote!(&#schema);
    }
    let hidden = runtime.hidden();
    let versions = data.versions.iter().map(|ty| {
        let span = span_at(ty);
        let hidden = runtime.at(span).hidden();
        quote_spanned!(span=> <#ty as #hidden::OlderVersion>::SCHEMA)
    });
    quote!(&#hidden::Schema::with_versions(#schema, &[#(#versions),*]))
}

/// The name of the type for messages: its path, without arguments.
fn name_of(ty: &Type) -> String {
    match ty {
        // `macro_rules!` wraps a type argument in a group.
        Type::Group(group) => name_of(&group.elem),
        Type::Path(path) => {
            let segments = path.path.segments.iter().map(|it| it.ident.unraw().to_string());
            segments.collect::<Vec<_>>().join("::")
        }
        ty => ty.to_token_stream().to_string(),
    }
}
