//! The state of a record while it is decoded: its metadata, and its problems so far.

use serde_dynamo::Item;

use crate::error::ImageError;
use crate::event::decode::sink::{Pair, RecordSink, Requirement, Side};
use crate::event::error::{ImageProblem, RecordError, RecordErrorKind, RecordPart};
use crate::event::meta::{EventName, RecordMeta, UserIdentity, ViewType};
use crate::json::JsonReader;
use crate::read::{Image, Report};

pub(in crate::event) struct PartialRecord {
    pub(in crate::event) meta: RecordMeta,
    /// The reason why the record cannot be decoded, whatever its images contain.
    refused: Option<RecordErrorKind>,
    pub(super) keys: KeysState,
    images: Pair<ImageState>,
    /// The number of problems that each image keeps.
    pub(super) room: usize,
}

/// The outcome of reading an image.
#[derive(Default)]
pub(in crate::event) enum ImageState {
    #[default]
    Missing,
    Null,
    NotAnObject,
    Mismatch(ImageError),
    /// The value is in its slot, or the image is not read at all.
    Read,
}

/// The outcome of reading the keys.
#[derive(Default)]
pub(super) enum KeysState {
    #[default]
    Missing,
    Read,
    Invalid(ImageProblem),
}

/// The view types that capture an image: first alone, then together with the other image.
static NEW: [ViewType; 2] = [ViewType::NewImage, ViewType::NewAndOldImages];
static OLD: [ViewType; 2] = [ViewType::OldImage, ViewType::NewAndOldImages];

impl PartialRecord {
    /// Begins a record, and resets the slots of its images.
    pub(in crate::event) fn new(sink: &mut dyn RecordSink) -> Self {
        Self {
            room: sink.begin_record(),
            meta: RecordMeta::default(),
            refused: None,
            keys: KeysState::Missing,
            images: Pair { new: ImageState::Missing, old: ImageState::Missing },
        }
    }

    /// Refuses the record. If it has already been refused, the first reason is kept.
    pub(in crate::event) fn refuse(&mut self, kind: RecordErrorKind) {
        self.refused.get_or_insert(kind);
    }

    /// Reads the image that comes next in the text.
    pub(super) fn read_image(
        &mut self,
        side: Side,
        json: JsonReader<'_>,
        sink: &mut dyn RecordSink,
    ) {
        let requirement = sink.requirements().get(side);
        let state = self.images.get_mut(side);
        if !matches!(state, ImageState::Missing) {
            self.refuse(RecordErrorKind::RepeatedMember(match side {
                Side::New => "NewImage",
                Side::Old => "OldImage",
            }));
            json.skip();
            return;
        }
        *state =
            read_object(json, requirement, self.room, &mut |image| sink.read_image(side, image));
    }

    /// Reads an image from an item.
    pub(in crate::event) fn read_item_image(
        &mut self,
        side: Side,
        item: &Item,
        sink: &mut dyn RecordSink,
    ) {
        let Requirement { is_read, is_required, .. } = sink.requirements().get(side);
        if is_read && (is_required || !item.is_empty()) {
            *self.images.get_mut(side) =
                read_item(item, self.room, &mut |image| sink.read_image(side, image));
        }
    }

    /// Refuses an image that is not even an item.
    #[cfg(feature = "aws-sdk-dynamodbstreams")]
    pub(in crate::event) fn refuse_image(
        &mut self,
        side: Side,
        error: ImageError,
        sink: &mut dyn RecordSink,
    ) {
        if sink.requirements().get(side).is_read {
            *self.images.get_mut(side) = ImageState::Mismatch(error);
        }
    }

    /// Refuses keys that are not even an item.
    #[cfg(feature = "aws-sdk-dynamodbstreams")]
    pub(in crate::event) fn refuse_keys(&mut self, error: ImageError) {
        self.keys = KeysState::Invalid(ImageProblem::Mismatch(error));
    }

    /// Sets the event name, or refuses the record for the lack of one.
    pub(in crate::event) fn set_event_name(&mut self, name: Result<EventName, RecordErrorKind>) {
        match name {
            Ok(name) => self.meta.event_name = Some(name),
            Err(kind) => self.refuse(kind),
        }
    }

    /// Completes the record, as a decoded record or as an error.
    pub(in crate::event) fn finish(
        mut self,
        sink: &mut dyn RecordSink,
        raw_json: &dyn Fn() -> String,
    ) {
        self.read_key_slots(sink);
        if let Some(event_name) = self.meta.event_name.filter(|&name| self.is_sound(name)) {
            let is_expired = self.is_expired();
            match sink.push_record(event_name, is_expired, self.meta) {
                None => return,
                Some(meta) => self.meta = meta,
            }
        }
        let error = self.into_error(sink.requirements(), raw_json());
        sink.push_error(error);
    }

    /// Reads the keys into the slots that are for a key.
    fn read_key_slots(&mut self, sink: &mut dyn RecordSink) {
        if matches!(self.keys, KeysState::Invalid(_)) {
            return;
        }
        for side in [Side::New, Side::Old] {
            if self.meta.event_name.is_some_and(|name| is_taken(name, side)) {
                if let Some(state) = sink.read_keys(side, &self.meta.keys, self.room) {
                    *self.images.get_mut(side) = state;
                }
            }
        }
    }

    /// Returns `true` if only a missing image, which the sink checks, can still make the record an
    /// error.
    fn is_sound(&self, event_name: EventName) -> bool {
        let is_invalid = |side: Side| {
            let image = match side {
                Side::New => &self.images.new,
                Side::Old => &self.images.old,
            };
            is_taken(event_name, side)
                && matches!(image, ImageState::NotAnObject | ImageState::Mismatch(_))
        };
        self.refused.is_none()
            && !matches!(self.keys, KeysState::Invalid(_))
            && !is_invalid(Side::New)
            && !is_invalid(Side::Old)
    }

    /// Returns `true` if DynamoDB deleted the item because it has expired.
    fn is_expired(&self) -> bool {
        self.meta.event_name == Some(EventName::Remove)
            && self.meta.user_identity.as_ref().is_some_and(UserIdentity::is_time_to_live)
    }

    #[cold]
    fn into_error(self, requirements: Pair<Requirement>, raw_json: String) -> RecordError {
        let Self { meta, refused, keys, images, .. } = self;
        let kind = refused.unwrap_or_else(|| {
            let mut parts = Vec::new();
            let mut key_problem = None;
            let sides = [
                (Side::New, RecordPart::NewImage, images.new, requirements.new, requirements.old),
                (Side::Old, RecordPart::OldImage, images.old, requirements.old, requirements.new),
            ];
            for (side, part, image, requirement, other) in sides {
                let is_taken = meta.event_name.is_some_and(|name| is_taken(name, side));
                let problem = image.into_problem(side, requirement, other, &meta);
                if let Some(problem) = problem.filter(|_| is_taken) {
                    if requirement.is_key {
                        // Both slots may read the same keys, whose problem is reported once.
                        key_problem = Some(problem);
                    } else {
                        parts.push((part, problem));
                    }
                }
            }
            if let KeysState::Invalid(problem) = keys {
                key_problem = Some(problem);
            }
            parts.extend(key_problem.map(|problem| (RecordPart::Keys, problem)));
            RecordErrorKind::Images(parts)
        });
        RecordError::new(meta, kind, raw_json)
    }
}

/// Parses the `eventName` of a record.
pub(in crate::event) fn parse_event_name(name: Option<&str>) -> Result<EventName, RecordErrorKind> {
    let name = name.ok_or(RecordErrorKind::NoEventName)?;
    EventName::parse(name).ok_or_else(|| RecordErrorKind::unknown_event_name(name))
}

/// Returns `true` if a change with this name has an image on this side.
fn is_taken(event_name: EventName, side: Side) -> bool {
    match event_name {
        EventName::Insert => side == Side::New,
        EventName::Modify => true,
        EventName::Remove => side == Side::Old,
    }
}

impl ImageState {
    /// The problem that keeps the record from being decoded, if there is one.
    fn into_problem(
        self,
        side: Side,
        requirement: Requirement,
        other: Requirement,
        meta: &RecordMeta,
    ) -> Option<ImageProblem> {
        let is_null = matches!(self, Self::Null);
        match self {
            Self::Read => return None,
            Self::NotAnObject => return Some(ImageProblem::NotAnObject),
            Self::Mismatch(error) => return Some(ImageProblem::Mismatch(error)),
            Self::Missing | Self::Null if !requirement.is_required => return None,
            Self::Missing | Self::Null => {}
        }
        let captured_by = match side {
            Side::New => &NEW,
            Side::Old => &OLD,
        };
        Some(match &meta.view_type {
            Some(view_type)
                if !captured_by.contains(view_type) && !matches!(view_type, ViewType::Other(_)) =>
            {
                let needed = if other.is_required { &captured_by[1..] } else { captured_by };
                ImageProblem::NotCaptured { is_null, view_type: view_type.clone(), needed }
            }
            view_type => ImageProblem::Missing { is_null, view_type: view_type.clone() },
        })
    }
}

/// Reads the object of attributes that comes next in the text. Any other value is skipped.
pub(super) fn read_object(
    mut json: JsonReader<'_>,
    requirement: Requirement,
    room: usize,
    read: &mut dyn FnMut(&mut Image<'_>) -> bool,
) -> ImageState {
    let state = match json.peek() {
        Some(b'{') if requirement.is_read => {
            if !requirement.is_required && json.is_empty_object() {
                ImageState::Missing
            } else {
                return read_attributes(json, room, read);
            }
        }
        Some(b'n') => ImageState::Null,
        _ if requirement.is_read => ImageState::NotAnObject,
        _ => ImageState::Read,
    };
    json.skip();
    state
}

fn read_attributes(
    mut json: JsonReader<'_>,
    room: usize,
    read: &mut dyn FnMut(&mut Image<'_>) -> bool,
) -> ImageState {
    let start = json.position();
    let mut report = Report::with_room(room);
    let is_made = read(&mut Image::json(json.reborrow(), &mut report));
    if json.position() == start {
        // A type without attributes, such as a unit struct, reads nothing.
        json.skip();
    }
    finish(is_made, report)
}

/// Reads the attributes of an item.
pub(super) fn read_item(
    item: &Item,
    room: usize,
    read: &mut dyn FnMut(&mut Image<'_>) -> bool,
) -> ImageState {
    let mut report = Report::with_room(room);
    let is_made = read(&mut Image::borrowed(item, &mut report));
    finish(is_made, report)
}

fn finish(is_made: bool, report: Report) -> ImageState {
    match report.finish(is_made.then_some(())) {
        Ok(()) => ImageState::Read,
        Err(error) => ImageState::Mismatch(error),
    }
}
