//! The members of a JSON object.

use std::borrow::Cow;

use crate::attribute_type::AttributeType;
use crate::error::{AttributeError, Refusal};
use crate::json::attribute::read_attribute;
use crate::json::reader::{Cursor, JsonReader};

/// Visits the names of all members of the object at `start`, without moving the reader.
#[cold]
pub(crate) fn visit_names(json: &JsonReader<'_>, start: usize, visit: &mut dyn FnMut(&str)) {
    let mut cursor = Cursor::default();
    let mut members = Members::new(json.fork(start, &mut cursor));
    while let Some(name) = members.next() {
        visit(&name);
    }
}

/// One pass over the members of an object.
pub struct Members<'i> {
    json: JsonReader<'i>,
    is_first: bool,
    /// Whether the value of the current member is unread.
    is_pending: bool,
    /// The type and the text of the current member, if its value has been taken with its name.
    plain: Option<(AttributeType, &'i str)>,
}

impl<'i> Members<'i> {
    pub(crate) fn new(json: JsonReader<'i>) -> Self {
        Self { json, is_first: true, is_pending: false, plain: None }
    }

    /// The members of the value that comes next. Skips a value that is not an object.
    #[cfg(feature = "events")]
    pub(crate) fn of_object(mut json: JsonReader<'i>) -> Option<Self> {
        if json.peek() == Some(b'{') {
            return Some(Self::new(json));
        }
        json.skip();
        None
    }

    /// Moves to the next member, whose value is an attribute value, and returns its name. Takes the
    /// value as well if it is a string without escapes, see [`plain`](Self::plain).
    #[inline]
    pub(crate) fn next_attribute(&mut self) -> Option<Cow<'i, str>> {
        let name = self.advance()?;
        self.plain = self.json.take_plain_value(None);
        self.is_pending = self.plain.is_none();
        Some(name)
    }

    /// Moves to the next member and returns its name. The value comes next in the text. Skips the
    /// value of the previous member if it is unread.
    #[inline(never)]
    pub(crate) fn next(&mut self) -> Option<Cow<'i, str>> {
        self.advance()
    }

    /// Moves to the first member with this name, whose value comes next in the text. The values
    /// before it are not checked.
    pub(crate) fn seek(&mut self, name: &str) -> Option<()> {
        while *self.advance()? != *name {
            self.json.skip_unchecked().ok()?;
            self.is_pending = false;
        }
        Some(())
    }

    #[allow(clippy::inline_always, reason = "a call for each attribute was measured to cost")]
    #[inline(always)]
    fn advance(&mut self) -> Option<Cow<'i, str>> {
        if self.is_pending {
            self.json.skip_value().ok()?;
        }
        let name = match self.json.take_plain_name(if self.is_first { b'{' } else { b',' }) {
            Some(name) => Cow::Borrowed(name),
            None => self.next_other()?,
        };
        self.is_first = false;
        self.is_pending = true;
        Some(name)
    }

    /// Moves to the next member token by token, where its name is not plain: there are white space
    /// or escapes, or the object ends.
    fn next_other(&mut self) -> Option<Cow<'i, str>> {
        self.is_pending = false;
        if self.is_first {
            self.json.expect(b'{').ok()?;
        }
        if !self.json.next_element(self.is_first, b'}').ok()? {
            return None;
        }
        self.json.read_name().ok()
    }

    /// The type and the text of the current member, if it is a string without escapes.
    #[inline]
    pub(crate) fn plain(&self) -> Option<(AttributeType, &'i str)> {
        self.plain
    }

    /// Reads the current member, an attribute value that is not [`plain`](Self::plain).
    #[inline]
    pub(crate) fn read_attribute<T>(
        &mut self,
        read: impl FnOnce(AttributeType, JsonReader<'_>) -> Result<T, AttributeError>,
    ) -> Result<Result<T, AttributeError>, Refusal> {
        self.is_pending = false;
        read_attribute(&mut self.json, None, read)
    }

    /// The value of the current member, which the caller has to read or skip.
    #[cfg(feature = "events")]
    pub(crate) fn value(&mut self) -> JsonReader<'_> {
        self.is_pending = false;
        self.json.reborrow()
    }
}
