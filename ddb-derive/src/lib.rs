//! The derive macros of `ddb-core`, which re-exports and documents them.
//!
//! A type goes through three steps: `attr` parses the `#[ddb(…)]` attributes, `lower` checks every
//! rule and returns a `model` that can only hold legal combinations, or all of the mistakes,
//! and `expand` writes the impls and cannot fail. A type with mistakes expands to `fallback` impls
//! beside its errors, so that nothing else in the crate fails because of it.

mod attr;
mod errors;
mod expand;
#[cfg(test)]
mod expansions;
mod fallback;
mod lower;
mod mentions;
mod model;

use proc_macro::TokenStream;
use quote::quote;
use syn::{DeriveInput, parse_macro_input};

use crate::errors::Errors;
use crate::fallback::FallbackInfo;
use crate::model::Target;

/// Reads a whole DynamoDB item or stream image into a struct.
///
/// Use it as `ddb_core::FromStreamImage`: generated code names that crate alone. For a value inside
/// an item, derive [`FromAttribute`](macro@FromAttribute). The derive of a whole item implements
/// that trait as well, so an item can be nested.
///
/// # Keys of `#[ddb(…)]`
///
/// | on a struct | |
/// | --- | --- |
/// | `rename_all = "PascalCase"` | the case of the attributes' names: `lowercase`, `UPPERCASE`, `PascalCase`, `camelCase`, `snake_case`, `SCREAMING_SNAKE_CASE`, `kebab-case`, `SCREAMING-KEBAB-CASE`, by serde's rules |
/// | `strict` | `TryFrom<Item>` instead of `From<Item>`: no field needs a default |
/// | `default`, `default = expression` | a missing or `NULL` attribute is taken from this default of the struct, which is made once |
/// | `deny_unknown` | an attribute that no field maps is an error, unless the struct is flattened into another |
/// | `transparent` | the struct is read as its one field is; mark the others `skip` |
/// | `try_from = Type`, `from = Type` | the type is read as `Type`, an `Item` included, and converted by `TryFrom` or `From`; its own fields are not read |
/// | `bound = "T: Trait"` | the `where` clause of the impls, instead of the inferred one |
/// | `crate = "path"` | the path of `ddb-core`, if it has another name |
///
/// | on a field | |
/// | --- | --- |
/// | `rename = "Name"` | the attribute's name |
/// | `alias = "Name"` | another name, which is used if the first is missing; repeatable |
/// | `default`, `default = expression` | the value of a missing or `NULL` attribute |
/// | `skip` | not read: `Default`, or `default = expression` |
/// | `flatten` | reads a nested struct from this struct's own attributes; an `Option` is `None` if all of them are missing or `NULL` |
/// | `rest` | all attributes that no other field maps, as an `Item` or a map; in a flattened struct, those that no earlier field maps |
/// | `from_str` | parsed from an `S` or an `N` by `FromStr`, whose error converts `Into<Box<dyn Error + Send + Sync>>` |
/// | `try_from = Type`, `from = Type` | read as `Type`, and converted by `TryFrom` or `From` |
/// | `with = module` | read by `module::from_attribute(Attribute<'_>) -> Result<T, AttributeError>`; a type with such a function does as well |
/// | `serde` | read by `Deserialize`, through `serde_dynamo`, with its rules for numbers |
/// | `unix_time` | read from an `N` of seconds since 1970, exact to the nanosecond: `SystemTime`, or your `FromUnixTime` |
///
/// Where the type of a field is an `Option<T>`, a conversion is one to `T`; the function of a
/// `with` module may also return the `Option`.
///
/// | on an enum or a variant | |
/// | --- | --- |
/// | `rename_all`, `try_from`, `from`, `bound`, `crate` | as on a struct |
/// | `rename`, `alias` | as on a field |
/// | `other` | the variant for every name that no other claims; without one, such a name is an error |
///
/// Two fields that claim one attribute are a compile error, through `flatten` as well; in a generic
/// struct, when it is first used. So is every key that is unknown, misplaced, written twice or
/// contradicted by another.
///
/// # Types of fields
///
/// | Rust | DynamoDB |
/// | --- | --- |
/// | `bool` | `BOOL` |
/// | `i8` to `i128`, `u8` to `u128`, `isize`, `usize`, `NonZero<…>` | `N`, integral and in range: `100`, `1E2` and `100.0` are all 100 |
/// | `f32`, `f64` | `N`, rounded to the nearest value; never to infinity or to zero |
/// | `ddb_core::Number` | `N`, every digit of it |
/// | `String`, `char`, `Box<str>`, `Rc<str>`, `Arc<str>`, `Cow<'static, str>` | `S` |
/// | an enum without data, with `FromAttribute` | `S` |
/// | `Vec<u8>`, `VecDeque<u8>`, `Box<[u8]>`, `Rc<[u8]>`, `Arc<[u8]>`, `[u8; N]` | `B`, and as below |
/// | `Vec<T>`, `VecDeque<T>`, `Box<[T]>`, `Rc<[T]>`, `Arc<[T]>`, `[T; N]` | `L`, or `SS`, `NS`, `BS` if `T` is read from their elements |
/// | `HashSet<T>`, `BTreeSet<T>` | as a list; equal elements become one, and a missing or `NULL` attribute is an empty set |
/// | tuples, tuple structs with `FromAttribute` | `L` of exactly that length |
/// | a struct with `FromAttribute` or `FromStreamImage` | `M` |
/// | `HashMap<K, V>`, `BTreeMap<K, V>` | `M`; `K` is a string, an integer, an enum without data, or your `MapKey` |
/// | `Option<T>`, `Box<T>`, `Rc<T>`, `Arc<T>`, a `transparent` struct | as `T`; a list of them is not a `B` |
/// | `Option<Option<T>>` | as `T`; `Some(None)` for `NULL`, `None` if the attribute is missing |
/// | `AttributeValue`, `Item` | any value; an `M` |
/// | your own | derive `FromAttribute`, or implement it in a few lines |
///
/// # What it implements
///
/// | for | |
/// | --- | --- |
/// | a struct | `FromStreamImage`, `FromAttribute`, `FromImageLossy`, `From<Item>` |
/// | a `strict` struct | `FromStreamImage`, `FromAttribute`, `TryFrom<Item>` |
/// | a `transparent` struct | `FromAttribute`, and each of the above and `MapKey` if its field has it |
/// | a type with `try_from = Item` or `from = Item` | `FromStreamImage`, `FromAttribute`; the conversion from `Item` is yours |
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
/// fit inside a lossy item, and its fields need a default for that; with `strict` they need none,
/// and the struct is all or nothing.
///
/// It implements `FromAttribute`; for an enum and for a newtype of a key also `MapKey`, so that
/// they can be the keys of a map.
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
