//! A record on its way: what has been read of it so far, and what is wrong with it.

use serde_dynamo::Item;

use crate::error::ImageError;
use crate::event::error::{ImageFault, RecordError, RecordErrorKind, RecordPart};
use crate::event::meta::{EventName, RecordMeta, UserIdentity, ViewType};
use crate::event::places::{Demand, Places, There};
use crate::image::finish;
use crate::json::Json;
use crate::read::{Image, Report};

pub(super) struct Parts {
    pub(super) meta: RecordMeta,
    /// Why it is no record at all.
    pub(super) refused: Option<RecordErrorKind>,
    pub(super) keys_fault: Option<ImageFault>,
    /// Whether the new image is in its place and fits; of two, the last.
    new: Result<(), NoImage>,
    /// The same of the old image.
    old: Result<(), NoImage>,
}

/// What there is in the place of an image that fits.
pub(super) enum NoImage {
    Missing,
    Null,
    NotAnObject,
    Unfit(ImageError),
}

impl Default for Parts {
    fn default() -> Self {
        let meta = RecordMeta::default();
        let (new, old) = (Err(NoImage::Missing), Err(NoImage::Missing));
        Self { meta, refused: None, keys_fault: None, new, old }
    }
}

/// What captures an image if the other one is not asked for, and what captures both.
static NEW: [ViewType; 2] = [ViewType::NewImage, ViewType::NewAndOldImages];
static OLD: [ViewType; 2] = [ViewType::OldImage, ViewType::NewAndOldImages];

impl Parts {
    /// Forgets the images, as another `dynamodb` begins.
    pub(super) fn clear_images(&mut self) {
        (self.new, self.old) = (Err(NoImage::Missing), Err(NoImage::Missing));
    }

    /// The new image comes next in the text.
    pub(super) fn read_new(&mut self, json: Json<'_>, places: &mut dyn Places) {
        let (demand, _) = places.demands();
        self.new = read_object(json, demand.is_read, &mut |image| places.put_new(image));
    }

    /// The old image comes next in the text.
    pub(super) fn read_old(&mut self, json: Json<'_>, places: &mut dyn Places) {
        let (_, demand) = places.demands();
        self.old = read_object(json, demand.is_read, &mut |image| places.put_old(image));
    }

    /// The images are items already.
    pub(super) fn read_items(
        &mut self,
        new: Option<&Item>,
        old: Option<&Item>,
        places: &mut dyn Places,
    ) {
        let (demand_new, demand_old) = places.demands();
        self.new = read_item(new, demand_new.is_read, &mut |image| places.put_new(image));
        self.old = read_item(old, demand_old.is_read, &mut |image| places.put_old(image));
    }

    /// DynamoDB deletes what has expired under a name of its own, see [`UserIdentity`].
    fn is_expired(&self) -> bool {
        self.meta.event_name == Some(EventName::Remove)
            && self.meta.user_identity.as_ref().is_some_and(UserIdentity::is_time_to_live)
    }

    /// The record is complete.
    pub(super) fn finish(mut self, places: &mut dyn Places, raw_json: &dyn Fn() -> String) {
        let (demand_new, demand_old) = places.demands();
        // Without an event name, there are no images to look at.
        let event_name = self.meta.event_name.filter(|_| self.refused.is_none());
        let takes_new = matches!(event_name, Some(EventName::Insert | EventName::Modify));
        let takes_old = matches!(event_name, Some(EventName::Remove | EventName::Modify));
        let mut is_new_at_fault = takes_new && is_at_fault(&self.new, demand_new);
        let mut is_old_at_fault = takes_old && is_at_fault(&self.old, demand_old);
        if let Some(event_name) = event_name
            && !is_new_at_fault
            && !is_old_at_fault
            && self.keys_fault.is_none()
        {
            let there = There { new: self.new.is_ok(), old: self.old.is_ok() };
            let is_expired = self.is_expired();
            match places.push_record(event_name, is_expired, there, self.meta) {
                None => return,
                // Only from a type that first needs no image, and then does.
                Some(meta) => {
                    self.meta = meta;
                    (is_new_at_fault, is_old_at_fault) = (takes_new, takes_old);
                }
            }
        }
        let error = self.into_error(
            (is_new_at_fault, demand_new),
            (is_old_at_fault, demand_old),
            raw_json(),
        );
        places.push_error(error);
    }

    /// The error of a record, given which of its images are at fault, and what was asked of them.
    #[cold]
    fn into_error(
        self,
        (is_new_at_fault, demand_new): (bool, Demand),
        (is_old_at_fault, demand_old): (bool, Demand),
        raw_json: String,
    ) -> RecordError {
        let Self { meta, refused, keys_fault, new, old } = self;
        let absent = |is_null, captured_by: &'static [ViewType; 2], needs_both| match &meta
            .view_type
        {
            Some(view_type)
                if !captured_by.contains(view_type) && !matches!(view_type, ViewType::Other(_)) =>
            {
                let needed = if needs_both { &captured_by[1..] } else { captured_by };
                ImageFault::NotCaptured { is_null, view_type: view_type.clone(), needed }
            }
            view_type => ImageFault::Missing { is_null, view_type: view_type.clone() },
        };
        let fault = |image: Result<(), NoImage>, captured_by, other: Demand| match image {
            Ok(()) | Err(NoImage::Missing) => absent(false, captured_by, other.is_needed),
            Err(NoImage::Null) => absent(true, captured_by, other.is_needed),
            Err(NoImage::NotAnObject) => ImageFault::NotAnObject,
            Err(NoImage::Unfit(error)) => ImageFault::Unfit(error),
        };
        let kind = refused.unwrap_or_else(|| {
            let mut parts = Vec::new();
            parts.extend(
                is_new_at_fault.then(|| (RecordPart::NewImage, fault(new, &NEW, demand_old))),
            );
            parts.extend(
                is_old_at_fault.then(|| (RecordPart::OldImage, fault(old, &OLD, demand_new))),
            );
            parts.extend(keys_fault.map(|keys| (RecordPart::Keys, keys)));
            RecordErrorKind::Parts(parts)
        });
        RecordError::new(meta, kind, raw_json)
    }
}

/// Whether an image keeps its record from being made.
fn is_at_fault(image: &Result<(), NoImage>, demand: Demand) -> bool {
    match image {
        Ok(()) => false,
        Err(NoImage::Missing | NoImage::Null) => demand.is_needed,
        Err(NoImage::NotAnObject | NoImage::Unfit(_)) => true,
    }
}

/// Reads the attributes that come next in the text; afterwards, the reader is behind them, whatever
/// they are.
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

/// Reads the attributes of an item; none of them if there is no item.
pub(super) fn read_item(
    item: Option<&Item>,
    is_read: bool,
    read: &mut dyn FnMut(&mut Image<'_>) -> bool,
) -> Result<(), NoImage> {
    let item = item.filter(|_| is_read).ok_or(NoImage::Missing)?;
    let mut report = Report::default();
    let is_made = read(&mut Image::borrowed(item, &mut report));
    finish(is_made.then_some(()), report).map_err(NoImage::Unfit)
}
