//! A record, its change, and the types that an image can be mapped to.

use crate::changes::DetectChanges;
use crate::event::meta::{EventName, RecordMeta};

/// A record of a stream, with its new image mapped to `T` and its old image to `O`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StreamRecord<T, O = T> {
    /// The metadata: the event id, the sequence number, the keys and so on.
    pub meta: RecordMeta,
    /// The change of the item, with its images.
    pub change: Change<T, O>,
}

impl<T, O> StreamRecord<T, O> {
    /// Creates a record, for the test of a handler. `RecordMeta::default()` is a record without
    /// metadata.
    pub const fn new(meta: RecordMeta, change: Change<T, O>) -> Self {
        Self { meta, change }
    }
}

/// The change of an item, with its images.
///
/// An insertion has no old image, and a deletion has no new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change<T, O = T> {
    /// An item was added.
    Insert {
        /// The item after the change.
        new: T,
    },
    /// An item was updated, or replaced by another one with the same key.
    Modify {
        /// The item before the change.
        old: O,
        /// The item after the change.
        new: T,
    },
    /// An item was deleted.
    Remove {
        /// The item before the change.
        old: O,
        /// Whether DynamoDB deleted the item because its time to live was over, see
        /// [`UserIdentity::is_time_to_live`](crate::event::UserIdentity::is_time_to_live).
        expired: bool,
    },
}

impl<T, O> Change<T, O> {
    /// The item after the change, or `None` if it was deleted.
    #[allow(clippy::new_ret_no_self, reason = "named after the image, as the field is")]
    pub const fn new(&self) -> Option<&T> {
        match self {
            Self::Insert { new } | Self::Modify { new, .. } => Some(new),
            Self::Remove { .. } => None,
        }
    }

    /// The kind of the change.
    pub const fn event_name(&self) -> EventName {
        match self {
            Self::Insert { .. } => EventName::Insert,
            Self::Modify { .. } => EventName::Modify,
            Self::Remove { .. } => EventName::Remove,
        }
    }

    /// The item before the change, or `None` if it was added.
    pub const fn old(&self) -> Option<&O> {
        match self {
            Self::Modify { old, .. } | Self::Remove { old, .. } => Some(old),
            Self::Insert { .. } => None,
        }
    }
}

impl<T> Change<T> {
    /// The fields that a `MODIFY` has changed. `None` for another change.
    ///
    /// DynamoDB writes no record if a write changes nothing, but the attribute that it changed may
    /// be one that no field maps.
    pub fn changes(&self) -> Option<T::Changes>
    where
        T: DetectChanges,
    {
        match self {
            Self::Modify { old, new } => Some(T::changes(old, new)),
            Self::Insert { .. } | Self::Remove { .. } => None,
        }
    }

    /// Converts each image of the change, the old one first.
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

    /// Converts each image of the change, the old one first, and stops at the first error.
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
    /// Returns the first error of the conversion.
    pub fn try_map<U, E>(self, mut convert: impl FnMut(T) -> Result<U, E>) -> Result<Change<U>, E> {
        Ok(match self {
            Self::Insert { new } => Change::Insert { new: convert(new)? },
            Self::Modify { old, new } => Change::Modify { old: convert(old)?, new: convert(new)? },
            Self::Remove { old, expired } => Change::Remove { old: convert(old)?, expired },
        })
    }
}

/// The type of an image that the handler does not need.
///
/// The image is not decoded, and may be missing.
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

/// A type that an image of a change can be mapped to.
///
/// The types are those that derive [`FromStreamImage`](crate::FromStreamImage),
/// [`Item`](crate::Item) for the raw image, [`KeysOf`](crate::key::KeysOf) for the key alone, an
/// `Option` of one of these for an image that the stream need not capture, and [`Ignored`].
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

/// Seals [`ChangeImage`].
pub(super) mod sealed {
    use serde_dynamo::Item;

    use crate::event::record::Ignored;
    use crate::image::FromStreamImage;
    use crate::read::Image;

    pub trait MappedImage: Sized {
        /// Whether the image is decoded.
        const IS_READ: bool = true;

        /// Whether the value is read from the keys of the record instead of an image.
        const IS_KEY: bool = false;

        /// The value for an absent image, or `None` if the type requires the image.
        fn __missing_image() -> Option<Self> {
            None
        }

        /// Reads the image. Returns `None` if the value cannot be built; the problem is then in the
        /// report.
        fn __read_image(image: &mut Image<'_>) -> Option<Self>;
    }

    #[diagnostic::do_not_recommend]
    impl<T: FromStreamImage> MappedImage for T {
        const IS_KEY: bool = T::IS_KEY;

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

        const IS_KEY: bool = T::IS_KEY;

        fn __missing_image() -> Option<Self> {
            Some(None)
        }

        fn __read_image(image: &mut Image<'_>) -> Option<Self> {
            T::__read_image(image).map(Some)
        }
    }
}
