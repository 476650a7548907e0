//! Recognizes types by their names, in particular types that contain the type with the derive.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{GenericArgument, Ident, PathArguments, Type};

/// Returns `true` if the type is or contains the type with the derive. A qualified name does not
/// count, because it refers to a type in another module.
pub fn mentions(ty: &Type, own: &Ident) -> bool {
    mentions_in(ty.to_token_stream(), own)
}

fn mentions_in(tokens: TokenStream, own: &Ident) -> bool {
    let mut is_qualified = false;
    for token in tokens {
        let is_own = match &token {
            TokenTree::Group(group) => mentions_in(group.stream(), own),
            TokenTree::Ident(ident) => !is_qualified && is_name_of(ident, own),
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        };
        if is_own {
            return true;
        }
        is_qualified = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ':');
    }
    false
}

/// Returns `true` if the type is the type with the derive, alone or in an `Option` or a `Box`.
pub fn is_own(ty: &Type, own: &Ident) -> bool {
    match ty {
        Type::Group(group) => is_own(&group.elem, own),
        Type::Path(path) => {
            let Some(segment) = path.path.segments.last() else { return false };
            match &segment.arguments {
                PathArguments::AngleBracketed(arguments)
                    if segment.ident == "Option" || segment.ident == "Box" =>
                {
                    arguments.args.iter().any(|argument| {
                        matches!(argument, GenericArgument::Type(inner) if is_own(inner, own))
                    })
                }
                _ => path.path.segments.len() == 1 && is_name_of(&segment.ident, own),
            }
        }
        _ => false,
    }
}

/// Returns `true` if the last segment of the type's path has this name.
pub fn is_named(ty: &Type, name: &str) -> bool {
    match ty {
        Type::Group(group) => is_named(&group.elem, name),
        Type::Path(path) => path.path.segments.last().is_some_and(|segment| segment.ident == name),
        _ => false,
    }
}

fn is_name_of(ident: &Ident, own: &Ident) -> bool {
    ident == own || ident == "Self"
}
