//! One pass over the attributes of an image.

use std::borrow::Cow;
use std::collections::hash_map;

use serde_dynamo::AttributeValue;

use crate::attribute::FromAttribute;
use crate::error::Expected;
use crate::read::attribute::Attribute;
use crate::read::field::{Reading, Slot};
use crate::read::members::Members;
use crate::read::report::Report;
use crate::read::value::{Value, read_json};
use crate::unfit::Unfit;

/// One pass over the attributes of an image.
pub struct Attributes<'i> {
    entries: Entries<'i>,
    report: &'i mut Report,
    depth: usize,
    /// The problems there were before this image.
    before: usize,
    /// The value under `name`, until somebody reads it.
    current: Option<Current<'i>>,
    name: Cow<'i, str>,
    tracking: Option<Tracking<'i>>,
}

pub(super) enum Entries<'i> {
    Owned(hash_map::IterMut<'i, String, AttributeValue>),
    Borrowed(hash_map::Iter<'i, String, AttributeValue>),
    Json(Members<'i>),
}

enum Current<'i> {
    Owned(&'i mut AttributeValue),
    Borrowed(&'i AttributeValue),
    /// What comes next in the text.
    Json,
}

struct Tracking<'i> {
    /// The positions to visit; all of them if `None`.
    only: Option<Vec<usize>>,
    /// How many of `only` have been visited.
    visited: usize,
    /// The position after the current attribute.
    position: usize,
    left: &'i mut Vec<usize>,
}

impl<'i> Attributes<'i> {
    pub(super) fn new(entries: Entries<'i>, report: &'i mut Report, depth: usize, before: usize) -> Self {
        Self { entries, report, depth, before, current: None, name: Cow::Borrowed(""), tracking: None }
    }

    /// Visits only the positions, if there are any given, and collects those that nobody reads.
    pub(super) fn track(&mut self, only: Option<Vec<usize>>, left: &'i mut Vec<usize>) {
        self.tracking = Some(Tracking { only, visited: 0, position: 0, left });
    }

    /// Moves on to the next attribute, whether or not somebody read the one before, and tells its name.
    #[allow(clippy::should_implement_trait, reason = "an iterator could not lend the attribute that it stands at")]
    pub fn next(&mut self) -> Option<&str> {
        if self.tracking.is_some() {
            self.next_tracked()?;
        } else {
            self.advance()?;
        }
        Some(&self.name)
    }

    fn advance(&mut self) -> Option<()> {
        let (name, current) = match &mut self.entries {
            Entries::Owned(entries) => {
                let (name, value) = entries.next()?;
                (Cow::Borrowed(name.as_str()), Current::Owned(value))
            }
            Entries::Borrowed(entries) => {
                let (name, value) = entries.next()?;
                (Cow::Borrowed(name.as_str()), Current::Borrowed(value))
            }
            Entries::Json(members) => (members.next()?, Current::Json),
        };
        self.name = name;
        self.current = Some(current);
        Some(())
    }

    /// Reads the current value, of which this is the only reading.
    fn read_current<T>(
        &mut self,
        expected: Expected,
        from: impl FnOnce(Attribute<'_>) -> Result<T, Unfit>,
    ) -> Option<Result<T, Unfit>> {
        let value = match self.current.take()? {
            Current::Owned(value) => Value::Owned(value),
            Current::Borrowed(value) => Value::Borrowed(value),
            Current::Json => {
                let Entries::Json(members) = &mut self.entries else { return None };
                members.is_pending = false;
                return Some(read_json(&mut members.json, None, self.report, self.depth, expected, from));
            }
        };
        Some(from(Attribute::new(value, self.report, self.depth)))
    }

    fn next_tracked(&mut self) -> Option<()> {
        let is_left = self.current.take().is_some();
        if let Some(tracking) = self.tracking.as_mut().filter(|_| is_left) {
            tracking.left.push(tracking.position - 1);
        }
        loop {
            self.advance()?;
            let Some(tracking) = &mut self.tracking else { return Some(()) };
            let position = tracking.position;
            tracking.position += 1;
            match &tracking.only {
                None => return Some(()),
                Some(only) if only.get(tracking.visited) == Some(&position) => {
                    tracking.visited += 1;
                    return Some(());
                }
                Some(_) => self.current = None,
            }
        }
    }

    /// Reads the current attribute into the field's slot; `rank` is the index of its name among the field's names.
    ///
    /// Of several attributes that one field claims, the one of the lowest rank is read, wherever it stands, and of
    /// one name that stands twice, as it can in JSON text, the last.
    pub fn read<T>(&mut self, slot: &mut Slot<'_, T>, rank: u16) {
        if let Some(seen) = slot.rank {
            if seen < rank {
                self.current = None;
                return;
            }
            if let Some(name) = slot.field.names().get(usize::from(seen)).filter(|_| slot.problems > 0) {
                self.report.forget(self.before, name, slot.problems);
            }
        }
        slot.rank = Some(rank);
        let before = self.report.len();
        let field = slot.field;
        let read = self.read_current(field.expected(), |attribute| field.read(attribute));
        slot.reading = match read {
            Some(Ok(reading)) => reading,
            Some(Err(unfit)) => {
                self.report.push(unfit);
                Reading::Unfit
            }
            None => return,
        };
        slot.problems = self.report.len() - before;
        self.enter_name(before);
    }

    /// Reads the current attribute's value for a map; `None` where the same name comes once more, and wins.
    ///
    /// # Errors
    ///
    /// It does not fit, which is then in the report.
    pub(crate) fn read_value<T: FromAttribute>(&mut self) -> Result<Option<T>, Unfit> {
        let before = self.report.len();
        let value = match self.read_current(T::EXPECTED, T::from_attribute) {
            Some(Ok(value)) => Some(value),
            Some(Err(unfit)) => {
                self.report.push(unfit);
                None
            }
            None => return Ok(None),
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
            problem.settle_at(&self.name);
        }
        Ok(Some(default))
    }

    /// Whether the current name comes once more, as it can in JSON text, of which the last is meant.
    #[cold]
    pub(crate) fn is_overridden(&mut self) -> bool {
        let Entries::Json(members) = &mut self.entries else { return false };
        members.comes_again(&self.name)
    }

    /// Whether the current name was there before.
    #[cold]
    fn is_repeated(&mut self) -> bool {
        let Entries::Json(members) = &mut self.entries else { return false };
        members.was_before(&self.name)
    }

    /// Reports the current attribute, whose value is not read, as unfit; once, if its name stands twice.
    pub(crate) fn refuse(&mut self, unfit: Unfit) {
        self.current = None;
        if self.is_repeated() {
            return;
        }
        let before = self.report.len();
        self.report.push(unfit);
        self.enter_name(before);
    }

    fn enter_name(&mut self, before: usize) {
        if self.report.len() > before {
            self.enter_name_of(before);
        }
    }

    #[cold]
    fn enter_name_of(&mut self, before: usize) {
        for problem in self.report.since(before) {
            problem.enter_name(&self.name);
        }
    }
}
