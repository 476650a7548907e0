//! Where the images of a record are put until the record is complete: all of decoding that is
//! compiled for each type.

use crate::event::change::{Change, ChangeImage, StreamRecord};
use crate::event::error::RecordError;
use crate::event::meta::{EventName, RecordMeta};
use crate::read::Image;

/// What decoding asks of the types that the images are mapped to. Which images of a record there
/// are, its [`Parts`](crate::event::parts::Parts) know.
pub(super) trait Places {
    /// The records begin.
    fn begin(&mut self);

    /// What is asked of the new image and of the old one.
    fn demands(&self) -> (Demand, Demand);

    /// Puts the new image in its place: whether it could be made. In the place may be what did not
    /// fit, or an earlier image.
    fn put_new(&mut self, image: &mut Image<'_>) -> bool;

    /// The same for the old image.
    fn put_old(&mut self, image: &mut Image<'_>) -> bool;

    /// Completes a record of the images that there are; gives its `meta` back if an image that it
    /// needs is none of them.
    fn push_record(
        &mut self,
        event_name: EventName,
        is_expired: bool,
        there: There,
        meta: RecordMeta,
    ) -> Option<RecordMeta>;

    /// The record does not fit.
    fn push_error(&mut self, error: RecordError);
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

/// Which of a record's images are in their places, and fit.
#[derive(Clone, Copy)]
pub(super) struct There {
    pub(super) new: bool,
    pub(super) old: bool,
}

/// The places of the images, and the records so far.
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
    fn begin(&mut self) {
        self.finished.clear();
    }

    fn demands(&self) -> (Demand, Demand) {
        (Demand::of::<T>(), Demand::of::<O>())
    }

    fn put_new(&mut self, image: &mut Image<'_>) -> bool {
        self.new = T::read_image(image);
        self.new.is_some()
    }

    fn put_old(&mut self, image: &mut Image<'_>) -> bool {
        self.old = O::read_image(image);
        self.old.is_some()
    }

    fn push_record(
        &mut self,
        event_name: EventName,
        is_expired: bool,
        there: There,
        meta: RecordMeta,
    ) -> Option<RecordMeta> {
        let change = match event_name {
            EventName::Insert => {
                let Some(new) = take(&mut self.new, there.new) else { return Some(meta) };
                Change::Insert { new }
            }
            EventName::Modify => {
                let Some(old) = take(&mut self.old, there.old) else { return Some(meta) };
                let Some(new) = take(&mut self.new, there.new) else { return Some(meta) };
                Change::Modify { old, new }
            }
            EventName::Remove => {
                let Some(old) = take(&mut self.old, there.old) else { return Some(meta) };
                Change::Remove { old, expired: is_expired }
            }
        };
        self.finished.push(Ok(StreamRecord { meta, change }));
        None
    }

    fn push_error(&mut self, error: RecordError) {
        self.finished.push(Err(error));
    }
}

/// The image, or what stands for one that is not there.
fn take<I: ChangeImage>(place: &mut Option<I>, is_there: bool) -> Option<I> {
    if is_there { place.take() } else { I::absent() }
}
