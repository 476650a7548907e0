//! A record with its images mapped.

use serde_dynamo::Item;

use crate::event::meta::RecordMeta;
use crate::image::FromStreamImage;
use crate::read::Image;
use crate::types::{collect_image, wrap_item};

/// A record: what it says of itself, and the change with its images mapped to `T` (new) and `O`
/// (old).
#[derive(Clone, Debug, PartialEq)]
pub struct StreamRecord<T, O = T> {
    /// What the record says of itself.
    pub meta: RecordMeta,
    /// What happened to the item.
    pub change: Change<T, O>,
}

/// What happened to an item, with its images.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change<T, O = T> {
    /// An item was added.
    Insert {
        /// The item.
        new: T,
    },
    /// An item was changed, or replaced by another one of the same key.
    Modify {
        /// The item before the change.
        old: O,
        /// The item after the change.
        new: T,
    },
    /// An item was deleted.
    Remove {
        /// The item as it was.
        old: O,
        /// Whether DynamoDB deleted it because its time to live was over.
        expired: bool,
    },
}

/// The image of a change that nobody wants: it is not decoded, and need not be there.
///
/// ```
/// use ddb_core::{FromStreamImage, Ignored, StreamEvent};
///
/// #[derive(FromStreamImage)]
/// struct Order {
///     id: u64,
/// }
///
/// /// Of a stream that captures new images only.
/// fn handle(event: StreamEvent<Order, Ignored>) {}
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ignored;

/// What an image of a change can be mapped to: a type that derives [`FromStreamImage`], [`Item`]
/// for the image as it is, an `Option` of one of these for an image that the stream need not
/// capture, or [`Ignored`].
#[diagnostic::on_unimplemented(
    message = "an image cannot be mapped to `{Self}`",
    label = "not a struct that derives `FromStreamImage`, nor an `Option` of one, `Item` or `Ignored`",
    note = "write `#[derive(FromStreamImage)]` on the struct"
)]
pub trait ChangeImage: Sized {
    /// Whether the image is looked at.
    #[doc(hidden)]
    const IS_READ: bool = true;

    /// What stands for an image that is not there.
    #[doc(hidden)]
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }

    /// `None` if it could not be made, for which there is then a problem in the report.
    #[doc(hidden)]
    fn read_image(image: &mut Image<'_>) -> Option<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: FromStreamImage> ChangeImage for T {
    fn read_image(image: &mut Image<'_>) -> Option<Self> {
        T::read(image)
    }
}

impl ChangeImage for Item {
    fn read_image(image: &mut Image<'_>) -> Option<Self> {
        collect_image(image).map_err(|unfit| image.refuse(unfit)).ok().map(wrap_item)
    }
}

impl ChangeImage for Ignored {
    const IS_READ: bool = false;

    fn absent() -> Option<Self> {
        Some(Self)
    }

    fn read_image(_: &mut Image<'_>) -> Option<Self> {
        Some(Self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: ChangeImage> ChangeImage for Option<T> {
    const IS_READ: bool = T::IS_READ;

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn read_image(image: &mut Image<'_>) -> Option<Self> {
        T::read_image(image).map(Some)
    }
}
