//! A line of an export.

use std::time::SystemTime;

use serde_dynamo::Item;

use crate::event::{ChangeImage, LineDecoder, RecordMeta};
use crate::{Change, RecordError, StreamRecord};

/// A line of an export, with its new image mapped to `T` and its old image to `O`.
///
/// - A line of a full export is the insertion of its item.
/// - A line of an incremental export with a new image alone is an insertion, with both images a
///   modification, and with an old image or with keys alone a deletion. An export with the view
///   `NEW_IMAGE` does not distinguish a modification from an insertion, and has no image of a
///   deleted item: map the old image to [`Ignored`](crate::Ignored), to an `Option`, or to
///   [`KeysOf`](crate::key::KeysOf).
/// - An incremental export has one line for each item, and none for an item that was added and
///   deleted within its span of time.
///
/// `T` and `O` can be the types that they can be in a [`StreamEvent`](crate::StreamEvent), and
/// reading is as strict. A line converts into a [`StreamRecord`], for a handler that takes one.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ExportRecord<T, O = T> {
    /// The change of the item, with its images. A deletion is never `expired`, because an export
    /// does not state its cause.
    pub change: Change<T, O>,
    /// The key of the item. Empty in a full export, where it is part of the image.
    pub keys: Item,
    /// `WriteTimestampMicros`: the time of the last write. A full export does not have it.
    pub written_at: Option<SystemTime>,
}

impl<T: ChangeImage, O: ChangeImage> ExportRecord<T, O> {
    /// Decodes a line.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not a line of an export, or if an image does not fit.
    pub fn from_slice(line: &[u8]) -> Result<Self, RecordError> {
        LineDecoder::new().decode(line).map(Self::from_record)
    }
}

impl<T, O> ExportRecord<T, O> {
    pub(super) fn from_record(record: StreamRecord<T, O>) -> Self {
        let StreamRecord { meta, change } = record;
        Self { change, keys: meta.keys, written_at: meta.created_at }
    }
}

/// A record without an event id and a sequence number. Its `created_at` is the time of the last
/// write.
impl<T, O> From<ExportRecord<T, O>> for StreamRecord<T, O> {
    fn from(record: ExportRecord<T, O>) -> Self {
        let ExportRecord { change, keys, written_at } = record;
        let meta = RecordMeta {
            event_name: Some(change.event_name()),
            keys,
            created_at: written_at,
            ..RecordMeta::default()
        };
        Self::new(meta, change)
    }
}
