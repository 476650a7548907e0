//! One attribute of an image, with its name, for a field or a map to read.

use crate::attribute::FromAttribute;
use crate::error::{AttributeError, Expected, ProblemKind};
use crate::read::attribute::Attribute;
use crate::read::field::{Origin, Reading, Slot};
use crate::read::report::{Checkpoint, Report};
use crate::read::source::{EntryValue, ValueRef};

/// One attribute of an image, which a field or a map reads at most once.
pub struct Entry<'e, 'i> {
    pub(super) name: &'e str,
    pub(super) value: EntryValue<'e, 'i>,
    pub(super) report: &'e mut Report,
    pub(super) pass: &'e mut Pass,
}

/// The state of one pass, which all attributes of the image share.
pub(super) struct Pass {
    /// The number of maps and lists that enclose the attributes.
    pub(super) depth: usize,
    /// The report before this image. Problems since then are the image's own.
    pub(super) checkpoint: Checkpoint,
    /// Whether the current attribute is unread.
    pub(super) is_unread: bool,
    /// The number of attributes that a field claims but that hold no value for it: a `NULL`, or an
    /// attribute that another name of the same field takes precedence over. A flattened `Option`
    /// that claims nothing else is `None`.
    pub(super) nulls: usize,
}

impl Entry<'_, '_> {
    /// Reads the attribute into the field's slot. `rank` is the index of the attribute's name among
    /// the field's names.
    ///
    /// If an image has several attributes that one field claims, the field gets the one with the
    /// lowest rank, in whatever order they appear. A name that appears twice, as it can in JSON
    /// text, is a problem.
    pub fn read<T: FromAttribute>(mut self, slot: &mut Slot<'_, T>, rank: u16) {
        let plain = if slot.origin.is_none() { T::from_plain(&mut self.value) } else { None };
        if let Some(value) = plain {
            self.pass.is_unread = false;
            slot.origin = Some(Origin::Value(rank));
            slot.fill(Reading::Read(value));
        } else {
            self.read_with(slot, rank, T::from_attribute);
        }
    }

    /// Reads the attribute like [`read`](Self::read), but through a conversion.
    ///
    /// Not inlined, so that the fast path in `read` needs only a few registers.
    #[inline(never)]
    pub fn read_with<T>(
        mut self,
        slot: &mut Slot<'_, T>,
        rank: u16,
        convert: impl FnOnce(Attribute<'_>) -> Result<T, AttributeError>,
    ) {
        self.pass.is_unread = false;
        if slot.origin.is_some() && !self.replaces(slot, rank) {
            self.pass.nulls += 1;
            return;
        }
        let origin = slot.origin.insert(Origin::Value(rank));
        let field = slot.field;
        let checkpoint = self.report.checkpoint();
        let read = self.read_value(
            || field.expected(),
            |attribute, pass| {
                if attribute.is_null() {
                    pass.nulls += 1;
                    *origin = Origin::Null(rank);
                    if field.null_is_absent {
                        return Ok(Reading::Missing);
                    }
                }
                convert(attribute).map(Reading::Read)
            },
        );
        match read {
            Ok(reading) => slot.fill(reading),
            Err(error) => self.fail(slot, error),
        }
        if self.report.count_since(checkpoint) > 0 {
            slot.problems = self.report.count_since(checkpoint);
            self.report.enter_name(checkpoint, self.name);
        }
    }

    /// Returns `true` if the attribute takes precedence over an earlier one of the same field,
    /// whose problems are then dropped.
    #[cold]
    fn replaces<T>(&mut self, slot: &mut Slot<'_, T>, rank: u16) -> bool {
        let Some(earlier) = slot.origin.filter(|earlier| earlier.rank() >= rank) else {
            return false;
        };
        if earlier.rank() == rank {
            slot.reading = Reading::Failed;
            self.report.push_at(self.name, AttributeError::new(ProblemKind::RepeatedName));
            return false;
        }
        self.pass.nulls += usize::from(matches!(earlier, Origin::Value(_)));
        let name = slot.field.names().get(usize::from(earlier.rank()));
        if let Some(name) = name.filter(|_| slot.problems > 0) {
            self.report.remove_attribute(self.pass.checkpoint, name, slot.problems);
        }
        slot.clear();
        true
    }

    #[cold]
    fn fail<T>(&mut self, slot: &mut Slot<'_, T>, error: AttributeError) {
        slot.reading = Reading::Failed;
        self.report.push(error);
    }

    #[inline]
    fn read_value<T>(
        &mut self,
        expected: impl Fn() -> Expected,
        from_attribute: impl FnOnce(Attribute<'_>, &mut Pass) -> Result<T, AttributeError>,
    ) -> Result<T, AttributeError> {
        let (report, pass) = (&mut *self.report, &mut *self.pass);
        let depth = pass.depth;
        let read = |value: ValueRef<'_>| from_attribute(Attribute::new(value, report, depth), pass);
        self.value.read(read).unwrap_or_else(|refusal| Err(refusal.into_error(expected())))
    }

    /// Reads the value for a map. `None` means that the value does not fit; its problems are in the
    /// report.
    pub(crate) fn into_value<T: FromAttribute>(mut self) -> Option<T> {
        self.pass.is_unread = false;
        let checkpoint = self.report.checkpoint();
        match self.read_value(|| T::EXPECTED, |attribute, _| T::from_attribute(attribute)) {
            Ok(value) => {
                if self.report.count_since(checkpoint) > 0 {
                    self.report.enter_name(checkpoint, self.name);
                }
                Some(value)
            }
            Err(error) => self.replace(checkpoint, error),
        }
    }

    /// Reports a value that does not fit, and returns the default of its type, if there is one.
    #[cold]
    fn replace<T: FromAttribute>(self, checkpoint: Checkpoint, error: AttributeError) -> Option<T> {
        self.report.push(error);
        self.report.enter_name(checkpoint, self.name);
        T::ABSENCE.value().inspect(|_| {
            for problem in self.report.since(checkpoint) {
                problem.mark_replaced_at_step();
            }
        })
    }

    /// Reports a problem of the attribute without reading its value.
    #[cold]
    pub(crate) fn refuse(self, error: AttributeError) {
        self.pass.is_unread = false;
        self.report.push_at(self.name, error);
    }
}
