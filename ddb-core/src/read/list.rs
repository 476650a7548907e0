use std::slice;

use serde_dynamo::AttributeValue;

use crate::attribute::FromAttribute;
use crate::error::{Expected, Found};
use crate::read::attribute::{Attribute, Value};
use crate::read::report::Report;
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
    OwnedTexts(Text, slice::IterMut<'r, String>),
    BorrowedTexts(Text, slice::Iter<'r, String>),
    OwnedBytes(slice::IterMut<'r, Vec<u8>>),
    BorrowedBytes(slice::Iter<'r, Vec<u8>>),
}

/// Which of the two tags with text a set's elements have.
#[derive(Clone, Copy)]
pub(super) enum Text {
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
        }
    }

    /// Reads the next element, if there is one. That it does not fit is then in the report.
    pub(crate) fn read<T: FromAttribute>(&mut self) -> Option<Result<T, Unfit>> {
        let before = self.report.len();
        let value = self.next()?;
        let read = T::from_attribute(Attribute::new(value, self.report, self.depth));
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
        while self.next().is_some() {}
        if self.count == length {
            return Ok(());
        }
        self.report.truncate(self.before);
        Err(Unfit::mismatch(expected.with_length(length), Found::Length(self.tag, self.count)))
    }

    fn next(&mut self) -> Option<Value<'r>> {
        let value = match &mut self.elements {
            Elements::Owned(values) => Value::Owned(values.next()?),
            Elements::Borrowed(values) => Value::Borrowed(values.next()?),
            Elements::OwnedTexts(Text::S, texts) => Value::OwnedString(texts.next()?),
            Elements::OwnedTexts(Text::N, texts) => Value::OwnedNumber(texts.next()?),
            Elements::BorrowedTexts(Text::S, texts) => Value::BorrowedString(texts.next()?),
            Elements::BorrowedTexts(Text::N, texts) => Value::BorrowedNumber(texts.next()?),
            Elements::OwnedBytes(bytes) => Value::OwnedBytes(bytes.next()?),
            Elements::BorrowedBytes(bytes) => Value::BorrowedBytes(bytes.next()?),
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
