//! A record with its images mapped.

use crate::event::meta::RecordMeta;

/// A record of a stream: its metadata, and the change with its images mapped to `T` (new) and `O`
/// (old).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StreamRecord<T, O = T> {
    /// What the record says next to its images.
    pub meta: RecordMeta,
    /// What happened to the item.
    pub change: Change<T, O>,
}

impl<T, O> StreamRecord<T, O> {
    /// A record for a test of a handler; `RecordMeta::default()` is a record without metadata.
    pub const fn new(meta: RecordMeta, change: Change<T, O>) -> Self {
        Self { meta, change }
    }
}

/// What happened to an item, with its images.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change<T, O = T> {
    /// An item was added.
    Insert {
        /// The item.
        new: T,
    },
    /// An item was changed, or replaced by another one with the same key.
    Modify {
        /// The item before the change.
        old: O,
        /// The item after the change.
        new: T,
    },
    /// An item was deleted.
    Remove {
        /// The item before it was deleted.
        old: O,
        /// Whether DynamoDB deleted it because its time to live was over.
        expired: bool,
    },
}

impl<T, O> Change<T, O> {
    /// The item after the change, unless it was deleted.
    #[allow(clippy::new_ret_no_self, reason = "named after the image, as the field is")]
    pub const fn new(&self) -> Option<&T> {
        match self {
            Self::Insert { new } | Self::Modify { new, .. } => Some(new),
            Self::Remove { .. } => None,
        }
    }

    /// The item before the change, unless it was added.
    pub const fn old(&self) -> Option<&O> {
        match self {
            Self::Modify { old, .. } | Self::Remove { old, .. } => Some(old),
            Self::Insert { .. } => None,
        }
    }
}

impl<T> Change<T> {
    /// Converts both images.
    ///
    /// ```
    /// use ddb_core::Change;
    ///
    /// let change = Change::Modify { old: 1, new: 2 };
    /// assert_eq!(
    ///     change.map(|id| id.to_string()),
    ///     Change::Modify { old: "1".into(), new: "2".into() }
    /// );
    /// ```
    pub fn map<U>(self, mut convert: impl FnMut(T) -> U) -> Change<U> {
        match self {
            Self::Insert { new } => Change::Insert { new: convert(new) },
            Self::Modify { old, new } => Change::Modify { old: convert(old), new: convert(new) },
            Self::Remove { old, expired } => Change::Remove { old: convert(old), expired },
        }
    }

    /// Converts both images, the old one first.
    ///
    /// ```
    /// use ddb_core::{Change, FromStreamImage, ImageError, Item};
    ///
    /// #[derive(Debug, FromStreamImage)]
    /// struct Order {
    ///     id: u64,
    /// }
    ///
    /// fn read_order(change: Change<Item>) -> Result<Change<Order>, ImageError> {
    ///     change.try_map(Order::from_image)
    /// }
    /// # assert!(read_order(Change::Insert { new: Item::default() }).is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// The first error of the conversion.
    pub fn try_map<U, E>(self, mut convert: impl FnMut(T) -> Result<U, E>) -> Result<Change<U>, E> {
        Ok(match self {
            Self::Insert { new } => Change::Insert { new: convert(new)? },
            Self::Modify { old, new } => Change::Modify { old: convert(old)?, new: convert(new)? },
            Self::Remove { old, expired } => Change::Remove { old: convert(old)?, expired },
        })
    }
}

/// An image that is not needed: it is not decoded, and may be missing.
///
/// ```
/// use ddb_core::{FromStreamImage, Ignored, StreamEvent};
///
/// #[derive(FromStreamImage)]
/// struct Order {
///     id: u64,
/// }
///
/// /// For a stream that captures new images only.
/// fn handle(event: StreamEvent<Order, Ignored>) {}
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ignored;

/// The type that an image of a change is mapped to: one that derives
/// [`FromStreamImage`](crate::FromStreamImage), [`Item`](crate::Item)
/// for the raw image, an `Option` of one of these for an image that the stream need not capture, or
/// [`Ignored`].
///
/// The trait is sealed: no other type can implement it.
#[diagnostic::on_unimplemented(
    message = "an image cannot be mapped to `{Self}`",
    label = "not a type that derives `FromStreamImage`, nor an `Option` of one, `Item` or `Ignored`",
    note = "write `#[derive(FromStreamImage)]` on the type; a `transparent` newtype is an image only \
            if its field is one"
)]
pub trait ChangeImage: sealed::MappedImage {}

#[diagnostic::do_not_recommend]
impl<T: sealed::MappedImage> ChangeImage for T {}

/// The types that an image can be mapped to.
pub(super) mod sealed {
    use serde_dynamo::Item;

    use crate::event::record::Ignored;
    use crate::image::FromStreamImage;
    use crate::read::Image;

    pub trait MappedImage: Sized {
        /// Whether the image is read.
        const IS_READ: bool = true;

        /// The value for an image that is missing, unless it is needed.
        fn __missing_image() -> Option<Self> {
            None
        }

        /// `None` if the value cannot be made, and the problem is in the report.
        fn __read_image(image: &mut Image<'_>) -> Option<Self>;
    }

    #[diagnostic::do_not_recommend]
    impl<T: FromStreamImage> MappedImage for T {
        fn __read_image(image: &mut Image<'_>) -> Option<Self> {
            T::read_image(image)
        }
    }

    impl MappedImage for Item {
        fn __read_image(image: &mut Image<'_>) -> Option<Self> {
            image.collect_item()
        }
    }

    impl MappedImage for Ignored {
        const IS_READ: bool = false;

        fn __missing_image() -> Option<Self> {
            Some(Self)
        }

        fn __read_image(_: &mut Image<'_>) -> Option<Self> {
            Some(Self)
        }
    }

    #[diagnostic::do_not_recommend]
    impl<T: MappedImage> MappedImage for Option<T> {
        const IS_READ: bool = T::IS_READ;

        fn __missing_image() -> Option<Self> {
            Some(None)
        }

        fn __read_image(image: &mut Image<'_>) -> Option<Self> {
            T::__read_image(image).map(Some)
        }
    }
}
