//! The key of an item, as a type of its own.

use crate::image::FromStreamImage;
use crate::private::KeyedStruct;

/// The key of a `T`, for a struct with a [`key`](derive@crate::FromStreamImage#key) and for an enum
/// with [`by_key`](derive@crate::FromStreamImage#by_key): a struct of the fields that are in the key,
/// without those of an `index_key`, or an enum with the keys of the variants.
///
/// In a [`StreamEvent`](crate::StreamEvent), a `KeysOf<T>` is read from the `Keys` of the record and
/// not from an image. A stream whose view type is `KEYS_ONLY` thus tells which entity has changed:
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
/// fields do.
pub type KeysOf<T> = <T as HasKeys>::Keys;

/// A type whose items have a key with a template.
///
/// The derive implements this trait for a struct with `key`, and for an enum with `by_key` and without
/// generic parameters.
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
