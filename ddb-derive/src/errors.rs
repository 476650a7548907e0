//! The mistakes of a type, all of them.

use std::cell::RefCell;
use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::Error;

/// Collects mistakes until [`check`](Self::check) asks for them.
#[derive(Default)]
pub struct Errors {
    all: RefCell<Vec<Error>>,
}

impl Errors {
    /// A mistake at the tokens.
    pub fn at(&self, tokens: impl ToTokens, message: impl Display) {
        self.push(Error::new_spanned(tokens, message));
    }

    /// A mistake at a span.
    pub fn at_span(&self, span: Span, message: impl Display) {
        self.push(Error::new(span, message));
    }

    pub fn push(&self, error: Error) {
        self.all.borrow_mut().push(error);
    }

    /// A mistake for a type that cannot be lowered, should nothing have said why.
    pub fn make_sure(&self, tokens: impl ToTokens, message: impl Display) {
        if self.all.borrow().is_empty() {
            self.at(tokens, message);
        }
    }

    /// The `compile_error!` of each mistake, if there is one.
    pub fn check(self) -> Result<(), TokenStream> {
        let all = self.all.into_inner();
        if all.is_empty() { Ok(()) } else { Err(all.iter().map(Error::to_compile_error).collect()) }
    }
}
