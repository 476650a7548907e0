//! Placeholder impls for a type with mistakes, so that code that uses the type causes no further
//! errors.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput};

use crate::attr::Keys;
use crate::attr::key::Key;
use crate::expand::Runtime;
use crate::lower::converted::is_item;
use crate::model::{Direction, Target};

/// The properties of a type with mistakes that decide which placeholder impls it gets.
#[allow(clippy::struct_excessive_bools, reason = "each decides about an impl of its own")]
pub struct FallbackInfo {
    /// `None` if the path of `ddb-core` is one of the mistakes.
    runtime: Option<Runtime>,
    direction: Direction,
    target: Target,
    is_strict: bool,
    is_map_key: bool,
    has_key: bool,
    is_keyed_enum: bool,
    /// Whether the type is an enum with data.
    is_tagged: bool,
    /// Whether the user writes the conversion from `Item`.
    is_converted: bool,
}

impl FallbackInfo {
    pub fn new(input: &DeriveInput, direction: Direction, target: Target, keys: &Keys) -> Self {
        let is_meant = |key| keys.meant.contains(&key);
        let is_transparent = keys.transparent.is_some() || is_meant(Key::Transparent);
        let is_tagged = keys.tag.is_some()
            || keys.by_key.is_some()
            || is_meant(Key::Tag)
            || is_meant(Key::ByKey);
        Self {
            runtime: (!keys.has_unknown_crate).then(|| Runtime::new(&keys.crate_path())),
            direction,
            target,
            is_tagged,
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
    Some(match info.direction {
        Direction::Read => expand_reading(input, info, runtime),
        Direction::Write => expand_writing(input, info, runtime),
    })
}

/// Implements a trait for the type.
fn implement(input: &DeriveInput, of: &TokenStream, body: &TokenStream) -> TokenStream {
    let ident = &input.ident;
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #of for #ident #ty_generics #where_clause { #body }
    }
}

fn expand_writing(input: &DeriveInput, info: &FallbackInfo, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let implement = |of: TokenStream, body: TokenStream| implement(input, &of, &body);
    let none = TokenStream::new;
    let mut impls = implement(
        quote!(#runtime::IntoAttribute),
        quote! {
            fn into_attribute(
                self,
            ) -> ::core::result::Result<#runtime::AttributeValue, #runtime::AttributeError> {
                ::core::unreachable!()
            }
        },
    );
    impls.extend(implement(
        quote!(#hidden::WriteItem),
        quote! {
            const NAMES: &'static #hidden::ImageNames = &#hidden::ImageNames::UNKNOWN;
            fn write_item(self, _: &mut #hidden::ItemWriter) { ::core::unreachable!() }
        },
    ));
    if info.is_map_key {
        impls.extend(implement(
            quote!(#runtime::attribute::IntoMapKey),
            quote! {
                fn into_name(
                    self,
                ) -> ::core::result::Result<#hidden::String, #runtime::AttributeError> {
                    ::core::unreachable!()
                }
            },
        ));
    }
    if info.target == Target::Value {
        return impls;
    }
    impls.extend(implement(quote!(#runtime::IntoItem), none()));
    if info.has_key || info.is_tagged {
        impls.extend(implement(quote!(#runtime::key::ToKey), none()));
    }
    if !info.is_converted {
        let ident = &input.ident;
        let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
        impls.extend(quote! {
            #[automatically_derived]
            impl #impl_generics ::core::convert::TryFrom<#ident #ty_generics> for #runtime::Item
            #where_clause
            {
                type Error = #runtime::ItemError;
                fn try_from(
                    _: #ident #ty_generics,
                ) -> ::core::result::Result<Self, #runtime::ItemError> {
                    ::core::unreachable!()
                }
            }
        });
    }
    impls
}

fn expand_reading(input: &DeriveInput, info: &FallbackInfo, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let implement = |of: TokenStream, body: TokenStream| implement(input, &of, &body);
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
        return impls;
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
    impls
}
