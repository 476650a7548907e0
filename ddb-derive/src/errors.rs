//! Collects all the mistakes of a type.

use std::cell::RefCell;
use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::Error;

/// Collects mistakes until [`finish`](Self::finish), so that one build shows all of them.
#[derive(Default)]
pub struct Errors {
    all: RefCell<Vec<Error>>,
}

/// Proof that a mistake has been collected.
pub struct Mistake(());

impl Errors {
    /// Records a mistake at these tokens.
    pub fn at(&self, tokens: impl ToTokens, message: impl Display) -> Mistake {
        self.push(Error::new_spanned(tokens, message))
    }

    /// Records a mistake at this span.
    pub fn at_span(&self, span: Span, message: impl Display) -> Mistake {
        self.push(Error::new(span, message))
    }

    pub fn push(&self, error: Error) -> Mistake {
        self.all.borrow_mut().push(error);
        Mistake(())
    }

    /// Returns the value if there was no mistake, and otherwise a `compile_error!` for each
    /// mistake.
    pub fn finish<T>(self, value: Result<T, Mistake>) -> Result<T, TokenStream> {
        let all = self.all.into_inner();
        match value {
            Ok(value) if all.is_empty() => Ok(value),
            _ => Err(all.iter().map(Error::to_compile_error).collect()),
        }
    }
}
