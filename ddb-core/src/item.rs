//! Whole items: how they are written, and their size.

mod size;

pub use self::size::ItemSize;

use std::rc::Rc;
use std::sync::Arc;

use serde_dynamo::Item;

use crate::error::ItemError;
use crate::private::WriteItem;
use crate::write::ItemWriter;

/// A type that is written as a whole item.
///
/// Derive it, usually together with [`FromStreamImage`](crate::FromStreamImage): both use the same
/// keys, so a written item can be read back. To write an item by hand, put
/// `#[ddb(try_from = Item)]` on the type, and implement `From<Order> for Item`.
///
/// ```
/// use ddb_core::{FromStreamImage, IntoItem};
///
/// #[derive(Clone, Debug, PartialEq, FromStreamImage, IntoItem)]
/// #[ddb(rename_all = "PascalCase")]
/// struct Order {
///     id: u64,
///     note: Option<String>,
///     tags: Vec<String>,
/// }
///
/// let order = Order { id: 7, note: None, tags: vec!["new".to_owned()] };
/// let item = order.to_item()?;
/// // A `None` is left out.
/// assert_eq!(item.len(), 2);
/// assert_eq!(Order::from_image(item)?, order);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as an item",
    label = "not a type that derives `IntoItem`",
    note = "write `#[derive(IntoItem)]` on the type"
)]
pub trait IntoItem: WriteItem {
    /// Writes the item, and moves strings and bytes into it.
    ///
    /// # Errors
    ///
    /// Returns an error that lists every value that DynamoDB cannot store, with its path.
    fn into_item(self) -> Result<Item, ItemError> {
        let mut writer = ItemWriter::default();
        self.write_item(&mut writer);
        writer.finish()
    }

    /// Writes the item from a copy of the value.
    ///
    /// # Errors
    ///
    /// Returns an error that lists every value that DynamoDB cannot store, with its path.
    fn to_item(&self) -> Result<Item, ItemError>
    where
        Self: Clone,
    {
        self.clone().into_item()
    }
}

macro_rules! pointer_into_item {
    ($($pointer:ident),*) => {$(
        impl<T: IntoItem + Clone> IntoItem for $pointer<T> {}
    )*};
}

impl<T: IntoItem> IntoItem for Box<T> {}

/// Writes a copy.
impl<T: IntoItem + Clone> IntoItem for &T {}

pointer_into_item!(Rc, Arc);

/// Writes the item as it is.
impl IntoItem for Item {}
