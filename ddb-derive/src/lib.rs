//! The derive macro of `ddb-core`, which re-exports it and documents it.
//!
//! A type goes through three steps: [`parse`] reads the `#[ddb(…)]` attributes, [`lower`] checks every rule and makes a
//! [`model`] that can only hold legal combinations, [`expand`] writes the impls and cannot fail. Mistakes are collected along
//! the way, so that a build shows all of them; a type with mistakes expands to [`skeleton`] impls, so that nothing else
//! in the crate fails for want of them.

mod bounds;
mod case;
mod errors;
mod expand;
mod key;
mod lower;
mod model;
mod parse;
mod skeleton;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Maps DynamoDB items and stream images to a struct, or an `S` to an enum.
///
/// The crate `ddb-core` documents the attributes.
#[proc_macro_derive(FromStreamImage, attributes(ddb))]
pub fn derive_from_stream_image(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::derive(&input).into()
}
