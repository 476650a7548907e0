//! The mistakes of a type, all of them.

use std::cell::RefCell;
use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::Error;

/// Collects mistakes until [`finish`](Self::finish), so that a build shows all of them.
#[derive(Default)]
pub struct Errors {
    all: RefCell<Vec<Error>>,
}

/// Proof that a mistake has been collected.
pub struct Mistake(());

impl Errors {
    /// A mistake at the tokens.
    pub fn at(&self, tokens: impl ToTokens, message: impl Display) -> Mistake {
        self.push(Error::new_spanned(tokens, message))
    }

    /// A mistake at a span.
    pub fn at_span(&self, span: Span, message: impl Display) -> Mistake {
        self.push(Error::new(span, message))
    }

    pub fn push(&self, error: Error) -> Mistake {
        self.all.borrow_mut().push(error);
        Mistake(())
    }

    /// The value if there was no mistake, else the `compile_error!` of each.
    pub fn finish<T>(self, value: Result<T, Mistake>) -> Result<T, TokenStream> {
        let all = self.all.into_inner();
        match value {
            Ok(value) if all.is_empty() => Ok(value),
            _ => Err(all.iter().map(Error::to_compile_error).collect()),
        }
    }
}
