//! The attributes of a map, and what is made of them.

use std::mem;

use serde_dynamo::Item;

use crate::error::{AttributeError, AttributeErrorKind, Expected};
use crate::flatten::CollectRest;
use crate::json::Json;
use crate::path::quote_name;
use crate::read::attribute::Attribute;
use crate::read::entry::Pass;
use crate::read::field::{Field, Reading, Slot};
use crate::read::report::Report;
use crate::read::source::Source;
use crate::read::value::{Rest, Value};
use crate::unfit::Unfit;

/// The attributes of an image, or of a map inside one, for a generated function to read.
pub struct Image<'r> {
    pub(super) source: Source<'r>,
    pub(super) report: &'r mut Report,
    pub(super) pass: Pass,
    pub(super) left: Left,
    /// How many flattened fields lie between the image and who is reading it.
    flattened: usize,
    /// Whether the problems are likely to be thrown away.
    is_optional: bool,
}

/// The attributes that nobody has read, for those who ask: `flatten`, `rest` and `deny_unknown`.
#[derive(Clone)]
pub(crate) enum Left {
    /// Nobody asks.
    Untracked,
    All,
    /// These positions, ascending.
    Only(Vec<usize>),
}

impl<'r> Image<'r> {
    pub(crate) fn owned(item: &'r mut Item, report: &'r mut Report) -> Self {
        Self::new(Source::Owned(item.inner_mut()), report, 0)
    }

    pub(crate) fn borrowed(item: &'r Item, report: &'r mut Report) -> Self {
        Self::new(Source::Borrowed(item.inner()), report, 0)
    }

    /// An image in JSON text, which begins with its brace.
    pub(crate) fn json(json: Json<'r>, report: &'r mut Report) -> Self {
        Self::new(Source::json(json), report, 0)
    }

    pub(super) fn new(source: Source<'r>, report: &'r mut Report, depth: usize) -> Self {
        let pass = Pass { depth, before: report.len(), is_left: true };
        Self { source, report, pass, left: Left::Untracked, flattened: 0, is_optional: false }
    }

    /// The attributes of an image that are left, as an image of their own.
    pub(super) fn rest(
        source: Source<'r>,
        left: Vec<usize>,
        report: &'r mut Report,
        depth: usize,
    ) -> Self {
        Self { left: Left::Only(left), ..Self::new(source, report, depth) }
    }

    /// Asks for the attributes that the next pass does not read to be remembered.
    pub fn track_left(&mut self) {
        if let Left::Untracked = self.left {
            self.left = Left::All;
        }
    }

    /// Reads a flattened field: a struct whose attributes stand among this image's own.
    pub fn flatten<T>(&mut self, read: impl FnOnce(&mut Image<'_>) -> T) -> T {
        let before = mem::replace(&mut self.pass.before, self.report.len());
        self.flattened += 1;
        let value = read(&mut *self);
        self.flattened -= 1;
        self.pass.before = before;
        value
    }

    /// Reads an optional flattened field: `None` where the image has none of its attributes.
    ///
    /// # Errors
    ///
    /// The struct could not be made, for which there is then a problem in the report.
    pub fn flatten_optional<T>(
        &mut self,
        read: impl FnOnce(&mut Image<'_>) -> Option<T>,
    ) -> Result<Option<T>, Unfit> {
        let before = self.report.len();
        self.visit_left();
        let left = self.len();
        let was_optional = mem::replace(&mut self.is_optional, true);
        let value = self.flatten(read);
        self.is_optional = was_optional;
        if self.len() == left {
            self.report.truncate(before);
            return Ok(None);
        }
        if value.is_none() {
            self.settle_since(before);
        }
        value.map(Some).ok_or_else(Unfit::reported)
    }

    /// Reports that the image as a whole does not fit.
    #[cold]
    #[cfg(feature = "events")]
    pub(crate) fn refuse(&mut self, unfit: Unfit) {
        self.report.push(unfit);
    }

    /// Whether a name can stand twice.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self.source, Source::Json(..))
    }

    /// The attributes that the next pass visits.
    pub(crate) fn left(&self) -> Left {
        self.left.clone()
    }

    /// Lets the next pass visit these attributes.
    #[cold]
    pub(crate) fn start_over(&mut self, left: Left) {
        self.left = left;
    }

    /// How many attributes there are to read.
    pub(crate) fn len(&self) -> usize {
        match &self.left {
            Left::Only(left) => left.len(),
            Left::Untracked | Left::All => self.source.len(),
        }
    }

    /// Reads the attributes that are left into a field that collects them.
    pub fn read_rest<T: CollectRest>(&mut self, slot: &mut Slot<'_, T>) {
        self.visit_left();
        let left = match mem::replace(&mut self.left, Left::Only(Vec::new())) {
            Left::Only(left) => left,
            Left::Untracked | Left::All => Vec::new(),
        };
        let rest = Value::Rest(Box::new(Rest { source: self.source.reborrow(), left }));
        let before = self.report.len();
        slot.reading = match T::from_attribute(Attribute::new(rest, self.report, self.pass.depth)) {
            Ok(value) => Reading::Read(value),
            Err(unfit) => {
                self.report.push(unfit);
                self.settle_since(before);
                Reading::Unfit
            }
        };
    }

    /// Sees which attributes there are, where no pass has yet.
    fn visit_left(&mut self) {
        if let Left::Untracked | Left::All = self.left {
            self.left = Left::All;
            self.read_attributes(&mut |_, _| {});
        }
    }

    /// Reports every attribute that is left as unknown. A flattened struct does not own the image,
    /// and denies nothing.
    pub fn deny_left(&mut self, names: &'static [&'static str]) {
        if self.flattened > 0 {
            return;
        }
        self.read_attributes(&mut |_, entry| {
            entry.refuse(Unfit::new(AttributeErrorKind::Unknown { expected: names }))
        });
    }

    /// The value of a field that has no default; without one, the struct cannot be made.
    #[inline]
    pub fn take<T>(&mut self, slot: Slot<'_, T>) -> Option<T> {
        match slot.reading {
            Reading::Read(value) => Some(value),
            Reading::Unfit => self.replace_unfit(slot.field),
            Reading::Missing => self.replace_missing(slot.field),
        }
    }

    /// The value of a field whose default stands in for everything that is wrong, and is reported
    /// to do so.
    #[inline]
    pub fn take_lossy<T>(&mut self, slot: Slot<'_, T>, default: fn() -> T) -> T {
        let (field, absent) = match slot.reading {
            Reading::Read(value) => return value,
            Reading::Unfit => (slot.field, self.replace_unfit(slot.field)),
            Reading::Missing => (slot.field, self.replace_missing(slot.field)),
        };
        absent.unwrap_or_else(|| {
            self.settle(field.names());
            default()
        })
    }

    /// The value of a field that names its default: it stands for an attribute that is not there.
    #[inline]
    pub fn take_or<T>(&mut self, slot: Slot<'_, T>, default: fn() -> T) -> T {
        match slot.reading {
            Reading::Read(value) => value,
            Reading::Missing => default(),
            Reading::Unfit => {
                self.settle(slot.field.names());
                default()
            }
        }
    }

    /// What stands for an attribute that did not fit, if anything does.
    #[cold]
    fn replace_unfit<T>(&mut self, field: &Field<T>) -> Option<T> {
        field.absent().inspect(|_| self.settle(field.names()))
    }

    /// What stands for an attribute that is not there; if nothing does, that is reported.
    #[cold]
    fn replace_missing<T>(&mut self, field: &Field<T>) -> Option<T> {
        field.absent().or_else(|| {
            self.report_missing(field.names(), field.expected());
            None
        })
    }

    #[cold]
    fn report_missing(&mut self, names: &[&str], expected: Expected) {
        let name = names.first().copied().unwrap_or_default();
        let looks = !self.is_optional && self.report.take_look();
        let similar = if looks { self.source.find_similar(name) } else { None };
        let before = self.report.len();
        self.report.push(Unfit::new(AttributeErrorKind::Missing { expected, similar }));
        for problem in self.report.since(before) {
            problem.enter_name(name);
        }
    }

    /// Notes that the problems since there were `before` cost a field that has no path of its own.
    #[cold]
    pub(crate) fn settle_since(&mut self, before: usize) {
        self.report.since(before).iter_mut().for_each(AttributeError::settle);
    }

    /// Notes that the problems of the field's attribute are settled by its default.
    #[cold]
    fn settle(&mut self, names: &[&str]) {
        for name in names {
            let quoted = quote_name(name);
            for problem in self.report.since(self.pass.before) {
                if problem.is_under(&quoted) {
                    problem.settle_at(name);
                }
            }
        }
    }
}
