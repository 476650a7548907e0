//! The key of an item: as a type of its own, and written for `GetItem` or a query.

use std::rc::Rc;
use std::sync::Arc;

use serde_dynamo::Item;

use crate::error::{AttributeError, ItemError, Unwritable};
use crate::image::FromStreamImage;
use crate::item::IntoItem;
use crate::private::KeyedStruct;
use crate::schema::Schema;
use crate::write::ItemWriter;

/// The key of a `T`, for a struct with a [`key`](derive@crate::FromStreamImage#key) and for an enum
/// with [`by_key`](derive@crate::FromStreamImage#by_key): a struct of the fields that are in the
/// key, without those of an `index_key`, or an enum with the keys of the variants.
///
/// In a [`StreamEvent`](crate::StreamEvent), a `KeysOf<T>` is read from the `Keys` of the record
/// and not from an image. A stream whose view type is `KEYS_ONLY` thus tells which entity has
/// changed:
///
/// ```
/// use ddb_core::FromStreamImage;
/// use ddb_core::key::KeysOf;
///
/// #[derive(FromStreamImage)]
/// #[ddb(by_key)]
/// enum Entity {
///     Customer(Customer),
///     #[ddb(key(PK = "CUSTOMER#{customer}", SK = "ORDER#{order}"))]
///     Order { customer: u64, order: String, total: u64 },
/// }
///
/// #[derive(FromStreamImage)]
/// #[ddb(strict, key(PK = "CUSTOMER#{id}", SK = "PROFILE"))]
/// struct Customer {
///     id: u64,
///     name: String,
/// }
///
/// fn describe(keys: &KeysOf<Entity>) -> String {
///     match keys {
///         KeysOf::<Entity>::Customer(KeysOf::<Customer> { id }) => format!("customer {id}"),
///         KeysOf::<Entity>::Order { customer, order } => format!("order {order} of {customer}"),
///     }
/// }
///
/// # #[cfg(feature = "events")] {
/// use ddb_core::{Change, StreamEvent};
///
/// let event = StreamEvent::<KeysOf<Entity>>::from_slice(
///     br#"{"Records": [{
///         "eventName": "MODIFY",
///         "dynamodb": {
///             "Keys": {"PK": {"S": "CUSTOMER#7"}, "SK": {"S": "ORDER#A"}},
///             "SequenceNumber": "1",
///             "StreamViewType": "KEYS_ONLY"
///         }
///     }]}"#,
/// )?;
/// let Ok(record) = &event.records[0] else { panic!("a key") };
/// let Change::Modify { new, .. } = &record.change else { panic!("a modification") };
/// assert_eq!(describe(new), "order A of 7");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The type implements `FromStreamImage`, and `Clone`, `Debug`, `PartialEq`, `Eq` and `Hash` if its
/// fields do. It implements [`IntoItem`] if `T` does, so that the key of an item can be built
/// without the item:
///
/// ```
/// use ddb_core::key::{KeysOf, key_prefix};
/// use ddb_core::{AttributeValue, FromStreamImage, IntoItem};
///
/// #[derive(FromStreamImage, IntoItem)]
/// #[ddb(strict, key(PK = "CUSTOMER#{customer}", SK = "ORDER#{id:06}"))]
/// struct Order {
///     customer: u64,
///     id: u32,
///     total: u64,
/// }
///
/// // For `GetItem`:
/// let key = KeysOf::<Order> { customer: 7, id: 1 }.into_item()?;
/// assert_eq!(key["PK"], AttributeValue::S("CUSTOMER#7".to_owned()));
/// assert_eq!(key["SK"], AttributeValue::S("ORDER#000001".to_owned()));
///
/// // For a query with `PK = :pk AND begins_with(SK, :prefix)`:
/// assert_eq!(key_prefix::<Order>("SK"), Some("ORDER#"));
/// # Ok::<(), ddb_core::ItemError>(())
/// ```
pub type KeysOf<T> = <T as HasKeys>::Keys;

/// A type whose items have a key with a template.
///
/// The derive implements this trait for a struct with `key`, and for an enum with `by_key` and
/// without generic parameters.
#[diagnostic::on_unimplemented(
    message = "the key of `{Self}` is not known",
    label = "not a struct with a `key`, nor an enum with `by_key`",
    note = "write the key on the struct, such as `#[ddb(key(PK = \"ORDER#{{id}}\"))]`, and `by_key` on \
            an enum of such structs"
)]
pub trait HasKeys {
    /// The key.
    type Keys: FromStreamImage;
}

#[diagnostic::do_not_recommend]
impl<T: KeyedStruct<Keys: FromStreamImage>> HasKeys for T {
    type Keys = T::Keys;
}

/// A value whose key can be written on its own, for `GetItem`, `UpdateItem` and `DeleteItem`.
///
/// [`IntoItem`](derive@crate::IntoItem) implements this trait for a struct with a
/// [`key`](derive@crate::FromStreamImage#key), and for an enum with data.
///
/// ```
/// use ddb_core::key::ToKey;
/// use ddb_core::{AttributeValue, IntoItem};
///
/// #[derive(IntoItem)]
/// #[ddb(key(PK = "CUSTOMER#{customer}", SK = "ORDER#{id:06}"))]
/// struct Order {
///     customer: u64,
///     id: u32,
///     total: u64,
/// }
///
/// let key = Order { customer: 7, id: 1, total: 1990 }.key()?;
/// assert_eq!(key["SK"], AttributeValue::S("ORDER#000001".to_owned()));
/// assert_eq!(key.len(), 2);
/// # Ok::<(), ddb_core::ItemError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "the key of `{Self}` cannot be written",
    label = "not a struct with a `key`, nor an enum of such structs",
    note = "derive `IntoItem` for it, and write its key, such as `#[ddb(key(PK = \"ORDER#{{id}}\"))]`"
)]
pub trait ToKey: IntoItem {
    /// Writes the attributes of the table's key.
    ///
    /// # Errors
    ///
    /// Returns an error if a field does not fit into its template, see [`Unwritable`], and for a
    /// variant without a key.
    fn key(&self) -> Result<Item, ItemError> {
        let mut writer = ItemWriter::default();
        self.write_key(&mut writer);
        if writer.is_empty() {
            writer.fail_whole(AttributeError::unwritable(Unwritable::NoKey));
        }
        writer.finish()
    }
}

impl<T: ToKey> ToKey for Box<T> {}

impl<T: ToKey + Clone> ToKey for Rc<T> {}

impl<T: ToKey + Clone> ToKey for Arc<T> {}

/// The text before the first field of a key attribute: the prefix for `begins_with` in a query.
///
/// For a template without fields, this is the whole text. `None` means that the type has no such
/// key attribute, or that its template begins with a field. For an enum, the prefix is that of the
/// first variant with the attribute: pass the type in a variant, such as `Order`, instead.
#[must_use]
pub fn key_prefix<T: FromStreamImage>(attribute: &str) -> Option<&'static str> {
    let prefix_of = |schema: &'static Schema| {
        let mut attributes = schema.attributes();
        attributes.find(|known| known.name() == attribute)?.key_prefix()
    };
    let mut variants = T::SCHEMA.variants().map(|variant| prefix_of(variant.schema())).peekable();
    let prefix = if variants.peek().is_some() {
        let first = variants.next()?;
        first.filter(|_| variants.all(|other| other == first))
    } else {
        prefix_of(T::SCHEMA)
    };
    prefix.filter(|prefix| !prefix.is_empty())
}
