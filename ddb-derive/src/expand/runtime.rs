//! Paths to the runtime.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::Path;

/// The path by which generated code names `ddb-core`.
#[derive(Clone)]
pub struct Runtime(TokenStream);

impl Runtime {
    pub fn new(krate: &Path) -> Self {
        Self(krate.to_token_stream())
    }

    /// Returns this path with another span, so that an error in code that begins with the path is
    /// reported at that span alone.
    pub fn at(&self, span: Span) -> Self {
        Self(respan(self.0.clone(), span))
    }

    /// The path of the runtime's hidden module. Its name contains the version, so that generated
    /// code does not compile with a runtime of another version.
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
