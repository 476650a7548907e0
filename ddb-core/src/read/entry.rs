//! One attribute of an image, on its way into a field or a map.

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

/// State that all attributes of an image share.
pub(super) struct Pass {
    /// The number of maps and lists around the attributes.
    pub(super) depth: usize,
    /// The report before this image: later problems are the image's own.
    pub(super) checkpoint: Checkpoint,
    /// Whether no field has read the attribute.
    pub(super) is_unread: bool,
    /// The number of attributes that a field has read and that say nothing: `NULL`, or another name
    /// of the same field is read instead.
    pub(super) nulls: usize,
}

impl Entry<'_, '_> {
    /// Reads the attribute into the field's slot; `rank` is the index of its name among the field's
    /// names.
    ///
    /// Of several attributes that one field claims, the one of the lowest rank is read, wherever it
    /// is. A name that appears twice, as it can in JSON text, is a problem.
    pub fn read<T: FromAttribute>(mut self, slot: &mut Slot<'_, T>, rank: u16) {
        if slot.origin.is_none()
            && let Some(value) = T::from_plain(&mut self.value)
        {
            self.pass.is_unread = false;
            slot.origin = Some(Origin::Value(rank));
            slot.fill(Reading::Read(value));
        } else {
            self.read_with(slot, rank, T::from_attribute);
        }
    }

    /// [`read`](Self::read) by a conversion.
    ///
    /// Not inlined, so that the code before it needs no more than a few registers.
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

    /// Whether the attribute is read instead of an earlier one of the same field, whose problems
    /// are then dropped.
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

    /// Reads the value for a map; `None` if it does not fit, which is then in the report.
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

    /// The default of a value that does not fit, if its type has one.
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

    /// Reports that the attribute, whose value is not read, does not fit.
    #[cold]
    pub(crate) fn refuse(self, error: AttributeError) {
        self.pass.is_unread = false;
        self.report.push_at(self.name, error);
    }
}
