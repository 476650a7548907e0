//! Images: the attributes of a map, and the values of the fields that are read from them.

use std::hash::{Hash as _, Hasher};
use std::mem;

use serde_dynamo::Item;

use crate::error::{AttributeError, Expected, ProblemKind, Refusal};
use crate::json::{JsonReader, Members};
use crate::read::attribute::Attribute;
use crate::read::entry::{Entry, Pass};
use crate::read::field::{Field, Reading, Slot};
use crate::read::report::{Checkpoint, Report};
use crate::read::source::{EntryValue, MapRef, UnreadMap, ValueRef};

/// The attributes of an image, or of a map inside one, for a generated function to read.
pub struct Image<'r> {
    pub(super) map: MapRef<'r>,
    pub(crate) report: &'r mut Report,
    pub(super) pass: Pass,
    unread: Unread,
    /// The attribute that has selected a variant, and the one of an enum around that.
    tags: [Option<&'static str>; 2],
    /// The number of flattened fields around the struct that is being read.
    flattened: usize,
    /// Whether the struct that is being read is inside a flattened `Option`, so that its problems
    /// may be dropped.
    is_optional: bool,
}

/// The attributes that no field has read, as far as `flatten`, `rest` or `deny_unknown` needs them.
#[derive(Clone)]
enum Unread {
    Untracked,
    All,
    /// The attributes at these positions, in ascending order.
    Only(Vec<usize>),
}

impl<'r> Image<'r> {
    pub(crate) fn owned(item: &'r mut Item, report: &'r mut Report) -> Self {
        Self::new(MapRef::Owned(item.inner_mut()), report, 0)
    }

    pub(crate) fn borrowed(item: &'r Item, report: &'r mut Report) -> Self {
        Self::new(MapRef::Borrowed(item.inner()), report, 0)
    }

    /// The image in JSON text that begins with its opening brace.
    pub(crate) fn json(json: JsonReader<'r>, report: &'r mut Report) -> Self {
        Self::new(MapRef::json(json), report, 0)
    }

    pub(super) fn new(map: MapRef<'r>, report: &'r mut Report, depth: usize) -> Self {
        let pass = Pass { depth, checkpoint: report.checkpoint(), is_unread: true, nulls: 0 };
        Self {
            map,
            report,
            pass,
            unread: Unread::Untracked,
            tags: [None; 2],
            flattened: 0,
            is_optional: false,
        }
    }

    /// An image of the unread attributes of another one.
    pub(super) fn unread(unread: UnreadMap<'r>, report: &'r mut Report, depth: usize) -> Self {
        let UnreadMap { map, unread } = unread;
        Self { unread: Unread::Only(unread), ..Self::new(map, report, depth) }
    }

    /// Reads the image by reference. If `read` returns `None`, the image is unchanged.
    pub(super) fn read_by_reference<T>(
        &mut self,
        read: impl FnOnce(&mut Image<'_>) -> Option<T>,
    ) -> Option<T> {
        let checkpoint = self.report.checkpoint();
        let mut image = Image {
            map: self.map.borrow(),
            report: &mut *self.report,
            pass: Pass { checkpoint, ..self.pass },
            unread: self.unread.clone(),
            tags: self.tags,
            flattened: self.flattened,
            // The problems may be dropped, so no similar names are searched.
            is_optional: true,
        };
        let value = read(&mut image)?;
        let Image { pass: Pass { nulls, .. }, unread, tags, .. } = image;
        self.pass.nulls = nulls;
        self.unread = unread;
        self.tags = tags;
        Some(value)
    }

    /// The number of attributes that are unread or were `NULL`, if unread ones are tracked.
    pub(super) fn remaining(&self) -> usize {
        self.len() + self.pass.nulls
    }

    /// The number of attributes to read, or zero if it is not known.
    pub(crate) fn len(&self) -> usize {
        match &self.unread {
            Unread::Only(unread) => unread.len(),
            Unread::Untracked | Unread::All => self.map.len(),
        }
    }
}

/// Passes over the attributes.
impl Image<'_> {
    /// Calls `read` with each attribute and its name. If unread attributes are tracked, only with
    /// those that no earlier pass has read.
    pub fn read_attributes(&mut self, read: &mut dyn FnMut(&str, Entry<'_, '_>)) {
        let only = match mem::replace(&mut self.unread, Unread::Untracked) {
            Unread::Untracked => return self.visit_attributes(read),
            Unread::All => None,
            Unread::Only(unread) => Some(unread),
        };
        let mut only = only.map(|positions| positions.into_iter().peekable());
        let mut unread = Vec::new();
        let mut position = 0;
        self.visit_attributes(&mut |name, Entry { value, report, pass, .. }| {
            let is_visited = only.as_mut().is_none_or(|only| only.next_if_eq(&position).is_some());
            if is_visited {
                pass.is_unread = true;
                read(name, Entry { name, value, report, pass: &mut *pass });
                if pass.is_unread {
                    unread.push(position);
                }
            }
            position += 1;
        });
        self.unread = Unread::Only(unread);
    }

    /// Calls `read` with each attribute. This loop is compiled only once, since `read` is a trait
    /// object.
    fn visit_attributes(&mut self, read: &mut dyn FnMut(&str, Entry<'_, '_>)) {
        let Self { map, report, pass, .. } = self;
        match map {
            MapRef::Owned(map) => {
                for (name, value) in &mut **map {
                    let value = EntryValue::Owned(value);
                    read(name, Entry { name, value, report, pass });
                }
            }
            MapRef::Borrowed(map) => {
                for (name, value) in *map {
                    let value = EntryValue::Borrowed(value);
                    read(name, Entry { name, value, report, pass });
                }
            }
            MapRef::Json(json, start) => {
                json.rewind(*start);
                let mut members = Members::new(json.reborrow());
                while let Some(name) = members.next_attribute() {
                    let value = EntryValue::Json(&mut members);
                    read(&name, Entry { name: &name, value, report, pass });
                }
            }
        }
    }
}

/// The unread attributes.
impl Image<'_> {
    /// Starts to track which attributes no field has read.
    pub fn track_unread(&mut self) {
        if let Unread::Untracked = self.unread {
            self.unread = Unread::All;
        }
    }

    /// Hashes what an earlier field has left: the positions of the unread attributes, and the tags.
    pub(super) fn hash_state(&self, hasher: &mut impl Hasher) {
        self.tags.hash(hasher);
        if let Unread::Only(unread) = &self.unread {
            unread.hash(hasher);
        }
    }

    /// Lists the unread attributes, with an empty pass if no pass has listed them yet.
    pub(super) fn visit_unread(&mut self) {
        if let Unread::Untracked | Unread::All = self.unread {
            self.unread = Unread::All;
            self.read_attributes(&mut |_, _| {});
        }
    }

    /// Claims the attribute that has selected a variant. It stays unread, because a field of the
    /// variant may map it, until [`drop_tags`](Self::drop_tags).
    pub(super) fn claim_tag(&mut self, tag: &'static str) {
        let [inner, outer] = self.tags;
        if self.tags.contains(&Some(tag)) {
            return;
        }
        if outer.is_some() {
            // There is room for two tags. Around a third one, they are dropped already now.
            self.track_unread();
            self.drop_tags([None; 2]);
        }
        self.tags = [Some(tag), inner];
    }

    /// Drops the tags from the unread attributes, except for these.
    fn drop_tags(&mut self, kept: [Option<&'static str>; 2]) {
        let tags = self.tags;
        if self.is_tracked() && tags.iter().any(|tag| tag.is_some() && !kept.contains(tag)) {
            self.read_attributes(&mut |name, entry| {
                let name = Some(name);
                entry.pass.is_unread = !tags.contains(&name) || kept.contains(&name);
            });
        }
    }

    /// Returns `true` if the unread attributes are tracked.
    pub(super) fn is_tracked(&self) -> bool {
        !matches!(self.unread, Unread::Untracked)
    }

    /// Drops all unread attributes, because it is not known which of them a field would have read.
    pub(super) fn drop_unread(&mut self) {
        if self.is_tracked() {
            self.unread = Unread::Only(Vec::new());
        }
    }

    /// Calls `find` with the text of the attribute with this name, which stays unread. Returns the
    /// result, or the reason why the attribute has no text; `None` if there is no such attribute, or
    /// if a field has already read it.
    pub(super) fn find_by_text<T>(
        &mut self,
        wanted: &str,
        find: impl FnOnce(&str) -> T,
    ) -> Option<Result<T, Refusal>> {
        if !self.is_tracked() {
            return self.map.find_by_text(wanted, find);
        }
        let mut find = Some(find);
        let mut found = None;
        self.read_attributes(&mut |name, mut entry| {
            if name == wanted {
                if let Some(find) = find.take() {
                    found = Some(entry.value.find_by_text(find));
                }
            }
        });
        found
    }

    /// Reads a flattened field: a struct that is read from this image's own attributes.
    pub(crate) fn flatten<T>(&mut self, read: impl FnOnce(&mut Image<'_>) -> T) -> T {
        let outer = mem::replace(&mut self.pass.checkpoint, self.report.checkpoint());
        self.flattened += 1;
        let value = read(&mut *self);
        self.flattened -= 1;
        self.pass.checkpoint = outer;
        value
    }

    /// Reads an optional flattened field: `Ok(None)` if all of its attributes are absent or `NULL`.
    ///
    /// # Errors
    ///
    /// Returns an error if the struct cannot be built. The problem is in the report.
    pub(crate) fn flatten_optional<T>(
        &mut self,
        read: impl FnOnce(&mut Image<'_>) -> Option<T>,
    ) -> Result<Option<T>, AttributeError> {
        let checkpoint = self.report.checkpoint();
        self.visit_unread();
        let unread = self.len();
        let nulls = self.pass.nulls;
        let tags = self.tags;
        let was_optional = mem::replace(&mut self.is_optional, true);
        let value = self.flatten(read);
        self.is_optional = was_optional;
        self.drop_tags(tags);
        if unread - self.len() == self.pass.nulls - nulls {
            self.report.roll_back(checkpoint);
            return Ok(None);
        }
        if value.is_none() {
            self.mark_replaced_since(checkpoint);
        }
        value.map(Some).ok_or_else(AttributeError::reported)
    }

    /// Reads the unread attributes into a `rest` field.
    pub(crate) fn read_rest<T>(
        &mut self,
        slot: &mut Slot<'_, T>,
        from_attribute: impl FnOnce(Attribute<'_>) -> Result<T, AttributeError>,
    ) {
        self.visit_unread();
        self.drop_tags([None; 2]);
        let unread = match mem::replace(&mut self.unread, Unread::Only(Vec::new())) {
            Unread::Only(unread) => unread,
            Unread::Untracked | Unread::All => Vec::new(),
        };
        let rest = ValueRef::Unread(Box::new(UnreadMap { map: self.map.reborrow(), unread }));
        let checkpoint = self.report.checkpoint();
        slot.reading = match from_attribute(Attribute::new(rest, self.report, self.pass.depth)) {
            Ok(value) => Reading::Read(value),
            Err(error) => {
                self.report.push(error);
                self.mark_replaced_since(checkpoint);
                Reading::Failed
            }
        };
    }

    /// Reports every unread attribute as unknown. Does nothing for a flattened struct, which does
    /// not own the image.
    pub fn deny_unread(&mut self, names: &'static [&'static str]) {
        if self.flattened > 0 {
            return;
        }
        self.drop_tags([None; 2]);
        self.read_attributes(&mut |_, entry| {
            entry.refuse(AttributeError::new(ProblemKind::Unknown { expected: names }));
        });
    }
}

/// The values of fields, taken from their slots.
impl Image<'_> {
    /// The value of a field without a default of its own. `None` means that the struct cannot be
    /// built.
    #[inline]
    pub fn take<T>(&mut self, slot: Slot<'_, T>) -> Option<T> {
        match slot.reading {
            Reading::Read(value) => Some(value),
            Reading::Failed => self.replace_failed(slot.field),
            Reading::Missing => self.replace_missing(slot.field),
        }
    }

    /// The value of a field in a lossy conversion. `default` replaces a value that is missing or
    /// does not fit, which is reported.
    #[inline]
    pub fn take_lossy<T>(&mut self, slot: Slot<'_, T>, default: fn() -> T) -> T {
        let (field, absent) = match slot.reading {
            Reading::Read(value) => return value,
            Reading::Failed => (slot.field, self.replace_failed(slot.field)),
            Reading::Missing => (slot.field, self.replace_missing(slot.field)),
        };
        absent.unwrap_or_else(|| {
            self.mark_replaced(field.names());
            default()
        })
    }

    /// The value of a field that has a default of its own. `None` means that the caller uses that
    /// default, because the attribute is missing or does not fit.
    #[inline]
    pub fn take_optional<T>(&mut self, slot: Slot<'_, T>) -> Option<T> {
        match slot.reading {
            Reading::Read(value) => Some(value),
            Reading::Missing => None,
            Reading::Failed => {
                self.mark_replaced(slot.field.names());
                None
            }
        }
    }

    /// The value of a field that has a default of its own, or that default.
    #[inline]
    pub fn take_or<T>(&mut self, slot: Slot<'_, T>, default: fn() -> T) -> T {
        self.take_optional(slot).unwrap_or_else(default)
    }

    /// The default of the type of an attribute that does not fit, if there is one.
    #[cold]
    fn replace_failed<T>(&mut self, field: &Field<T>) -> Option<T> {
        field.absent().inspect(|_| self.mark_replaced(field.names()))
    }

    /// The value of a field whose attribute is missing. If its type has none, a problem is
    /// reported.
    #[cold]
    fn replace_missing<T>(&mut self, field: &Field<T>) -> Option<T> {
        field.absent().or_else(|| {
            let name = field.names().first().copied().unwrap_or_default();
            self.report_missing(name, field.expected());
            None
        })
    }

    /// Reports that the attribute with this name is missing.
    #[cold]
    pub(super) fn report_missing(&mut self, name: &str, expected: Expected) {
        // Several fields can be part of one key, which is missing once.
        let checkpoint = self.pass.checkpoint;
        if self.report.since(checkpoint).iter().any(|problem| problem.is_under(name)) {
            return;
        }
        let is_searched = !self.is_optional && self.report.allows_name_search();
        let similar = if is_searched { self.map.find_similar(name) } else { None };
        self.report.push_at(name, AttributeError::new(ProblemKind::Missing { expected, similar }));
    }

    /// Marks the problems since the checkpoint as replaced by the default of a field that has no
    /// path, such as a flattened one.
    #[cold]
    fn mark_replaced_since(&mut self, checkpoint: Checkpoint) {
        for problem in self.report.since(checkpoint) {
            problem.mark_replaced();
        }
    }

    /// Marks the problems of the field's attribute as replaced by the field's default.
    #[cold]
    pub(super) fn mark_replaced(&mut self, names: &[&str]) {
        for problem in self.report.since(self.pass.checkpoint) {
            if names.iter().any(|name| problem.is_under(name)) {
                problem.mark_replaced_at_step();
            }
        }
    }
}
