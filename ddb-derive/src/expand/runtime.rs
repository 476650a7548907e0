//! The paths of the runtime.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::Path;

/// Where generated code finds `ddb-core`: its public items, and the hidden module.
#[derive(Clone)]
pub struct Runtime(TokenStream);

impl Runtime {
    pub fn new(krate: &Path) -> Self {
        Self(krate.to_token_stream())
    }

    /// The same path with another span, so that an error in what it begins is on that span alone.
    pub fn at(&self, span: Span) -> Self {
        Self(respan(self.0.clone(), span))
    }

    /// The hidden module, whose name carries the version: a runtime of another version does not
    /// have it.
    pub fn hidden(&self) -> TokenStream {
        let krate = &self.0;
        let version = env!("CARGO_PKG_VERSION").replace(['.', '-', '+'], "_");
        let module = format_ident!("__private_{version}");
        quote!(#krate::#module)
    }
}

impl ToTokens for Runtime {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.0.to_tokens(tokens);
    }
}

/// The tokens with another span.
pub fn respan(tokens: TokenStream, span: Span) -> TokenStream {
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
