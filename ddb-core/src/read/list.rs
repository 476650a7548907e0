use std::slice;

use serde_dynamo::AttributeValue;

use crate::attribute::FromAttribute;
use crate::error::{Expected, Found};
use crate::json::Json;
use crate::read::attribute::Attribute;
use crate::read::report::Report;
use crate::read::value::{Opened, Value};
use crate::tag::Tag;
use crate::unfit::Unfit;

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
    OwnedTexts(SetText, slice::IterMut<'r, String>),
    BorrowedTexts(SetText, slice::Iter<'r, String>),
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

/// Which of the two tags with text a set's elements have.
#[derive(Clone, Copy)]
pub(super) enum SetText {
    S,
    N,
}

impl<'r> List<'r> {
    pub(super) fn new(elements: Elements<'r>, tag: Tag, report: &'r mut Report, depth: usize) -> Self {
        let before = report.len();
        Self { elements, tag, report, depth, count: 0, before }
    }

    /// How many elements are still to come, for a collection to reserve.
    pub(crate) fn size_hint(&self) -> usize {
        match &self.elements {
            Elements::Owned(values) => values.len(),
            Elements::Borrowed(values) => values.len(),
            Elements::OwnedTexts(_, texts) => texts.len(),
            Elements::BorrowedTexts(_, texts) => texts.len(),
            Elements::OwnedBytes(bytes) => bytes.len(),
            Elements::BorrowedBytes(bytes) => bytes.len(),
            Elements::Json(_) => 0,
        }
    }

    /// Reads the next element, if there is one. That it does not fit is then in the report.
    pub(crate) fn read<T: FromAttribute>(&mut self) -> Option<Result<T, Unfit>> {
        let before = self.report.len();
        let read = if let Elements::Json(elements) = &mut self.elements {
            elements.next()?;
            self.count += 1;
            let mut opened = Opened::default();
            let read = match opened.open(&mut elements.json, self.tag.element()) {
                Ok(tag) => {
                    let value = Value::Json(tag, elements.json.reborrow());
                    T::from_attribute(Attribute::new(value, self.report, self.depth))
                }
                Err(refusal) => Err(refusal.into_unfit(T::EXPECTED)),
            };
            match opened.close(&mut elements.json, read.is_ok()) {
                Ok(()) => read,
                Err(refusal) => Err(refusal.into_unfit(T::EXPECTED)),
            }
        } else {
            let value = self.next()?;
            T::from_attribute(Attribute::new(value, self.report, self.depth))
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
        while self.next().is_some() {}
    }

    fn next(&mut self) -> Option<Value<'r>> {
        let value = match &mut self.elements {
            Elements::Owned(values) => Value::Owned(values.next()?),
            Elements::Borrowed(values) => Value::Borrowed(values.next()?),
            Elements::OwnedTexts(SetText::S, texts) => Value::OwnedString(texts.next()?),
            Elements::OwnedTexts(SetText::N, texts) => Value::OwnedNumber(texts.next()?),
            Elements::BorrowedTexts(SetText::S, texts) => Value::BorrowedString(texts.next()?),
            Elements::BorrowedTexts(SetText::N, texts) => Value::BorrowedNumber(texts.next()?),
            Elements::OwnedBytes(bytes) => Value::OwnedBytes(bytes.next()?),
            Elements::BorrowedBytes(bytes) => Value::BorrowedBytes(bytes.next()?),
            Elements::Json(_) => return None,
        };
        self.count += 1;
        Some(value)
    }

    /// Gives the problems inside the last element its index; they are settled if its default stands in for it.
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
