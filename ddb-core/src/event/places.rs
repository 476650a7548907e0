//! Where the images of a record are put until the record is complete: all of decoding that is compiled for each type.

use std::mem;

use serde_dynamo::Item;

use crate::error::ImageError;
use crate::event::change::{Change, ChangeImage, StreamRecord};
use crate::event::error::RecordError;
use crate::event::meta::EventName;
use crate::event::parts::Parts;
use crate::image::finish;
use crate::json::Json;
use crate::read::{Image, Report};

/// What decoding asks of the types that the images are mapped to.
pub(super) trait Places {
    /// The records begin.
    fn start(&mut self);

    /// There are no images yet.
    fn clear(&mut self);

    /// The new image comes next in the text.
    fn read_new(&mut self, json: Json<'_>);

    /// The old image comes next in the text.
    fn read_old(&mut self, json: Json<'_>);

    /// The record is complete.
    fn finish(&mut self, parts: Parts, raw_json: &dyn Fn() -> String);
}

/// The same for images that are items already: apart, so that it is only in the binaries of those who have them.
pub(super) trait ItemPlaces: Places {
    /// The record has these images.
    fn read_items(&mut self, new: Option<&Item>, old: Option<&Item>);
}

/// The images of the next record, and the records before it.
pub(super) struct Records<T, O> {
    new: Result<T, NoImage>,
    old: Result<O, NoImage>,
    finished: Vec<Result<StreamRecord<T, O>, RecordError>>,
}

/// What there is in the place of an image that fits.
pub(super) enum NoImage {
    Missing,
    Null,
    NotAnObject,
    Unfit(ImageError),
}

impl<T, O> Records<T, O> {
    pub(super) fn new() -> Self {
        Self { new: Err(NoImage::Missing), old: Err(NoImage::Missing), finished: Vec::new() }
    }

    pub(super) fn into_finished(self) -> Vec<Result<StreamRecord<T, O>, RecordError>> {
        self.finished
    }
}

impl<T: ChangeImage, O: ChangeImage> Places for Records<T, O> {
    fn start(&mut self) {
        self.finished.clear();
    }

    fn clear(&mut self) {
        self.new = Err(NoImage::Missing);
        self.old = Err(NoImage::Missing);
    }

    fn read_new(&mut self, json: Json<'_>) {
        self.new = read_image(json);
    }

    fn read_old(&mut self, json: Json<'_>) {
        self.old = read_image(json);
    }

    fn finish(&mut self, parts: Parts, raw_json: &dyn Fn() -> String) {
        let (new, old) = (take(&mut self.new), take(&mut self.old));
        let change = match parts.event_name() {
            Some(EventName::Insert) => new.map(|new| Change::Insert { new }).map_err(|new| (Some(new), None)),
            Some(EventName::Remove) => {
                let expired = parts.is_expired();
                old.map(|old| Change::Remove { old, expired }).map_err(|old| (None, Some(old)))
            }
            Some(EventName::Modify) => match (old, new) {
                (Ok(old), Ok(new)) => Ok(Change::Modify { old, new }),
                (old, new) => Err((new.err(), old.err())),
            },
            None => Err((None, None)),
        };
        let record = match change {
            Ok(change) => parts.into_meta(raw_json).map(|meta| StreamRecord { meta, change }),
            Err((new, old)) => Err(parts.refuse((new, T::absent().is_none()), (old, O::absent().is_none()), raw_json)),
        };
        self.finished.push(record);
    }
}

impl<T: ChangeImage, O: ChangeImage> ItemPlaces for Records<T, O> {
    fn read_items(&mut self, new: Option<&Item>, old: Option<&Item>) {
        self.new = read_item(new);
        self.old = read_item(old);
    }
}

/// Reads the image that comes next in the text.
fn read_image<I: ChangeImage>(json: Json<'_>) -> Result<I, NoImage> {
    let mut made = None;
    let fits = read_object(json, I::IS_READ, &mut |image| {
        made = I::read_image(image);
        made.is_some()
    });
    fits.and_then(|()| made.ok_or(NoImage::Missing))
}

fn read_item<I: ChangeImage>(item: Option<&Item>) -> Result<I, NoImage> {
    let item = item.filter(|_| I::IS_READ).ok_or(NoImage::Missing)?;
    let mut report = Report::default();
    let made = I::read_image(&mut Image::borrowed(item, &mut report));
    finish(made, report).map_err(NoImage::Unfit)
}

/// The image, or what stands for one that is not there.
fn take<I: ChangeImage>(place: &mut Result<I, NoImage>) -> Result<I, NoImage> {
    match mem::replace(place, Err(NoImage::Missing)) {
        Err(none @ (NoImage::Missing | NoImage::Null)) => I::absent().ok_or(none),
        taken => taken,
    }
}

/// Reads the attributes that come next in the text; afterwards, the reader is behind them, whatever they are.
pub(super) fn read_object(
    mut json: Json<'_>,
    is_read: bool,
    read: &mut dyn FnMut(&mut Image<'_>) -> bool,
) -> Result<(), NoImage> {
    let none = match json.peek() {
        Some(b'{') if is_read => {
            let start = json.position();
            let mut report = Report::default();
            let is_made = read(&mut Image::json(json.reborrow(), &mut report));
            if json.position() == start {
                // A struct without attributes of its own has not looked at the text.
                json.skip();
            }
            return finish(is_made.then_some(()), report).map_err(NoImage::Unfit);
        }
        Some(b'n') => NoImage::Null,
        _ if is_read => NoImage::NotAnObject,
        _ => NoImage::Missing,
    };
    json.skip();
    Err(none)
}
