//! The steps of a derive.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::errors::Errors;
use crate::fallback::FallbackInfo;
use crate::model::{Direction, Target};
use crate::{expand, fallback, lower};

pub fn derive(input: &DeriveInput, direction: Direction, target: Target) -> TokenStream {
    let errors = Errors::default();
    let keys = lower::parse_container(input, &errors);
    let lowered = lower::lower(input, direction, target, &keys, &errors);
    match (errors.finish(lowered), direction) {
        (Ok(model), Direction::Read) => expand::expand(&model),
        (Ok(model), Direction::Write) => expand::write::expand(&model),
        (Err(mistakes), _) => {
            let info = FallbackInfo::new(input, direction, target, &keys);
            let fallback = fallback::expand(input, &info);
            quote!(#mistakes #fallback)
        }
    }
}
