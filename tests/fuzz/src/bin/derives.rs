//! Expands the derives of arbitrary declarations. The result is code that parses, with or without
//! errors in it, and never a panic.
//!
//! The first byte selects the derive. The rest is Rust text, or describes a declaration that is
//! built from the keys of `#[ddb(…)]`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use proc_macro2::{Punct, TokenStream, TokenTree};
use syn::{Data, DeriveInput};

use ddb_fuzz::{Unstructured, declaration};

/// The modules of the derives. A proc-macro crate exports nothing else than its macros.
#[path = "../../../../ddb-derive/src"]
mod ddb_derive {
    pub mod attr;
    pub mod changes;
    pub mod derive;
    pub mod errors;
    pub mod expand;
    pub mod fallback;
    pub mod lower;
    pub mod mentions;
    pub mod model;
}

// The modules name each other from the root of their crate.
use ddb_derive::{attr, changes, derive, errors, expand, fallback, lower, mentions, model};
use model::{Direction, Target};

/// More groups inside each other than any declaration has. Parsing takes stack frames for each.
const MAX_GROUPS: usize = 40;

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let texts = if first < 0x80 {
        str::from_utf8(rest).map(str::to_owned).ok()
    } else {
        declaration::write(&mut Unstructured::new(rest)).ok()
    };
    let Some(tokens) = texts.and_then(|text| text.parse::<TokenStream>().ok()) else { return };
    if is_deeper(tokens.clone(), MAX_GROUPS) || ends_with_plus(tokens.clone()) {
        return;
    }
    for input in declarations(tokens) {
        let expanded = match first % 5 {
            0 => derive::derive(&input, Direction::Read, Target::Image),
            1 => derive::derive(&input, Direction::Read, Target::Value),
            2 => derive::derive(&input, Direction::Write, Target::Image),
            3 => derive::derive(&input, Direction::Write, Target::Value),
            _ => changes::derive(&input),
        };
        if let Err(error) = syn::parse2::<syn::File>(expanded.clone()) {
            panic!("{error} in {expanded}");
        }
    }
});

/// The declarations in a file.
fn declarations(tokens: TokenStream) -> Vec<DeriveInput> {
    let items = syn::parse2::<syn::File>(tokens).map(|file| file.items).unwrap_or_default();
    let declaration = |item| match item {
        syn::Item::Struct(syn::ItemStruct {
            attrs,
            vis,
            struct_token,
            ident,
            generics,
            fields,
            semi_token,
            ..
        }) => {
            let data = Data::Struct(syn::DataStruct { struct_token, fields, semi_token });
            Some(DeriveInput { attrs, vis, ident, generics, data })
        }
        syn::Item::Enum(syn::ItemEnum {
            attrs,
            vis,
            enum_token,
            ident,
            generics,
            brace_token,
            variants,
            ..
        }) => {
            let data = Data::Enum(syn::DataEnum { enum_token, brace_token, variants });
            Some(DeriveInput { attrs, vis, ident, generics, data })
        }
        syn::Item::Union(syn::ItemUnion {
            attrs,
            vis,
            union_token,
            ident,
            generics,
            fields,
            ..
        }) => {
            let data = Data::Union(syn::DataUnion { union_token, fields });
            Some(DeriveInput { attrs, vis, ident, generics, data })
        }
        _ => None,
    };
    items.into_iter().filter_map(declaration).collect()
}

fn is_deeper(tokens: TokenStream, limit: usize) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => limit == 0 || is_deeper(group.stream(), limit - 1),
        _ => false,
    })
}

/// Returns `true` for a type such as `Send +`. No field can have it, because it is unsized, and
/// `<Send + as Trait>` does not parse, so that a derive which repeats it adds a syntax error.
fn ends_with_plus(tokens: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_plus = |token: &TokenTree| matches!(token, TokenTree::Punct(it) if it.as_char() == '+');
    let is_end = |punct: &Punct| matches!(punct.as_char(), ',' | ';' | '=' | '>');
    let ends_type = |token: &TokenTree| matches!(token, TokenTree::Punct(it) if is_end(it));
    tokens.last().is_some_and(is_plus)
        || tokens.windows(2).any(|pair| is_plus(&pair[0]) && ends_type(&pair[1]))
        || tokens.into_iter().any(|token| match token {
            TokenTree::Group(group) => ends_with_plus(group.stream()),
            _ => false,
        })
}
