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

/// The identifiers in the tokens.
pub fn idents_in(tokens: TokenStream) -> Vec<Ident> {
    let mut idents = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => idents.push(ident),
            TokenTree::Group(group) => idents.extend(idents_in(group.stream())),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    idents
}

/// Returns `true` if the type is the type with the derive, alone or in an `Option` or a `Box`.
pub fn is_own(ty: &Type, own: &Ident) -> bool {
    match unwrap_type(ty, &["Option", "Box"]) {
        Type::Path(path) => {
            let segments = &path.path.segments;
            segments.len() == 1 && segments.iter().all(|segment| is_name_of(&segment.ident, own))
        }
        _ => false,
    }
}

/// Returns `true` if the type is `Vec<u8>`, alone or in an `Option` or a pointer.
pub fn is_byte_vec(ty: &Type) -> bool {
    let ty = unwrap_type(ty, &["Option", "Box", "Rc", "Arc"]);
    argument_of(ty, &["Vec"]).is_some_and(|element| is_named(element, "u8"))
}

/// Returns `true` if the last segment of the type's path has this name.
pub fn is_named(ty: &Type, name: &str) -> bool {
    match ty {
        Type::Group(group) => is_named(&group.elem, name),
        Type::Path(path) => path.path.segments.last().is_some_and(|segment| segment.ident == name),
        _ => false,
    }
}

/// The type inside types with these names.
fn unwrap_type<'t>(ty: &'t Type, names: &[&str]) -> &'t Type {
    match ty {
        Type::Group(group) => unwrap_type(&group.elem, names),
        _ => argument_of(ty, names).map_or(ty, |inner| unwrap_type(inner, names)),
    }
}

/// The type argument of a type with one of these names.
fn argument_of<'t>(ty: &'t Type, names: &[&str]) -> Option<&'t Type> {
    let path = match ty {
        Type::Group(group) => return argument_of(&group.elem, names),
        Type::Path(path) => &path.path,
        _ => return None,
    };
    let segment = path.segments.last()?;
    match &segment.arguments {
        PathArguments::AngleBracketed(arguments)
            if names.iter().any(|name| segment.ident == name) =>
        {
            arguments.args.iter().find_map(|argument| match argument {
                GenericArgument::Type(inner) => Some(inner),
                _ => None,
            })
        }
        _ => None,
    }
}

fn is_name_of(ident: &Ident, own: &Ident) -> bool {
    ident == own || ident == "Self"
}
