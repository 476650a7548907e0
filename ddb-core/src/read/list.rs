use std::slice;

use serde_dynamo::AttributeValue;

use crate::attribute::FromAttribute;
use crate::error::{Expected, Found};
use crate::json::Json;
use crate::read::attribute::Attribute;
use crate::read::report::Report;
use crate::read::value::{Opened, Value, open};
use crate::tag::Tag;
use crate::unfit::{Refusal, Unfit};

/// The elements of a list or a set.
pub(crate) struct List<'r> {
    elements: Elements<'r>,
    tag: Tag,
    report: &'r mut Report,
    depth: usize,
    /// The elements given out so far.
    count: usize,
    /// The problems there were before the list.
    before: usize,
}

pub(super) enum Elements<'r> {
    Owned(slice::IterMut<'r, AttributeValue>),
    Borrowed(slice::Iter<'r, AttributeValue>),
    OwnedTexts(Tag, slice::IterMut<'r, String>),
    BorrowedTexts(Tag, slice::Iter<'r, String>),
    OwnedBytes(slice::IterMut<'r, Vec<u8>>),
    BorrowedBytes(slice::Iter<'r, Vec<u8>>),
    Json(JsonElements<'r>),
}

/// A list in JSON text.
pub(super) struct JsonElements<'r> {
    json: Json<'r>,
    has_begun: bool,
    has_ended: bool,
}

impl<'r> JsonElements<'r> {
    /// The list that comes next.
    pub(super) fn new(json: Json<'r>) -> Self {
        Self { json, has_begun: false, has_ended: false }
    }

    /// Goes to the next element; `None` after the last, and where the text is not JSON.
    fn next(&mut self) -> Option<()> {
        if self.has_ended {
            return None;
        }
        let is_first = !self.has_begun;
        if is_first {
            self.has_begun = true;
            self.json.expect(b'[').ok()?;
        }
        self.has_ended = !self.json.next_element(is_first, b']').ok()?;
        (!self.has_ended).then_some(())
    }
}

impl Elements<'_> {
    /// How many there are; unknown, and none, in JSON text.
    fn len(&self) -> usize {
        match self {
            Self::Owned(values) => values.len(),
            Self::Borrowed(values) => values.len(),
            Self::OwnedTexts(_, texts) => texts.len(),
            Self::BorrowedTexts(_, texts) => texts.len(),
            Self::OwnedBytes(bytes) => bytes.len(),
            Self::BorrowedBytes(bytes) => bytes.len(),
            Self::Json(_) => 0,
        }
    }

    /// The next element, of a list or set of that tag, after which comes [`close`](Self::close).
    fn next(&mut self, tag: Tag, opened: &mut Opened) -> Option<Result<Value<'_>, Refusal>> {
        let value = match self {
            Self::Owned(values) => Value::Owned(values.next()?),
            Self::Borrowed(values) => Value::Borrowed(values.next()?),
            Self::OwnedTexts(tag, texts) => Value::OwnedText(*tag, texts.next()?),
            Self::BorrowedTexts(tag, texts) => Value::Text(*tag, texts.next()?),
            Self::OwnedBytes(bytes) => Value::OwnedBytes(bytes.next()?),
            Self::BorrowedBytes(bytes) => Value::BorrowedBytes(bytes.next()?),
            Self::Json(elements) => {
                elements.next()?;
                if let Some((tag, text)) = elements.json.take_plain_value(tag.element()) {
                    return Some(Ok(Value::Text(tag, text)));
                }
                return Some(open(&mut elements.json, tag.element(), opened));
            }
        };
        Some(Ok(value))
    }

    /// Goes behind the element that has been opened.
    #[inline]
    fn close(&mut self, opened: Opened, is_read: bool) -> Result<(), Refusal> {
        match self {
            Self::Json(elements) => opened.close(&mut elements.json, is_read),
            _ => Ok(()),
        }
    }
}

impl<'r> List<'r> {
    pub(super) fn new(
        elements: Elements<'r>,
        tag: Tag,
        report: &'r mut Report,
        depth: usize,
    ) -> Self {
        let before = report.len();
        Self { elements, tag, report, depth, count: 0, before }
    }

    /// How many elements are still to come, for a collection to reserve.
    pub(crate) fn size_hint(&self) -> usize {
        self.elements.len()
    }

    /// Reads the next element, if there is one. That it does not fit is then in the report.
    #[inline]
    pub(crate) fn read<T: FromAttribute>(&mut self) -> Option<Result<T, Unfit>> {
        let before = self.report.len();
        let mut opened = Opened::Whole;
        let value = self.elements.next(self.tag, &mut opened)?;
        self.count += 1;
        let into_unfit = |refusal: Refusal| refusal.into_unfit(T::EXPECTED);
        let read = match value {
            Ok(value) => {
                let read = T::from_attribute(Attribute::new(value, self.report, self.depth));
                self.elements.close(opened, read.is_ok()).map_err(into_unfit).and(read)
            }
            Err(refusal) => Err(into_unfit(refusal)),
        };
        let element = match read {
            Ok(element) => {
                if self.report.len() > before {
                    self.enter_index(before, false);
                }
                Some(element)
            }
            Err(unfit) => {
                self.report.push(unfit);
                let absent = T::absent();
                self.enter_index(before, absent.is_some());
                absent
            }
        };
        Some(element.ok_or_else(Unfit::reported))
    }

    /// Checks that the list has just so many elements. If not, that is all there is to say of them.
    pub(crate) fn check_length(&mut self, length: usize, expected: Expected) -> Result<(), Unfit> {
        self.skip_rest();
        if self.count == length {
            return Ok(());
        }
        self.report.truncate(self.before);
        Err(Unfit::mismatch(expected.with_length(length), Found::Length(self.tag, self.count)))
    }

    fn skip_rest(&mut self) {
        if let Elements::Json(elements) = &mut self.elements {
            while elements.next().is_some() && elements.json.skip_value().is_ok() {
                self.count += 1;
            }
        }
        self.count += self.elements.len();
    }

    /// Gives the problems inside the last element its index; they are settled if its default stands
    /// in for it.
    #[cold]
    fn enter_index(&mut self, before: usize, is_settled: bool) {
        for problem in self.report.since(before) {
            problem.enter_index(self.count - 1);
            if is_settled {
                problem.settle_at_index();
            }
        }
    }
}
