use std::borrow::Cow;
use std::collections::{HashMap, hash_map};
use std::mem;

use serde_dynamo::{AttributeValue, Item};

use crate::attribute::FromAttribute;
use crate::error::{AttributeError, AttributeErrorKind, Expected};
use crate::json::{Cursor, Json};
use crate::read::attribute::Attribute;
use crate::read::field::{Reading, Slot};
use crate::read::report::Report;
use crate::read::value::{Value, read_json};
use crate::unfit::Unfit;

/// The attributes of an image, or of a map inside one, for a generated function to read.
pub struct Image<'r> {
    source: Source<'r>,
    report: &'r mut Report,
    /// How many maps and lists lie around the attributes.
    depth: usize,
    /// The problems there were before this image; those since are its own.
    before: usize,
    left: Left,
    /// How many flattened fields lie between the image and who is reading it.
    flattened: usize,
    /// Whether the problems are likely to be thrown away.
    is_optional: bool,
}

/// Where the attributes are kept.
pub(super) enum Source<'r> {
    /// Strings and bytes are moved out of the values; the map itself is dropped by its owner.
    Owned(&'r mut HashMap<String, AttributeValue>),
    Borrowed(&'r HashMap<String, AttributeValue>),
    /// An object in JSON text, from the position of its brace on.
    Json(Json<'r>, usize),
}

impl<'r> Source<'r> {
    pub(super) fn json(json: Json<'r>) -> Self {
        let start = json.position();
        Self::Json(json, start)
    }

    fn reborrow(&mut self) -> Source<'_> {
        match self {
            Self::Owned(map) => Source::Owned(map),
            Self::Borrowed(map) => Source::Borrowed(map),
            Self::Json(json, start) => Source::Json(json.reborrow(), *start),
        }
    }

    /// How many attributes there are; unknown, and none, in JSON text.
    fn len(&self) -> usize {
        match self {
            Self::Owned(map) => map.len(),
            Self::Borrowed(map) => map.len(),
            Self::Json(..) => 0,
        }
    }
}

/// What names that differ by their case have in common.
fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|character| !matches!(character, '_' | '-')).flat_map(char::to_lowercase)
}

/// The names of the members of an object, once more.
#[cold]
fn read_names(json: &Json<'_>, start: usize) -> Vec<String> {
    let mut cursor = Cursor::default();
    let mut members = Members::new(json.look(start, &mut cursor));
    std::iter::from_fn(|| members.next().map(Cow::into_owned)).collect()
}

/// The attributes that nobody has read, for those who ask: `flatten`, `rest` and `deny_unknown`.
enum Left {
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
        let before = report.len();
        Self { source, report, depth, before, left: Left::Untracked, flattened: 0, is_optional: false }
    }

    /// The attributes of an image that are left, as an image of their own.
    pub(super) fn rest(source: Source<'r>, left: Vec<usize>, report: &'r mut Report, depth: usize) -> Self {
        Self { left: Left::Only(left), ..Self::new(source, report, depth) }
    }

    /// Asks for the attributes that the next pass does not read to be remembered.
    pub fn track_left(&mut self) {
        if let Left::Untracked = self.left {
            self.left = Left::All;
        }
    }

    /// One pass over the attributes, or over those that are left where somebody asked.
    pub fn attributes(&mut self) -> Attributes<'_> {
        let only = match mem::replace(&mut self.left, Left::Untracked) {
            Left::Untracked => None,
            Left::All => {
                self.left = Left::Only(Vec::new());
                None
            }
            Left::Only(left) => {
                self.left = Left::Only(Vec::new());
                Some(left)
            }
        };
        let left = match &mut self.left {
            Left::Only(left) => Some(left),
            Left::Untracked | Left::All => None,
        };
        let entries = match &mut self.source {
            Source::Owned(map) => Entries::Owned(map.iter_mut()),
            Source::Borrowed(map) => Entries::Borrowed(map.iter()),
            Source::Json(json, start) => {
                json.rewind(*start);
                Entries::Json(Members::new(json.reborrow()))
            }
        };
        let tracking = left.map(|left| Tracking { only, visited: 0, position: 0, left });
        Attributes {
            entries,
            report: self.report,
            depth: self.depth,
            before: self.before,
            current: None,
            name: Cow::Borrowed(""),
            tracking,
        }
    }

    /// Reads a flattened field: a struct whose attributes stand among this image's own.
    pub fn flatten<T>(&mut self, read: impl FnOnce(&mut Image<'_>) -> T) -> T {
        let before = mem::replace(&mut self.before, self.report.len());
        self.flattened += 1;
        let value = read(&mut *self);
        self.flattened -= 1;
        self.before = before;
        value
    }

    /// Reads an optional flattened field: `None` where the image has none of its attributes.
    ///
    /// # Errors
    ///
    /// The struct could not be made, for which there is then a problem in the report.
    pub fn flatten_optional<T>(&mut self, read: impl FnOnce(&mut Image<'_>) -> Option<T>) -> Result<Option<T>, Unfit> {
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

    /// How many attributes there are to read.
    pub(crate) fn len(&self) -> usize {
        match &self.left {
            Left::Only(left) => left.len(),
            Left::Untracked | Left::All => self.source.len(),
        }
    }

    /// Reads the attributes that are left into a field that collects them.
    pub fn read_rest<T>(&mut self, slot: &mut Slot<'_, T>) {
        self.visit_left();
        let mut left = match mem::replace(&mut self.left, Left::Only(Vec::new())) {
            Left::Only(left) => left,
            Left::Untracked | Left::All => Vec::new(),
        };
        let value = Value::Rest(self.source.reborrow(), &mut left);
        let before = self.report.len();
        slot.reading = match slot.field.read(Attribute::new(value, self.report, self.depth)) {
            Ok(reading) => reading,
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
            let mut attributes = self.attributes();
            while attributes.next().is_some() {}
        }
    }

    /// Reports every attribute that is left as unknown. A flattened struct does not own the image, and denies nothing.
    pub fn deny_left(&mut self, names: &'static [&'static str]) {
        if self.flattened > 0 {
            return;
        }
        let mut attributes = self.attributes();
        while attributes.next().is_some() {
            attributes.refuse(Unfit::new(AttributeErrorKind::Unknown { expected: names }));
        }
    }

    /// The value of a field that has no default; without one, the struct cannot be made.
    pub fn take<T>(&mut self, slot: Slot<'_, T>) -> Option<T> {
        match slot.reading {
            Reading::Read(value) => Some(value),
            Reading::Unfit => slot.field.absent().inspect(|_| self.settle(slot.field.names())),
            Reading::Missing => slot.field.absent().or_else(|| {
                self.report_missing(slot.field.names(), slot.field.expected());
                None
            }),
        }
    }

    /// The value of a field whose default stands in for everything that is wrong, and is reported to do so.
    pub fn take_lossy<T>(&mut self, slot: Slot<'_, T>, default: fn() -> T) -> T {
        let names = slot.field.names();
        self.take(slot).unwrap_or_else(|| {
            self.settle(names);
            default()
        })
    }

    /// The value of a field that names its default: it stands for an attribute that is not there.
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

    #[cold]
    fn report_missing(&mut self, names: &[&str], expected: Expected) {
        let name = names.first().copied().unwrap_or_default();
        if self.report.is_full() {
            return;
        }
        let similar = if self.is_optional { None } else { self.find_similar(name) };
        let before = self.report.len();
        self.report.push(Unfit::new(AttributeErrorKind::Missing { expected, similar }));
        for problem in self.report.since(before) {
            problem.enter_name(name);
        }
    }

    /// An attribute that the field might have been meant to read: a forgotten `rename_all` is a common mistake.
    fn find_similar(&self, name: &str) -> Option<String> {
        let is_similar = |key: &str| key != name && letters(key).eq(letters(name));
        match &self.source {
            Source::Owned(map) => map.keys().filter(|key| is_similar(key)).min().cloned(),
            Source::Borrowed(map) => map.keys().filter(|key| is_similar(key)).min().cloned(),
            Source::Json(json, start) => read_names(json, *start).into_iter().filter(|key| is_similar(key)).min(),
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
        for problem in self.report.since(self.before) {
            if let Some(name) = names.iter().find(|name| problem.is_under(name)) {
                problem.settle_at(name);
            }
        }
    }
}

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

enum Entries<'i> {
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

/// The members of an object in JSON text.
struct Members<'i> {
    json: Json<'i>,
    /// Where the object's brace is.
    start: usize,
    count: usize,
    /// Whether the value of the last member is still to be read.
    is_pending: bool,
}

impl<'i> Members<'i> {
    fn new(json: Json<'i>) -> Self {
        let start = json.position();
        Self { json, start, count: 0, is_pending: false }
    }

    fn names(&self) -> Vec<String> {
        read_names(&self.json, self.start)
    }

    /// The name of the next member, whose value comes next in the text; a value that nobody has read is skipped.
    fn next(&mut self) -> Option<Cow<'i, str>> {
        if self.count == 0 {
            self.json.expect(b'{').ok()?;
        }
        if self.is_pending {
            self.json.skip_value().ok()?;
        }
        if !self.json.next_element(self.count == 0, b'}').ok()? {
            return None;
        }
        let name = self.json.read_name().ok()?;
        self.json.peek()?;
        self.count += 1;
        self.is_pending = true;
        Some(name)
    }
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

impl Attributes<'_> {
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
            if let Some(name) = slot.field.names().get(usize::from(seen)) {
                self.report.forget(self.before, name);
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
    fn is_overridden(&self) -> bool {
        let Entries::Json(members) = &self.entries else { return false };
        members.names().iter().skip(members.count).any(|name| *name == self.name)
    }

    /// Whether the current name was there before.
    #[cold]
    pub(crate) fn is_repeated(&self) -> bool {
        let Entries::Json(members) = &self.entries else { return false };
        members.names().iter().take(members.count.saturating_sub(1)).any(|name| *name == self.name)
    }

    /// Reports the current attribute, whose value is not read, as unfit.
    pub(crate) fn refuse(&mut self, unfit: Unfit) {
        self.current = None;
        if self.is_repeated() {
            self.report.forget(self.before, &self.name);
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
