//! A record on its way: what has been read of it next to its images, and what is wrong with it.

use crate::event::error::{ImageFault, RecordError, RecordErrorKind, RecordPart};
use crate::event::meta::{EventName, RecordMeta, UserIdentity, ViewType};
use crate::event::places::NoImage;

#[derive(Default)]
pub(super) struct Parts {
    pub(super) meta: RecordMeta,
    /// Why it is no record at all.
    pub(super) refused: Option<RecordErrorKind>,
    pub(super) keys_fault: Option<ImageFault>,
}

/// What captures an image if the other one is not asked for, and what captures both.
static NEW: [ViewType; 2] = [ViewType::NewImage, ViewType::NewAndOldImages];
static OLD: [ViewType; 2] = [ViewType::OldImage, ViewType::NewAndOldImages];

impl Parts {
    /// `None` if there are no images to look at.
    pub(super) fn event_name(&self) -> Option<EventName> {
        self.meta.event_name.filter(|_| self.refused.is_none())
    }

    /// DynamoDB deletes what has expired under a name of its own, see [`UserIdentity`].
    pub(super) fn is_expired(&self) -> bool {
        self.meta.event_name == Some(EventName::Remove)
            && self.meta.user_identity.as_ref().is_some_and(UserIdentity::is_time_to_live)
    }

    /// What the record says of itself, if nothing is wrong next to its images.
    pub(super) fn into_meta(self, raw_json: &dyn Fn() -> String) -> Result<RecordMeta, RecordError> {
        if self.refused.is_none() && self.keys_fault.is_none() {
            return Ok(self.meta);
        }
        Err(self.refuse((None, false), (None, false), raw_json))
    }

    /// The error of a record, given what stands in the place of the images that it needs, and whether their types need them.
    #[cold]
    pub(super) fn refuse(
        self,
        (new, needs_new): (Option<NoImage>, bool),
        (old, needs_old): (Option<NoImage>, bool),
        raw_json: &dyn Fn() -> String,
    ) -> RecordError {
        let Self { meta, refused, keys_fault } = self;
        let absent = |is_null, captured_by: &'static [ViewType; 2], needs_both| match &meta.view_type {
            Some(view_type) if !captured_by.contains(view_type) && !matches!(view_type, ViewType::Other(_)) => {
                let needed = if needs_both { &captured_by[1..] } else { captured_by };
                ImageFault::NotCaptured { is_null, view_type: view_type.clone(), needed }
            }
            view_type => ImageFault::Missing { is_null, view_type: view_type.clone() },
        };
        let fault = |none, captured_by, needs_both| match none {
            NoImage::Missing => absent(false, captured_by, needs_both),
            NoImage::Null => absent(true, captured_by, needs_both),
            NoImage::NotAnObject => ImageFault::NotAnObject,
            NoImage::Unfit(error) => ImageFault::Unfit(error),
        };
        let kind = refused.unwrap_or_else(|| {
            let mut parts = Vec::new();
            parts.extend(new.map(|new| (RecordPart::NewImage, fault(new, &NEW, needs_old))));
            parts.extend(old.map(|old| (RecordPart::OldImage, fault(old, &OLD, needs_new))));
            parts.extend(keys_fault.map(|keys| (RecordPart::Keys, keys)));
            RecordErrorKind::Parts(parts)
        });
        RecordError::new(meta, kind, raw_json())
    }
}
