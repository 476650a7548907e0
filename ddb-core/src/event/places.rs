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

    /// The record has these images.
    fn read_items(&mut self, new: Option<&Item>, old: Option<&Item>);

    /// The record is complete.
    fn finish(&mut self, parts: Parts, raw_json: &dyn Fn() -> String);
}

/// The images of the next record, and the records before it.
pub(super) struct Records<T, O> {
    new: Place<T>,
    old: Place<O>,
    finished: Vec<Result<StreamRecord<T, O>, RecordError>>,
}

struct Place<I> {
    found: Found,
    image: Option<I>,
}

/// What there is in the place of an image.
#[derive(Default)]
pub(super) enum Found {
    #[default]
    Missing,
    Null,
    NotAnObject,
    Unfit(ImageError),
    Fit,
}

impl<T, O> Records<T, O> {
    pub(super) fn new() -> Self {
        Self { new: Place::empty(), old: Place::empty(), finished: Vec::new() }
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
        self.new.found = Found::Missing;
        self.old.found = Found::Missing;
    }

    fn read_new(&mut self, json: Json<'_>) {
        self.new.read_json(json);
    }

    fn read_old(&mut self, json: Json<'_>) {
        self.old.read_json(json);
    }

    fn read_items(&mut self, new: Option<&Item>, old: Option<&Item>) {
        self.new.read_item(new);
        self.old.read_item(old);
    }

    fn finish(&mut self, parts: Parts, raw_json: &dyn Fn() -> String) {
        let (new, old) = (self.new.take(), self.old.take());
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

impl<I> Place<I> {
    fn empty() -> Self {
        Self { found: Found::Missing, image: None }
    }
}

impl<I: ChangeImage> Place<I> {
    fn read_json(&mut self, json: Json<'_>) {
        self.found = read_json(json, I::IS_READ, &mut |image| {
            self.image = I::read_image(image);
            self.image.is_some()
        });
    }

    fn read_item(&mut self, item: Option<&Item>) {
        let Some(item) = item.filter(|_| I::IS_READ) else { return };
        let mut report = Report::default();
        self.image = I::read_image(&mut Image::borrowed(item, &mut report));
        self.found = Found::of(self.image.is_some(), report);
    }

    /// The image, or what stands for one that is not there.
    fn take(&mut self) -> Result<I, Found> {
        match (mem::take(&mut self.found), self.image.take()) {
            (Found::Fit, Some(image)) => Ok(image),
            (found @ (Found::Missing | Found::Null), _) => I::absent().ok_or(found),
            (found, _) => Err(found),
        }
    }
}

impl Found {
    fn of(is_made: bool, report: Report) -> Self {
        match finish(is_made.then_some(()), report) {
            Ok(()) => Self::Fit,
            Err(error) => Self::Unfit(error),
        }
    }
}

/// Reads the image that comes next in the text; afterwards, the reader is behind it.
pub(super) fn read_json(mut json: Json<'_>, is_read: bool, read: &mut dyn FnMut(&mut Image<'_>) -> bool) -> Found {
    let found = match json.peek() {
        Some(b'{') if is_read => {
            let start = json.position();
            let mut report = Report::default();
            let is_made = read(&mut Image::json(json.reborrow(), &mut report));
            if json.position() == start {
                // A struct without attributes of its own has not looked at the text.
                json.skip();
            }
            return Found::of(is_made, report);
        }
        Some(b'n') => Found::Null,
        _ if is_read => Found::NotAnObject,
        _ => Found::Missing,
    };
    json.skip();
    found
}
