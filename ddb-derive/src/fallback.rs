//! Placeholder impls for a type with mistakes, so that code that uses the type causes no further
//! errors.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput};

use crate::attr::Keys;
use crate::attr::key::Key;
use crate::expand::Runtime;
use crate::lower::converted::is_item;
use crate::model::Target;

/// The properties of a type with mistakes that decide which placeholder impls it gets.
#[allow(clippy::struct_excessive_bools, reason = "each decides about an impl of its own")]
pub struct FallbackInfo {
    /// `None` if the path of `ddb-core` is one of the mistakes.
    runtime: Option<Runtime>,
    target: Target,
    is_strict: bool,
    is_map_key: bool,
    has_key: bool,
    is_keyed_enum: bool,
    /// Whether the user writes the conversion from `Item`.
    is_converted: bool,
}

impl FallbackInfo {
    pub fn new(input: &DeriveInput, target: Target, keys: &Keys) -> Self {
        let is_meant = |key| keys.meant.contains(&key);
        let is_transparent = keys.transparent.is_some() || is_meant(Key::Transparent);
        let is_tagged = keys.tag.is_some()
            || keys.by_key.is_some()
            || is_meant(Key::Tag)
            || is_meant(Key::ByKey);
        Self {
            runtime: (!keys.has_unknown_crate).then(|| Runtime::new(&keys.crate_path())),
            target,
            is_strict: keys.strict.is_some()
                || keys.try_from.is_some()
                || is_meant(Key::Strict)
                || is_tagged,
            is_map_key: is_transparent || (matches!(input.data, Data::Enum(_)) && !is_tagged),
            is_keyed_enum: matches!(input.data, Data::Enum(_))
                && (keys.by_key.is_some() || is_meant(Key::ByKey)),
            has_key: keys.seen.iter().any(|(key, _)| *key == Key::Key),
            is_converted: keys
                .try_from
                .as_ref()
                .or(keys.from.as_ref())
                .is_some_and(|from| is_item(&from.value)),
        }
    }
}

pub fn expand(input: &DeriveInput, info: &FallbackInfo) -> Option<TokenStream> {
    let runtime = info.runtime.as_ref()?;
    let hidden = runtime.hidden();
    let ident = &input.ident;
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    let implement = |of: TokenStream, body: TokenStream| {
        quote! {
            #[automatically_derived]
            impl #impl_generics #of for #ident #ty_generics #where_clause { #body }
        }
    };
    let image = quote!(__image: &mut #hidden::Image<'_>);
    let mut impls = implement(
        quote!(#runtime::FromAttribute),
        quote! {
            fn from_attribute(
                _: #runtime::Attribute<'_>,
            ) -> ::core::result::Result<Self, #runtime::AttributeError> {
                ::core::unreachable!()
            }
        },
    );
    impls.extend(implement(
        quote!(#hidden::ReadImage),
        quote! {
            const NAMES: &'static #hidden::ImageNames = &#hidden::ImageNames::UNKNOWN;
            fn read_image(#image) -> ::core::option::Option<Self> { ::core::unreachable!() }
        },
    ));
    if info.has_key {
        impls.extend(implement(
            quote!(#hidden::KeyedStruct),
            quote! {
                const KEY: &'static [#hidden::KeyPattern] = &[];
                type Keys = Self;
            },
        ));
    }
    if info.is_map_key {
        impls.extend(implement(
            quote!(#runtime::attribute::MapKey),
            quote! {
                fn from_name(_: &::core::primitive::str) -> ::core::option::Option<Self> {
                    ::core::unreachable!()
                }
            },
        ));
    }
    if !info.is_strict {
        impls.extend(implement(
            quote!(#hidden::ReadImageLossy),
            quote!(fn read_image_lossy(#image) -> Self { ::core::unreachable!() }),
        ));
    }
    if info.target == Target::Value {
        return Some(impls);
    }
    impls.extend(implement(quote!(#runtime::FromStreamImage), TokenStream::new()));
    if info.is_keyed_enum {
        impls.extend(implement(
            quote!(#runtime::key::HasKeys),
            quote!(
                type Keys = Self;
            ),
        ));
    }
    if !info.is_strict {
        impls.extend(implement(quote!(#runtime::image::FromImageLossy), TokenStream::new()));
    }
    let item = quote!(#runtime::Item);
    match (info.is_converted, info.is_strict) {
        (true, _) => {}
        (false, true) => impls.extend(implement(
            quote!(::core::convert::TryFrom<#item>),
            quote! {
                type Error = #runtime::ImageError;
                fn try_from(_: #item) -> ::core::result::Result<Self, #runtime::ImageError> {
                    ::core::unreachable!()
                }
            },
        )),
        (false, false) => impls.extend(implement(
            quote!(::core::convert::From<#item>),
            quote!(fn from(_: #item) -> Self { ::core::unreachable!() }),
        )),
    }
    Some(impls)
}
