//! The names of a struct's attributes, and the check that no two fields claim the same one.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Type;
use syn::ext::IdentExt as _;

use super::runtime::Runtime;
use crate::model::{Default, Role, Struct};

/// The names, in ascending order, and the flattened fields. `of_type` gives the names of the type
/// of a flattened field, which may have a default.
pub fn expand_names(
    data: &Struct,
    runtime: &Runtime,
    of_type: impl Fn(&Type, Option<&Default>) -> TokenStream,
) -> TokenStream {
    let hidden = runtime.hidden();
    let mut claims = BTreeMap::new();
    for field in &data.fields {
        if let Role::Attribute { names, .. } = &field.role {
            claims.extend(names.iter().map(|name| (name, field.ident.unraw().to_string())));
        }
    }
    for template in &data.templates {
        let key = if template.is_primary { "key" } else { "index_key" };
        claims.insert(&template.attribute, key.to_owned());
    }
    let (names, fields): (Vec<_>, Vec<_>) = claims.into_iter().unzip();
    let flattened = data.fields.iter().filter_map(|field| {
        let Role::Flatten { default, .. } = &field.role else { return None };
        let name = field.ident.unraw().to_string();
        let names = of_type(&field.ty, default.as_ref());
        Some(quote!((#name, #names)))
    });
    quote! {
        #hidden::ImageNames::new(&[#(#names),*], &[#(#fields),*], &[#(#flattened),*])
    }
}

/// The check that no two fields claim one attribute. Only a struct with flattened fields needs it:
/// `lower` has checked the other fields.
pub fn check_names(data: &Struct, names: &TokenStream, runtime: &Runtime) -> Option<TokenStream> {
    let span = data.fields.iter().find_map(|field| match field.role {
        Role::Flatten { span, .. } => Some(span),
        _ => None,
    })?;
    let hidden = runtime.at(span).hidden();
    Some(quote_spanned!(span=> #hidden::ImageNames::check(#names)))
}

/// The check outside of any function, so that it runs even if the type is never used. A generic
/// struct can only be checked in a function, where its parameters are known.
pub fn always_check_names(
    data: &Struct,
    names: &TokenStream,
    runtime: &Runtime,
) -> Option<TokenStream> {
    let check = check_names(data, names, runtime)?;
    Some(quote!(#[allow(deprecated)] const _: () = #check;))
}
