//! The attributes of an image in JSON text.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::json::{Cursor, Json};
use crate::read::value::{Opened, Value, open};
use crate::tag::Tag;
use crate::unfit::Refusal;

/// Gives the names of all members of the object at `start`, wherever the reader is.
#[cold]
pub(super) fn visit_names(json: &Json<'_>, start: usize, visit: &mut dyn FnMut(&str)) {
    let mut cursor = Cursor::default();
    let mut members = Members::new(json.look(start, &mut cursor));
    while let Some(name) = members.next() {
        visit(&name);
    }
}

/// One pass over the members of an object.
pub struct Members<'i> {
    json: Json<'i>,
    /// Where the object's brace is.
    start: usize,
    count: usize,
    /// Whether the value of the last member is still to be read.
    is_pending: bool,
    /// The tag and the text of the last member, if its value has been taken.
    plain: Option<(Tag, &'i str)>,
    /// Where each name stands first and last, once somebody has asked.
    positions: Option<HashMap<String, (usize, usize)>>,
}

impl<'i> Members<'i> {
    pub(super) fn new(json: Json<'i>) -> Self {
        let start = json.position();
        Self { json, start, count: 0, is_pending: false, plain: None, positions: None }
    }

    /// The members of the value that comes next; a value that is no object is skipped.
    #[cfg(feature = "events")]
    pub(crate) fn of_object(mut json: Json<'i>) -> Option<Self> {
        if json.peek() == Some(b'{') {
            return Some(Self::new(json));
        }
        json.skip();
        None
    }

    /// The name of the next member, an attribute value, which is taken if it is a string without
    /// escapes: one look for both.
    #[inline]
    pub(super) fn next_attribute(&mut self) -> Option<Cow<'i, str>> {
        let name = self.advance()?;
        self.plain = self.json.take_plain_value(None);
        self.is_pending = self.plain.is_none();
        Some(name)
    }

    /// The name of the next member, whose value comes next in the text; a value that nobody has
    /// read is skipped. Once in a binary, for the members of a record.
    #[inline(never)]
    pub(crate) fn next(&mut self) -> Option<Cow<'i, str>> {
        self.advance()
    }

    /// The same where it is written: a call for each attribute is 4 % more instructions for a
    /// batch.
    #[allow(clippy::inline_always, reason = "it has been measured")]
    #[inline(always)]
    fn advance(&mut self) -> Option<Cow<'i, str>> {
        if self.is_pending {
            self.json.skip_value().ok()?;
        }
        let before = if self.count == 0 { b'{' } else { b',' };
        let name = match self.json.take_plain_name(before) {
            Some(name) => Cow::Borrowed(name),
            None => self.next_other()?,
        };
        self.count += 1;
        self.is_pending = true;
        Some(name)
    }

    /// The same with white space and escapes, and at the end.
    fn next_other(&mut self) -> Option<Cow<'i, str>> {
        self.is_pending = false;
        if self.count == 0 {
            self.json.expect(b'{').ok()?;
        }
        if !self.json.next_element(self.count == 0, b'}').ok()? {
            return None;
        }
        self.json.read_name().ok()
    }

    /// The tag and the text of the current member, if it is a string without escapes.
    #[inline]
    pub(super) fn plain(&self) -> Option<(Tag, &'i str)> {
        self.plain
    }

    /// Goes to what is inside the current member, an attribute value; see [`open`].
    pub(super) fn open(&mut self, opened: &mut Opened) -> Result<Value<'_>, Refusal> {
        if let Some((tag, text)) = self.plain {
            return Ok(Value::Text(tag, text));
        }
        self.is_pending = false;
        open(&mut self.json, None, opened)
    }

    /// Goes behind the value that has been opened.
    #[inline]
    pub(super) fn close(&mut self, opened: Opened, is_read: bool) -> Result<(), Refusal> {
        opened.close(&mut self.json, is_read)
    }

    /// The value of the current member, for somebody who reads or skips it.
    #[cfg(feature = "events")]
    pub(crate) fn value(&mut self) -> Json<'_> {
        self.is_pending = false;
        self.json.reborrow()
    }

    /// Whether the name comes once more after the current member.
    #[cold]
    pub(super) fn comes_again(&mut self, name: &str) -> bool {
        let count = self.count;
        self.positions().get(name).is_some_and(|&(_, last)| last > count)
    }

    /// Whether the name was there before the current member.
    #[cold]
    pub(super) fn was_before(&mut self, name: &str) -> bool {
        let count = self.count;
        self.positions().get(name).is_some_and(|&(first, _)| first < count)
    }

    fn positions(&mut self) -> &HashMap<String, (usize, usize)> {
        self.positions.get_or_insert_with(|| {
            let mut positions = HashMap::new();
            let mut count = 0;
            visit_names(&self.json, self.start, &mut |name| {
                count += 1;
                positions.entry(name.to_owned()).or_insert((count, count)).1 = count;
            });
            positions
        })
    }
}
