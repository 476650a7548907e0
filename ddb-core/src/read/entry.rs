//! One attribute of an image, on its way into a field or a map.

use crate::attribute::FromAttribute;
use crate::error::Expected;
use crate::read::attribute::Attribute;
use crate::read::field::{Reading, Slot};
use crate::read::place::Place;
use crate::read::report::Report;
use crate::read::value::{Opened, Value};
use crate::unfit::Unfit;

/// One attribute of an image: whoever wants it reads it, once, and who does not leaves it.
pub struct Entry<'e, 'i> {
    pub(super) name: &'e str,
    pub(super) place: Place<'e, 'i>,
    pub(super) report: &'e mut Report,
    pub(super) pass: &'e mut Pass,
}

/// What the attributes of an image have in common.
pub(super) struct Pass {
    /// How many maps and lists lie around the attributes.
    pub(super) depth: usize,
    /// The problems there were before this image; those since are its own.
    pub(super) before: usize,
    /// Whether nobody has wanted the attribute.
    pub(super) is_left: bool,
}

impl Entry<'_, '_> {
    /// Reads the attribute into the field's slot; `rank` is the index of its name among the field's
    /// names.
    ///
    /// Of several attributes that one field claims, the one of the lowest rank is read, wherever it
    /// stands, and of one name that stands twice, as it can in JSON text, the last.
    pub fn read<T: FromAttribute>(mut self, slot: &mut Slot<'_, T>, rank: u16) {
        if slot.rank.is_none()
            && let Some(value) = T::from_plain(&mut self.place)
        {
            self.pass.is_left = false;
            slot.rank = Some(rank);
            slot.fill(Reading::Read(value));
        } else {
            self.read_with(slot, rank, T::from_attribute);
        }
    }

    /// The same by a conversion.
    ///
    /// Not inlined, so that what comes before needs no more than a few registers.
    #[inline(never)]
    pub fn read_with<T>(
        mut self,
        slot: &mut Slot<'_, T>,
        rank: u16,
        convert: impl FnOnce(Attribute<'_>) -> Result<T, Unfit>,
    ) {
        self.pass.is_left = false;
        if slot.rank.is_some() && !self.replace(slot, rank) {
            return;
        }
        slot.rank = Some(rank);
        let field = slot.field;
        let before = self.report.len();
        let read = self.read_by(
            || field.expected(),
            |attribute| {
                if field.null_is_absent && attribute.is_null() {
                    return Ok(Reading::Missing);
                }
                convert(attribute).map(Reading::Read)
            },
        );
        match read {
            Ok(reading) => slot.fill(reading),
            Err(unfit) => self.report_unfit(slot, unfit),
        }
        if self.report.len() > before {
            slot.problems = self.report.len() - before;
            self.enter_name(before);
        }
    }

    /// Whether the attribute takes the place of one that the field has had; the problems of that
    /// one are then forgotten.
    #[cold]
    fn replace<T>(&mut self, slot: &mut Slot<'_, T>, rank: u16) -> bool {
        let Some(seen) = slot.rank.filter(|&seen| seen >= rank) else { return false };
        if let Some(name) = slot.field.names().get(usize::from(seen)).filter(|_| slot.problems > 0)
        {
            self.report.forget(self.pass.before, name, slot.problems);
        }
        slot.clear();
        true
    }

    #[cold]
    fn report_unfit<T>(&mut self, slot: &mut Slot<'_, T>, unfit: Unfit) {
        slot.reading = Reading::Unfit;
        self.report.push(unfit);
    }

    /// Reads the value, and goes behind it where it stands in JSON text.
    #[inline]
    fn read_by<T>(
        &mut self,
        expected: impl Fn() -> Expected,
        from_attribute: impl FnOnce(Attribute<'_>) -> Result<T, Unfit>,
    ) -> Result<T, Unfit> {
        let (report, depth) = (&mut *self.report, self.pass.depth);
        let read = |value: Value<'_>| from_attribute(Attribute::new(value, report, depth));
        match &mut self.place {
            Place::Owned(value) => read(Value::Owned(value)),
            Place::Borrowed(value) => read(Value::Borrowed(value)),
            Place::Json(members) => {
                let mut opened = Opened::Whole;
                let read = match members.open(&mut opened) {
                    Ok(value) => read(value),
                    Err(refusal) => return Err(refusal.into_unfit(expected())),
                };
                match members.close(opened, read.is_ok()) {
                    Ok(()) => read,
                    Err(refusal) => Err(refusal.into_unfit(expected())),
                }
            }
        }
    }

    /// Reads the value for a map; `None` where the same name comes once more, and wins.
    ///
    /// # Errors
    ///
    /// It does not fit, which is then in the report.
    pub(crate) fn read_value<T: FromAttribute>(mut self) -> Result<Option<T>, Unfit> {
        self.pass.is_left = false;
        let before = self.report.len();
        let value = match self.read_by(|| T::EXPECTED, T::from_attribute) {
            Ok(value) => Some(value),
            Err(unfit) => {
                self.report.push(unfit);
                None
            }
        };
        if value.is_some() && self.report.len() == before {
            return Ok(value);
        }
        if self.is_overridden() {
            self.report.truncate(before);
            return Ok(value);
        }
        self.enter_name(before);
        if value.is_some() {
            return Ok(value);
        }
        let default = T::absent().ok_or_else(Unfit::reported)?;
        for problem in self.report.since(before) {
            problem.settle_at(self.name);
        }
        Ok(Some(default))
    }

    /// Whether the name comes once more, as it can in JSON text, of which the last is meant.
    #[cold]
    fn is_overridden(&mut self) -> bool {
        let Place::Json(members) = &mut self.place else { return false };
        members.comes_again(self.name)
    }

    /// Whether the name was there before.
    #[cold]
    fn is_repeated(&mut self) -> bool {
        let Place::Json(members) = &mut self.place else { return false };
        members.was_before(self.name)
    }

    /// Reports the attribute, whose value is not read, as unfit; once, if its name stands twice.
    #[cold]
    pub(crate) fn refuse(mut self, unfit: Unfit) {
        self.pass.is_left = false;
        if self.is_repeated() {
            return;
        }
        let before = self.report.len();
        self.report.push(unfit);
        self.enter_name(before);
    }

    #[cold]
    fn enter_name(&mut self, before: usize) {
        for problem in self.report.since(before) {
            problem.enter_name(self.name);
        }
    }
}
