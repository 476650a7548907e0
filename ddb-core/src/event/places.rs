//! Where the images of a record are put until the record is complete: all of decoding that is compiled for each type.

use crate::event::change::{Change, ChangeImage, StreamRecord};
use crate::event::error::RecordError;
use crate::event::meta::{EventName, RecordMeta};
use crate::read::Image;

/// What decoding asks of the types that the images are mapped to. It knows itself which images there are; see
/// [`Parts`](crate::event::parts::Parts).
pub(super) trait Places {
    /// The records begin.
    fn start(&mut self);

    /// What is asked of the new image and of the old one.
    fn demands(&self) -> (Demand, Demand);

    /// There are no images yet.
    fn clear(&mut self);

    /// Reads the new image: whether it could be made.
    fn read_new(&mut self, image: &mut Image<'_>) -> bool;

    /// The same for the old image.
    fn read_old(&mut self, image: &mut Image<'_>) -> bool;

    /// Completes a record; gives its `meta` back if an image that it needs is not there, which [`demands`](Self::demands) tells beforehand.
    fn finish(&mut self, event_name: EventName, is_expired: bool, meta: RecordMeta) -> Option<RecordMeta>;

    /// The record does not fit.
    fn refuse(&mut self, error: RecordError);
}

/// What a type asks of an image.
#[derive(Clone, Copy)]
pub(super) struct Demand {
    /// Whether it is looked at.
    pub(super) is_read: bool,
    /// Whether it has to be there.
    pub(super) is_needed: bool,
}

impl Demand {
    fn of<I: ChangeImage>() -> Self {
        Self { is_read: I::IS_READ, is_needed: I::absent().is_none() }
    }
}

/// The images of the next record, and the records before it.
pub(super) struct Records<T, O> {
    new: Option<T>,
    old: Option<O>,
    finished: Vec<Result<StreamRecord<T, O>, RecordError>>,
}

impl<T, O> Records<T, O> {
    pub(super) fn new() -> Self {
        Self { new: None, old: None, finished: Vec::new() }
    }

    pub(super) fn into_finished(self) -> Vec<Result<StreamRecord<T, O>, RecordError>> {
        self.finished
    }
}

impl<T: ChangeImage, O: ChangeImage> Places for Records<T, O> {
    fn start(&mut self) {
        self.finished.clear();
    }

    fn demands(&self) -> (Demand, Demand) {
        (Demand::of::<T>(), Demand::of::<O>())
    }

    fn clear(&mut self) {
        self.new = T::absent();
        self.old = O::absent();
    }

    fn read_new(&mut self, image: &mut Image<'_>) -> bool {
        self.new = T::read_image(image);
        self.new.is_some()
    }

    fn read_old(&mut self, image: &mut Image<'_>) -> bool {
        self.old = O::read_image(image);
        self.old.is_some()
    }

    fn finish(&mut self, event_name: EventName, is_expired: bool, meta: RecordMeta) -> Option<RecordMeta> {
        let change = match event_name {
            EventName::Insert => {
                let Some(new) = self.new.take() else { return Some(meta) };
                Change::Insert { new }
            }
            EventName::Modify => {
                let Some(old) = self.old.take() else { return Some(meta) };
                let Some(new) = self.new.take() else { return Some(meta) };
                Change::Modify { old, new }
            }
            EventName::Remove => {
                let Some(old) = self.old.take() else { return Some(meta) };
                Change::Remove { old, expired: is_expired }
            }
        };
        self.finished.push(Ok(StreamRecord { meta, change }));
        None
    }

    fn refuse(&mut self, error: RecordError) {
        self.finished.push(Err(error));
    }
}
