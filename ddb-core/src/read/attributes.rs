//! One pass over the attributes of an image.

use std::borrow::Cow;
use std::collections::hash_map;
use std::mem;

use serde_dynamo::AttributeValue;

use crate::attribute::FromAttribute;
use crate::read::attribute::Attribute;
use crate::read::field::{Reading, Slot};
use crate::read::members::Members;
use crate::read::report::Report;
use crate::read::value::Value;
use crate::unfit::{Refusal, Unfit};

/// One pass over the attributes of an image.
pub struct Attributes<'i> {
    entries: Entries<'i>,
    report: &'i mut Report,
    depth: usize,
    /// The problems there were before this image.
    before: usize,
    /// The value under `name`, until somebody reads it.
    current: Current<'i>,
    name: Name<'i>,
    tracking: Option<Tracking<'i>>,
}

pub(super) enum Entries<'i> {
    Owned(hash_map::IterMut<'i, String, AttributeValue>),
    Borrowed(hash_map::Iter<'i, String, AttributeValue>),
    Json(Members<'i>),
}

#[derive(Default)]
struct Name<'i> {
    name: &'i str,
    /// What it says, if it has escapes in JSON text.
    unescaped: Option<String>,
}

impl Name<'_> {
    #[inline]
    fn as_str(&self) -> &str {
        self.unescaped.as_deref().unwrap_or(self.name)
    }
}

enum Current<'i> {
    Read,
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
    #[inline]
    pub(super) fn new(entries: Entries<'i>, report: &'i mut Report, depth: usize, before: usize) -> Self {
        Self { entries, report, depth, before, current: Current::Read, name: Name::default(), tracking: None }
    }

    /// Visits only the positions, if there are any given, and collects those that nobody reads.
    pub(super) fn track(&mut self, only: Option<Vec<usize>>, left: &'i mut Vec<usize>) {
        self.tracking = Some(Tracking { only, visited: 0, position: 0, left });
    }

    /// Moves on to the next attribute, whether or not somebody read the one before, and tells its name.
    #[allow(clippy::should_implement_trait, reason = "an iterator could not lend the attribute that it stands at")]
    #[inline]
    pub fn next(&mut self) -> Option<&str> {
        if self.tracking.is_some() {
            self.note_left();
        }
        loop {
            self.advance()?;
            if self.tracking.is_none() || self.visit() {
                return Some(self.name());
            }
        }
    }

    /// The current name.
    #[inline]
    pub(crate) fn name(&self) -> &str {
        self.name.as_str()
    }

    #[inline]
    fn advance(&mut self) -> Option<()> {
        match &mut self.entries {
            Entries::Owned(entries) => {
                let (name, value) = entries.next()?;
                self.name.name = name;
                self.current = Current::Owned(value);
            }
            Entries::Borrowed(entries) => {
                let (name, value) = entries.next()?;
                self.name.name = name;
                self.current = Current::Borrowed(value);
            }
            Entries::Json(members) => {
                match members.next()? {
                    Cow::Borrowed(name) => self.name = Name { name, unescaped: None },
                    Cow::Owned(name) => self.name.unescaped = Some(name),
                }
                self.current = Current::Json;
            }
        }
        Some(())
    }

    /// Collects the current attribute if nobody has read it.
    fn note_left(&mut self) {
        let is_left = !matches!(mem::replace(&mut self.current, Current::Read), Current::Read);
        if let Some(tracking) = self.tracking.as_mut().filter(|_| is_left) {
            tracking.left.push(tracking.position - 1);
        }
    }

    /// Whether the attribute is to be visited.
    fn visit(&mut self) -> bool {
        let Some(tracking) = &mut self.tracking else { return true };
        let position = tracking.position;
        tracking.position += 1;
        match &tracking.only {
            None => true,
            Some(only) if only.get(tracking.visited) == Some(&position) => {
                tracking.visited += 1;
                true
            }
            Some(_) => {
                self.current = Current::Read;
                false
            }
        }
    }

    /// Reads the current attribute into the field's slot; `rank` is the index of its name among the field's names.
    ///
    /// Of several attributes that one field claims, the one of the lowest rank is read, wherever it stands, and of
    /// one name that stands twice, as it can in JSON text, the last.
    pub fn read<T>(&mut self, slot: &mut Slot<'_, T>, rank: u16) {
        let field = slot.field;
        if let Some(seen) = slot.rank {
            if !self.replaces(field.names(), seen, rank, slot.problems) {
                return;
            }
            slot.clear();
        }
        slot.rank = Some(rank);
        let before = self.report.len();
        let read = match open(mem::replace(&mut self.current, Current::Read), &mut self.entries) {
            Ok(value) => slot.fill(value, self.report, self.depth),
            Err(refusal) => Err(refusal.into_unfit(field.expected())),
        };
        if let Entries::Json(members) = &mut self.entries
            && let Err(refusal) = members.close(read.is_ok())
        {
            self.report_unfit(slot, refusal.into_unfit(field.expected()));
        } else if let Err(unfit) = read {
            self.report_unfit(slot, unfit);
        }
        if self.report.len() > before {
            slot.problems = self.report.len() - before;
            self.enter_name_of(before);
        }
    }

    /// Whether the current attribute takes the place of one that the field has had; the problems of that one are then forgotten.
    #[cold]
    fn replaces(&mut self, names: &[&str], seen: u16, rank: u16, problems: usize) -> bool {
        if seen < rank {
            self.current = Current::Read;
            return false;
        }
        if let Some(name) = names.get(usize::from(seen)).filter(|_| problems > 0) {
            self.report.forget(self.before, name, problems);
        }
        true
    }

    #[cold]
    fn report_unfit<T>(&mut self, slot: &mut Slot<'_, T>, unfit: Unfit) {
        slot.reading = Reading::Unfit;
        self.report.push(unfit);
    }

    /// Reads the current attribute's value for a map; `None` where the same name comes once more, and wins.
    ///
    /// # Errors
    ///
    /// It does not fit, which is then in the report.
    pub(crate) fn read_value<T: FromAttribute>(&mut self) -> Result<Option<T>, Unfit> {
        let before = self.report.len();
        let read = match open(mem::replace(&mut self.current, Current::Read), &mut self.entries) {
            Ok(value) => T::from_attribute(Attribute::new(value, self.report, self.depth)),
            Err(refusal) => Err(refusal.into_unfit(T::EXPECTED)),
        };
        let closed = match &mut self.entries {
            Entries::Json(members) => members.close(read.is_ok()),
            Entries::Owned(_) | Entries::Borrowed(_) => Ok(()),
        };
        let value = match (read, closed) {
            (Ok(value), Ok(())) => Some(value),
            (Err(unfit), _) => {
                self.report.push(unfit);
                None
            }
            (Ok(_), Err(refusal)) => {
                self.report.push(refusal.into_unfit(T::EXPECTED));
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
            problem.settle_at(self.name.as_str());
        }
        Ok(Some(default))
    }

    /// Whether the current name comes once more, as it can in JSON text, of which the last is meant.
    #[cold]
    fn is_overridden(&mut self) -> bool {
        let Entries::Json(members) = &mut self.entries else { return false };
        members.comes_again(self.name.as_str())
    }

    /// Whether the current name was there before.
    #[cold]
    fn is_repeated(&mut self) -> bool {
        let Entries::Json(members) = &mut self.entries else { return false };
        members.was_before(self.name.as_str())
    }

    /// Reports the current attribute, whose value is not read, as unfit; once, if its name stands twice.
    pub(crate) fn refuse(&mut self, unfit: Unfit) {
        self.current = Current::Read;
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
            problem.enter_name(self.name.as_str());
        }
    }
}

/// The value that stands in the entries, for its only reading.
#[inline]
fn open<'v>(current: Current<'v>, entries: &'v mut Entries<'_>) -> Result<Value<'v>, Refusal> {
    match (current, entries) {
        (Current::Owned(value), _) => Ok(Value::Owned(value)),
        (Current::Borrowed(value), _) => Ok(Value::Borrowed(value)),
        (Current::Json, Entries::Json(members)) => members.open(),
        (Current::Json | Current::Read, _) => Err(Refusal::Reported),
    }
}
