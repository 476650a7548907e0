//! The derive macros of `ddb-core`, which re-exports them. Depend on that crate, not on this one.
//!
//! A derive runs in three steps. `attr` parses the `#[ddb(…)]` attributes. `lower` checks every
//! rule and returns either a `model`, which can only hold legal combinations, or all of the type's
//! mistakes. `expand` turns the model into impls and cannot fail. A type with mistakes expands to
//! its errors and to the placeholder impls of `fallback`, so that the mistakes cause no further
//! errors in the crate.

mod attr;
mod changes;
mod derive;
mod errors;
mod expand;
#[cfg(test)]
mod expansions;
mod fallback;
mod lower;
mod mentions;
mod model;

use proc_macro::TokenStream;
use syn::parse_macro_input;

use crate::derive::derive;
use crate::model::{Direction, Target};

/// Reads a whole DynamoDB item or stream image into a struct, or into an enum of structs.
///
/// ```
/// use ddb_core::{AttributeValue, FromStreamImage, Item};
///
/// #[derive(FromStreamImage)]
/// #[ddb(rename_all = "PascalCase")]
/// struct Order {
///     id: u64,
///     note: Option<String>,
/// }
///
/// let order = Order::from_json(br#"{"Id": {"N": "7"}}"#).unwrap();
/// assert_eq!((order.id, order.note), (7, None));
/// ```
///
/// For a value inside an item, derive [`FromAttribute`](macro@FromAttribute). A type that derives
/// `FromStreamImage` implements that trait as well, so it can also be nested in another item.
///
/// # What the derive implements
///
/// | for | |
/// | --- | --- |
/// | a struct | `FromStreamImage`, `FromAttribute`, `FromImageLossy`, `From<Item>` |
/// | a struct with `strict`, an enum with a `tag` or `by_key` | `FromStreamImage`, `FromAttribute`, `TryFrom<Item>` |
/// | a struct with `transparent` | `FromAttribute`, and each of the others and `MapKey` if its field has it |
/// | a type with `try_from = Item` or `from = Item` | `FromStreamImage`, `FromAttribute`; you write the conversion from `Item` |
/// | a type with another `try_from` or `from` | as for a struct, if the other type has it |
///
#[doc = include_str!("../docs/keys.md")]
///
#[doc = include_str!("../docs/types.md")]
#[proc_macro_derive(FromStreamImage, attributes(ddb))]
pub fn derive_from_stream_image(input: TokenStream) -> TokenStream {
    derive(&parse_macro_input!(input), Direction::Read, Target::Image).into()
}

/// Reads a value inside an item: a nested struct, a tuple struct, an enum, or a newtype.
///
/// | on | read from |
/// | --- | --- |
/// | a struct with named fields | an `M` |
/// | a tuple struct of two fields or more | an `L` of exactly that length |
/// | an enum without data | an `S`, by the names of its variants |
/// | an enum with a `tag` or `by_key` | an `M`, by the text of attributes in it |
/// | a struct with `transparent` | whatever its field is read from |
/// | a type with `try_from = Type` or `from = Type` | whatever `Type` is read from |
///
/// ```
/// use ddb_core::{FromAttribute, FromStreamImage};
///
/// #[derive(FromStreamImage)]
/// struct Order {
///     ship_to: Address,
///     status: Status,
///     position: Option<Position>,
/// }
///
/// #[derive(Default, FromAttribute)]
/// struct Address {
///     street: String,
///     city: String,
/// }
///
/// #[derive(Default, FromAttribute)]
/// enum Status {
///     #[default]
///     Open,
///     Shipped,
/// }
///
/// #[derive(FromAttribute)]
/// struct Position(f64, f64);
/// ```
///
/// The keys of `#[ddb(…)]` and the types of fields are those of
/// [`FromStreamImage`](macro@FromStreamImage).
///
/// Inside an item that is read lossily, a struct with named fields keeps the attributes that fit,
/// and each of its fields needs a default for that. With `strict`, no field needs a default, and
/// the struct is replaced as a whole.
///
/// The derive implements `FromAttribute`, and for an enum without data and for a newtype of a map's
/// key also `MapKey`.
#[proc_macro_derive(FromAttribute, attributes(ddb))]
pub fn derive_from_attribute(input: TokenStream) -> TokenStream {
    derive(&parse_macro_input!(input), Direction::Read, Target::Value).into()
}

/// Writes a struct, or an enum of structs, as a whole DynamoDB item.
///
/// The keys of `#[ddb(…)]` are those of [`FromStreamImage`](macro@FromStreamImage), so that what is
/// written is read again. A type that derives `IntoItem` implements
/// [`IntoAttribute`](macro@IntoAttribute) as well.
///
/// ```
/// use ddb_core::{FromStreamImage, IntoItem};
///
/// #[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
/// #[ddb(strict, key(PK = "CUSTOMER#{customer}", SK = "ORDER#{id:06}"))]
/// struct Order {
///     customer: String,
///     id: u32,
///     total: f64,
///     note: Option<String>,
/// }
///
/// let order = Order { customer: "ada".to_owned(), id: 7, total: 19.9, note: None };
/// let item = order.to_item()?;
/// assert_eq!(Order::from_image(item)?, order);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What the derive implements
///
/// | for | |
/// | --- | --- |
/// | a struct | `IntoItem`, `IntoAttribute`, `TryFrom<T> for Item`; with a `key`, also `ToKey` |
/// | an enum with a `tag` or `by_key` | `IntoItem`, `IntoAttribute`, `TryFrom<T> for Item`, `ToKey` |
/// | a struct with `transparent` | `IntoAttribute`; `IntoItem`, `ToKey` and `IntoMapKey` if its field has them |
/// | a type with `try_from = Item` or `from = Item` | `IntoItem`, `IntoAttribute`; you write `From<T> for Item` |
/// | a type with another `try_from` or `from` | `IntoItem`, `IntoAttribute`, `TryFrom<T> for Item` |
#[proc_macro_derive(IntoItem, attributes(ddb))]
pub fn derive_into_item(input: TokenStream) -> TokenStream {
    derive(&parse_macro_input!(input), Direction::Write, Target::Image).into()
}

/// Writes a value inside an item: the counterpart of [`FromAttribute`](macro@FromAttribute), with
/// the same keys.
///
/// ```
/// use ddb_core::{AttributeValue, IntoAttribute};
///
/// #[derive(IntoAttribute)]
/// #[ddb(rename_all = "SCREAMING_SNAKE_CASE")]
/// enum Status {
///     Open,
///     Shipped,
/// }
///
/// let status = Status::Shipped.into_attribute().unwrap();
/// assert_eq!(status, AttributeValue::S("SHIPPED".to_owned()));
/// # let _ = Status::Open;
/// ```
///
/// | for | written as |
/// | --- | --- |
/// | a struct with named fields | `M` |
/// | a tuple struct | `L` of its fields |
/// | a struct with `transparent` | its one field |
/// | an enum without data | `S`, or `N` with `repr`; it implements `IntoMapKey` as well |
/// | an enum with a `tag` or `by_key` | `M` |
#[proc_macro_derive(IntoAttribute, attributes(ddb))]
pub fn derive_into_attribute(input: TokenStream) -> TokenStream {
    derive(&parse_macro_input!(input), Direction::Write, Target::Value).into()
}

/// Tells which fields of a struct differ between two images.
///
/// For `Order`, the derive declares `OrderChanges`, with a `bool` for each field. Its method `any`
/// returns whether any of them is `true`, and `names` returns the names that the changed attributes
/// have in the table. Fields are compared with `PartialEq`; a field with `skip` is left out.
///
/// ```
/// use ddb_core::{Change, DetectChanges, FromStreamImage};
///
/// #[derive(FromStreamImage, DetectChanges)]
/// #[ddb(rename_all = "PascalCase")]
/// struct Order {
///     status: String,
///     total: u64,
/// }
///
/// let old = Order { status: "OPEN".into(), total: 7 };
/// let new = Order { status: "SHIPPED".into(), total: 7 };
/// let changes = Order::changes(&old, &new);
/// assert!(changes.any() && changes.status && !changes.total);
/// assert_eq!(changes.names().collect::<Vec<_>>(), ["Status"]);
///
/// # #[cfg(feature = "events")] {
/// // Only a MODIFY has two images to compare.
/// let change = Change::Modify { old, new };
/// assert!(change.changes().is_some_and(|changes| changes.status));
/// # }
/// ```
///
/// Of the keys of `#[ddb(…)]`, the derive uses those that say which attribute a field has, and
/// `crate`. A field with an `alias` goes by its first name.
#[proc_macro_derive(DetectChanges, attributes(ddb))]
pub fn derive_detect_changes(input: TokenStream) -> TokenStream {
    changes::derive(&parse_macro_input!(input)).into()
}
