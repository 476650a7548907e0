//! A record on its way: what has been read of it so far, and what is wrong with it.

use serde_dynamo::Item;

use crate::error::ImageError;
use crate::event::error::{ImageFault, RecordError, RecordErrorKind, RecordPart};
use crate::event::meta::{EventName, RecordMeta, UserIdentity, ViewType};
use crate::event::places::{Demand, Places};
use crate::image::finish;
use crate::json::Json;
use crate::read::{Image, Report};

pub(super) struct Parts {
    pub(super) meta: RecordMeta,
    /// Why it is no record at all.
    pub(super) refused: Option<RecordErrorKind>,
    pub(super) keys_fault: Option<ImageFault>,
    /// Whether the new image is in its place.
    new: Result<(), NoImage>,
    /// Whether the old image is in its place.
    old: Result<(), NoImage>,
}

/// What there is in the place of an image that fits.
pub(super) enum NoImage {
    Missing,
    Null,
    NotAnObject,
    Unfit(ImageError),
}

/// What captures an image if the other one is not asked for, and what captures both.
static NEW: [ViewType; 2] = [ViewType::NewImage, ViewType::NewAndOldImages];
static OLD: [ViewType; 2] = [ViewType::OldImage, ViewType::NewAndOldImages];

impl Parts {
    /// Nothing has been read, and the places are empty.
    pub(super) fn start(places: &mut dyn Places) -> Self {
        places.clear();
        Self {
            meta: RecordMeta::default(),
            refused: None,
            keys_fault: None,
            new: Err(NoImage::Missing),
            old: Err(NoImage::Missing),
        }
    }

    /// The images that have been read are none.
    pub(super) fn clear_images(&mut self, places: &mut dyn Places) {
        self.new = Err(NoImage::Missing);
        self.old = Err(NoImage::Missing);
        places.clear();
    }

    /// The new image comes next in the text.
    pub(super) fn read_new(&mut self, json: Json<'_>, places: &mut dyn Places) {
        let (Demand { is_read, .. }, _) = places.demands();
        self.new = read_object(json, is_read, &mut |image| places.read_new(image));
    }

    /// The old image comes next in the text.
    pub(super) fn read_old(&mut self, json: Json<'_>, places: &mut dyn Places) {
        let (_, Demand { is_read, .. }) = places.demands();
        self.old = read_object(json, is_read, &mut |image| places.read_old(image));
    }

    /// The images are items already.
    pub(super) fn read_items(&mut self, new: Option<&Item>, old: Option<&Item>, places: &mut dyn Places) {
        let (demand_new, demand_old) = places.demands();
        self.new = read_item(new, demand_new, &mut |image| places.read_new(image));
        self.old = read_item(old, demand_old, &mut |image| places.read_old(image));
    }

    /// DynamoDB deletes what has expired under a name of its own, see [`UserIdentity`].
    fn is_expired(&self) -> bool {
        self.meta.event_name == Some(EventName::Remove)
            && self.meta.user_identity.as_ref().is_some_and(UserIdentity::is_time_to_live)
    }

    /// The record is complete.
    pub(super) fn finish(mut self, places: &mut dyn Places, raw_json: &dyn Fn() -> String) {
        let (new, old) = places.demands();
        // Without an event name, there are no images to look at.
        let event_name = self.meta.event_name.filter(|_| self.refused.is_none());
        let lacks_new = matches!(event_name, Some(EventName::Insert | EventName::Modify)) && is_lacking(&self.new, new);
        let lacks_old = matches!(event_name, Some(EventName::Remove | EventName::Modify)) && is_lacking(&self.old, old);
        if let Some(event_name) = event_name
            && !lacks_new
            && !lacks_old
            && self.keys_fault.is_none()
        {
            let is_expired = self.is_expired();
            match places.finish(event_name, is_expired, self.meta) {
                None => return,
                Some(meta) => self.meta = meta,
            }
        }
        places.refuse(self.refuse((lacks_new, new), (lacks_old, old), raw_json()));
    }

    /// The error of a record, given whether it lacks its images.
    #[cold]
    fn refuse(
        self,
        (lacks_new, demand_new): (bool, Demand),
        (lacks_old, demand_old): (bool, Demand),
        raw_json: String,
    ) -> RecordError {
        let Self { meta, refused, keys_fault, new, old } = self;
        let absent = |is_null, captured_by: &'static [ViewType; 2], needs_both| match &meta.view_type {
            Some(view_type) if !captured_by.contains(view_type) && !matches!(view_type, ViewType::Other(_)) => {
                let needed = if needs_both { &captured_by[1..] } else { captured_by };
                ImageFault::NotCaptured { is_null, view_type: view_type.clone(), needed }
            }
            view_type => ImageFault::Missing { is_null, view_type: view_type.clone() },
        };
        let fault = |none, captured_by, other: Demand| match none {
            NoImage::Missing => absent(false, captured_by, other.is_needed),
            NoImage::Null => absent(true, captured_by, other.is_needed),
            NoImage::NotAnObject => ImageFault::NotAnObject,
            NoImage::Unfit(error) => ImageFault::Unfit(error),
        };
        let kind = refused.unwrap_or_else(|| {
            let (new, old) = (new.err().filter(|_| lacks_new), old.err().filter(|_| lacks_old));
            let mut parts = Vec::new();
            parts.extend(new.map(|new| (RecordPart::NewImage, fault(new, &NEW, demand_old))));
            parts.extend(old.map(|old| (RecordPart::OldImage, fault(old, &OLD, demand_new))));
            parts.extend(keys_fault.map(|keys| (RecordPart::Keys, keys)));
            RecordErrorKind::Parts(parts)
        });
        RecordError::new(meta, kind, raw_json)
    }
}

/// Whether an image that a record has to have is none.
fn is_lacking(image: &Result<(), NoImage>, demand: Demand) -> bool {
    match image {
        Ok(()) => false,
        Err(NoImage::Missing | NoImage::Null) => demand.is_needed,
        Err(NoImage::NotAnObject | NoImage::Unfit(_)) => true,
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

fn read_item(item: Option<&Item>, demand: Demand, read: &mut dyn FnMut(&mut Image<'_>) -> bool) -> Result<(), NoImage> {
    let item = item.filter(|_| demand.is_read).ok_or(NoImage::Missing)?;
    let mut report = Report::default();
    let is_made = read(&mut Image::borrowed(item, &mut report));
    finish(is_made.then_some(()), report).map_err(NoImage::Unfit)
}
