//! The destination of decoded images and records. Nothing else in decoding is monomorphized for the
//! user's types.

use serde_dynamo::Item;

use crate::error::{KEPT_PROBLEMS, SHOWN_PROBLEMS};
use crate::event::decode::partial::{ImageState, read_item};
use crate::event::error::RecordError;
use crate::event::meta::{EventName, RecordMeta};
use crate::event::record::sealed::MappedImage;
use crate::event::record::{Change, StreamRecord};
use crate::read::Image;

/// A value for the new image and one for the old image.
#[derive(Clone, Copy)]
pub(in crate::event) struct Pair<V> {
    pub(super) new: V,
    pub(super) old: V,
}

/// One of the two images.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::event) enum Side {
    New,
    Old,
}

impl<V> Pair<V> {
    pub(super) fn get_mut(&mut self, side: Side) -> &mut V {
        match side {
            Side::New => &mut self.new,
            Side::Old => &mut self.old,
        }
    }
}

impl<V: Copy> Pair<V> {
    pub(super) fn get(self, side: Side) -> V {
        match side {
            Side::New => self.new,
            Side::Old => self.old,
        }
    }
}

/// The requirement of a type for its image.
#[derive(Clone, Copy)]
pub(in crate::event) struct Requirement {
    /// Whether the image is decoded.
    pub(super) is_read: bool,
    /// Whether the value is read from the keys of the record instead.
    pub(super) is_key: bool,
    /// Whether a missing image is an error. Where it is none, an image without attributes counts as
    /// missing as well: every item has a key, so there is no such item.
    pub(super) is_required: bool,
}

impl Requirement {
    fn of<I: MappedImage>() -> Self {
        Self {
            is_read: I::IS_READ && !I::IS_KEY,
            is_key: I::IS_KEY,
            is_required: !I::IS_KEY && I::__missing_image().is_none(),
        }
    }
}

/// The decoder's view of [`TypedRecords`], without the user's types.
pub(in crate::event) trait RecordSink {
    /// The requirements of the types of both images.
    fn requirements(&self) -> Pair<Requirement>;

    /// Resets the slots of both images to the values for a missing image. Returns the number of
    /// problems that each image of the record keeps.
    fn begin_record(&mut self) -> usize;

    /// Reads an image into its slot. Returns `true` if its value could be built.
    fn read_image(&mut self, side: Side, image: &mut Image<'_>) -> bool;

    /// Reads the keys of the record into a slot for a key. `None` if the slot is for an image.
    fn read_keys(&mut self, side: Side, keys: &Item, room: usize) -> Option<ImageState>;

    /// Adds a record with the images in the slots. Returns the metadata instead if an image that
    /// the record needs is missing.
    fn push_record(
        &mut self,
        event_name: EventName,
        is_expired: bool,
        meta: RecordMeta,
    ) -> Option<RecordMeta>;

    fn push_error(&mut self, error: RecordError);
}

/// The records so far, and the slots for the images of the current record.
pub(in crate::event) struct TypedRecords<T, O> {
    new: Option<T>,
    old: Option<O>,
    records: Vec<Result<StreamRecord<T, O>, RecordError>>,
    /// The number of problems that the errors keep.
    kept_problems: usize,
}

impl<T, O> TypedRecords<T, O> {
    pub(in crate::event) fn new() -> Self {
        Self { new: None, old: None, records: Vec::new(), kept_problems: 0 }
    }

    /// Takes the only record, of a sink that got exactly one.
    pub(in crate::event) fn take_record(&mut self) -> Result<StreamRecord<T, O>, RecordError> {
        self.records.swap_remove(0)
    }

    pub(in crate::event) fn into_records(self) -> Vec<Result<StreamRecord<T, O>, RecordError>> {
        self.records
    }

    fn take_change(&mut self, event_name: EventName, expired: bool) -> Option<Change<T, O>> {
        Some(match event_name {
            EventName::Insert => Change::Insert { new: self.new.take()? },
            EventName::Modify => Change::Modify { old: self.old.take()?, new: self.new.take()? },
            EventName::Remove => Change::Remove { old: self.old.take()?, expired },
        })
    }
}

impl<T: MappedImage, O: MappedImage> RecordSink for TypedRecords<T, O> {
    fn requirements(&self) -> Pair<Requirement> {
        Pair { new: Requirement::of::<T>(), old: Requirement::of::<O>() }
    }

    fn begin_record(&mut self) -> usize {
        self.new = T::__missing_image();
        self.old = O::__missing_image();
        // A problem can take a thousand times the memory of its value, which only its path
        // distinguishes from those beside it.
        KEPT_PROBLEMS.saturating_sub(self.kept_problems).max(SHOWN_PROBLEMS)
    }

    fn read_image(&mut self, side: Side, image: &mut Image<'_>) -> bool {
        match side {
            Side::New => {
                self.new = T::__read_image(image);
                self.new.is_some()
            }
            Side::Old => {
                self.old = O::__read_image(image);
                self.old.is_some()
            }
        }
    }

    fn read_keys(&mut self, side: Side, keys: &Item, room: usize) -> Option<ImageState> {
        match side {
            Side::New => read_key(&mut self.new, keys, room),
            Side::Old => read_key(&mut self.old, keys, room),
        }
    }

    fn push_record(
        &mut self,
        event_name: EventName,
        is_expired: bool,
        meta: RecordMeta,
    ) -> Option<RecordMeta> {
        match self.take_change(event_name, is_expired) {
            Some(change) => {
                self.records.push(Ok(StreamRecord { meta, change }));
                None
            }
            None => Some(meta),
        }
    }

    fn push_error(&mut self, error: RecordError) {
        self.kept_problems += error.kept_problems();
        self.records.push(Err(error));
    }
}

fn read_key<I: MappedImage>(slot: &mut Option<I>, keys: &Item, room: usize) -> Option<ImageState> {
    // Only a record from a test has no keys. An optional slot then stays empty.
    let is_read = I::IS_KEY && !(keys.is_empty() && slot.is_some());
    is_read.then(|| {
        read_item(keys, room, &mut |image| {
            *slot = I::__read_image(image);
            slot.is_some()
        })
    })
}
