//! Where decoding puts images and records: all of it that is compiled for each type.

use crate::event::error::RecordError;
use crate::event::meta::{EventName, RecordMeta};
use crate::event::record::slot::ImageSlot;
use crate::event::record::{Change, StreamRecord};
use crate::read::Image;

/// Something about the new image, and the same about the old one.
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

/// What a type asks of an image.
#[derive(Clone, Copy)]
pub(in crate::event) struct Demand {
    /// Whether the image is read.
    pub(super) is_read: bool,
    /// Whether it must not be missing.
    pub(super) is_needed: bool,
}

impl Demand {
    fn of<I: ImageSlot>() -> Self {
        Self { is_read: I::IS_READ, is_needed: I::__empty_slot().is_none() }
    }
}

/// The typed end of decoding.
pub(in crate::event) trait RecordSink {
    /// What the types ask of the images.
    fn demands(&self) -> Pair<Demand>;

    /// Empties the slots of both images.
    fn begin_record(&mut self);

    /// Reads an image into its slot, and returns whether it could be made.
    fn read_image(&mut self, side: Side, image: &mut Image<'_>) -> bool;

    /// Completes a record from the images in the slots. Returns its meta data if an image that it
    /// needs is missing.
    fn push_record(
        &mut self,
        event_name: EventName,
        is_expired: bool,
        meta: RecordMeta,
    ) -> Option<RecordMeta>;

    fn push_error(&mut self, error: RecordError);
}

/// The records so far, and the images of the current one.
pub(in crate::event) struct TypedRecords<T, O> {
    new: Option<T>,
    old: Option<O>,
    records: Vec<Result<StreamRecord<T, O>, RecordError>>,
}

impl<T, O> TypedRecords<T, O> {
    pub(in crate::event) fn new() -> Self {
        Self { new: None, old: None, records: Vec::new() }
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

impl<T: ImageSlot, O: ImageSlot> RecordSink for TypedRecords<T, O> {
    fn demands(&self) -> Pair<Demand> {
        Pair { new: Demand::of::<T>(), old: Demand::of::<O>() }
    }

    fn begin_record(&mut self) {
        self.new = T::__empty_slot();
        self.old = O::__empty_slot();
    }

    fn read_image(&mut self, side: Side, image: &mut Image<'_>) -> bool {
        match side {
            Side::New => {
                self.new = T::__fill_slot(image);
                self.new.is_some()
            }
            Side::Old => {
                self.old = O::__fill_slot(image);
                self.old.is_some()
            }
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
        self.records.push(Err(error));
    }
}
