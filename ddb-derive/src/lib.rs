//! The derive macros of `ddb-core`, which re-exports and documents them.
//!
//! A type goes through three steps: [`attr`] parses the `#[ddb(…)]` attributes, [`lower`] checks every
//! rule and returns a [`model`] that can only hold legal combinations, or all of the mistakes,
//! and [`expand`] writes the impls and cannot fail. A type with mistakes expands to [`fallback`] impls
//! beside its errors, so that nothing else in the crate fails because of it.

mod attr;
mod errors;
mod expand;
#[cfg(test)]
mod expansions;
mod fallback;
mod lower;
mod model;

use proc_macro::TokenStream;
use quote::quote;
use syn::{DeriveInput, parse_macro_input};

use crate::errors::Errors;
use crate::fallback::FallbackInfo;
use crate::model::Target;

/// Maps DynamoDB items and stream images to a struct, or an `S` to an enum without data.
///
/// Use it as `ddb_core::FromStreamImage`: generated code names that crate alone.
///
/// # Keys of `#[ddb(…)]`
///
/// | on a struct | |
/// | --- | --- |
/// | `rename_all = "PascalCase"` | how the fields' names are written in the table: `lowercase`, `UPPERCASE`, `PascalCase`, `camelCase`, `snake_case`, `SCREAMING_SNAKE_CASE`, `kebab-case`, `SCREAMING-KEBAB-CASE`, as serde does |
/// | `strict` | `TryFrom<Item>` in the place of `From<Item>` |
/// | `default`, `default = expression` | an attribute that is not there or `NULL` is taken from this default of the struct |
/// | `deny_unknown` | an attribute that no field maps is an error; where the struct is flattened into another, it is not |
/// | `transparent` | the struct is read as its one field is; other fields are `skip` |
/// | `bound = "T: Trait"` | the `where` clause of the impls, in the place of the inferred one |
/// | `crate = "path"` | where `ddb-core` is, if it has another name |
///
/// | on a field | |
/// | --- | --- |
/// | `rename = "Name"` | the attribute's name |
/// | `alias = "Name"` | another name, used where the first is not there; repeatable |
/// | `default`, `default = expression` | stands for an attribute that is not there or `NULL` |
/// | `skip` | not read; `Default`, or `default = expression` |
/// | `flatten` | a struct whose attributes stand among this one's, but for those that a field here has; in an `Option`, `None` if the image has none of them |
/// | `rest` | all attributes that no other field maps, as an `Item` or a map; that of a flattened struct takes what it finds, before the fields that follow |
/// | `from_str` | from the text of an `S` or an `N`, by `FromStr`, whose error converts `Into<Box<dyn Error + Send + Sync>>` |
/// | `try_from = Type` | from what `Type` is read from, by `TryFrom<Type>` |
/// | `with = module` | by `module::from_attribute(Attribute<'_>) -> Result<T, AttributeError>` |
/// | `serde` | by `Deserialize`, through `serde_dynamo`, with its rules for numbers |
/// | `unix_time` | from an `N` of seconds since 1970, to the nanosecond: `SystemTime`, or your `FromUnixTime` |
///
/// An `Option<T>` field takes a conversion to `T`.
///
/// | on an enum or a variant | |
/// | --- | --- |
/// | `rename_all`, `bound`, `crate` | as on a struct |
/// | `rename`, `alias` | as on a field |
/// | `other` | the variant for every text that no other claims; without one, such a text is an error |
///
/// Two fields that claim one attribute are a compile error, and so is every key that is unknown,
/// misplaced, written twice or contradicted by another.
///
/// # Types of fields
///
/// | Rust | DynamoDB |
/// | --- | --- |
/// | `bool` | `BOOL` |
/// | `i8` to `i128`, `u8` to `u128`, `isize`, `usize`, `NonZero<…>` | `N`, integral and in range: `100`, `1E2` and `100.0` are all 100 |
/// | `f32`, `f64` | `N`, rounded to the nearest; never to infinity or to zero |
/// | `ddb_core::Number` | `N`, every digit of it |
/// | `String`, `char`, `Box<str>`, `Rc<str>`, `Arc<str>`, `Cow<'static, str>` | `S` |
/// | an enum without data | `S` |
/// | `Vec<u8>`, `VecDeque<u8>`, `Box<[u8]>`, `[u8; N]` | `B`, and as below |
/// | `Vec<T>`, `VecDeque<T>`, `Box<[T]>`, `Rc<[T]>`, `Arc<[T]>`, `[T; N]` | `L`, or `SS`, `NS`, `BS` by what `T` is |
/// | `HashSet<T>`, `BTreeSet<T>` | the same; equal elements become one |
/// | tuples | `L` of exactly that length |
/// | a derived struct | `M` |
/// | `HashMap<K, V>`, `BTreeMap<K, V>` | `M`; `K` is a string, an integer, an enum without data, or your `MapKey` |
/// | `Option<T>`, `Box<T>`, `Rc<T>`, `Arc<T>`, a `transparent` struct | as `T`; a list of them is no `B` |
/// | `AttributeValue`, `Item` | as it is |
/// | your own | implement `FromAttribute`, in a few lines |
///
/// # What it implements
///
/// | for | |
/// | --- | --- |
/// | a struct | `FromStreamImage`, `FromAttribute`, `FromImageLossy`, `From<Item>` |
/// | a `strict` struct | `FromStreamImage`, `FromAttribute`, `TryFrom<Item>` |
/// | a `transparent` struct | `FromAttribute`, and each of the above and of `MapKey` that its field has |
/// | an enum | `FromAttribute`, `MapKey` |
#[proc_macro_derive(FromStreamImage, attributes(ddb))]
pub fn derive_from_stream_image(input: TokenStream) -> TokenStream {
    derive(&parse_macro_input!(input), Target::Image).into()
}

/// Reads a value inside an item: a nested struct, a tuple struct, an enum without data, a newtype.
///
/// | on | read from |
/// | --- | --- |
/// | a struct with named fields | an `M` |
/// | a tuple struct of two fields or more | an `L` of exactly that length |
/// | an enum without data | an `S`, by the names of its variants |
/// | a `transparent` newtype | what its field is read from |
/// | a type with `try_from = Type` or `from = Type` | what `Type` is read from |
///
/// The keys of `#[ddb(…)]` and the types of fields are those of
/// [`FromStreamImage`](macro@FromStreamImage). A struct with named fields keeps the attributes that
/// fit inside a lossy item, and its fields need a default for that; with `strict` they need none, and
/// the struct is all or nothing.
///
/// It implements `FromAttribute`; for an enum and for a newtype of a key also `MapKey`, so that they
/// can be the keys of a map.
#[proc_macro_derive(FromAttribute, attributes(ddb))]
pub fn derive_from_attribute(input: TokenStream) -> TokenStream {
    derive(&parse_macro_input!(input), Target::Value).into()
}

fn derive(input: &DeriveInput, target: Target) -> proc_macro2::TokenStream {
    let errors = Errors::default();
    let keys = lower::parse_container(input, &errors);
    let lowered = lower::lower(input, target, &keys, &errors);
    match errors.finish(lowered) {
        Ok(model) => expand::expand(&model),
        Err(mistakes) => {
            let fallback = fallback::expand(input, &FallbackInfo::new(input, target, &keys));
            quote!(#mistakes #fallback)
        }
    }
}
