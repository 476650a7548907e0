use arrayvec::ArrayVec;

use crate::attribute::FromAttribute;
use crate::attribute_type::AttributeType;
use crate::error::{AttributeError, Expected, Found};
use crate::read::attribute::Attribute;
use crate::read::report::{Checkpoint, Report};
use crate::read::source::ListRef;

/// The elements of a list or a set.
pub struct List<'r> {
    elements: ListRef<'r>,
    attribute_type: AttributeType,
    report: &'r mut Report,
    depth: usize,
    /// The number of elements that have been read.
    count: usize,
    /// The report before the list.
    checkpoint: Checkpoint,
}

impl<'r> List<'r> {
    pub(super) fn new(
        elements: ListRef<'r>,
        attribute_type: AttributeType,
        report: &'r mut Report,
        depth: usize,
    ) -> Self {
        let checkpoint = report.checkpoint();
        Self { elements, attribute_type, report, depth, count: 0, checkpoint }
    }

    /// The number of remaining elements, for a collection to reserve.
    pub(crate) fn size_hint(&self) -> usize {
        self.elements.len()
    }

    /// Reads the next element. `None` means that the list has ended. The problems of an element
    /// that does not fit are already in the report.
    #[inline]
    pub(crate) fn read<T: FromAttribute>(&mut self) -> Option<Result<T, AttributeError>> {
        self.read_with(|| T::EXPECTED, T::from_attribute, || T::ABSENCE.value())
    }

    /// Reads the next element like [`read`](Self::read), but through a conversion.
    #[inline]
    pub(crate) fn read_with<T>(
        &mut self,
        expected: impl FnOnce() -> Expected,
        from_attribute: impl FnOnce(Attribute<'_>) -> Result<T, AttributeError>,
        absent: impl FnOnce() -> Option<T>,
    ) -> Option<Result<T, AttributeError>> {
        let checkpoint = self.report.checkpoint();
        let (report, depth) = (&mut *self.report, self.depth);
        let read = self.elements.read_next(self.attribute_type.element(), |value| {
            from_attribute(Attribute::new(value, report, depth))
        })?;
        self.count += 1;
        let element = match read.unwrap_or_else(|refusal| Err(refusal.into_error(expected()))) {
            Ok(element) => {
                if self.report.count_since(checkpoint) > 0 {
                    self.enter_index(checkpoint, false);
                }
                Some(element)
            }
            Err(error) => {
                self.report.push(error);
                let absent = absent();
                self.enter_index(checkpoint, absent.is_some());
                absent
            }
        };
        Some(element.ok_or_else(AttributeError::reported))
    }

    /// Checks that the list has exactly `length` elements. If it does not, the problems of its
    /// elements are dropped: the length is the only problem that is reported.
    pub(crate) fn check_length(
        &mut self,
        length: usize,
        expected: Expected,
    ) -> Result<(), AttributeError> {
        self.count += self.elements.skip_rest();
        if self.count == length {
            return Ok(());
        }
        self.report.roll_back(self.checkpoint);
        let found = Found::Length(self.attribute_type, self.count);
        Err(AttributeError::mismatch(expected.with_length(length), found))
    }

    /// Puts the index of the element that was just read in front of the paths of its problems.
    #[cold]
    fn enter_index(&mut self, checkpoint: Checkpoint, is_replaced: bool) {
        for problem in self.report.since(checkpoint) {
            problem.enter_index(self.count - 1);
            if is_replaced {
                problem.mark_replaced_at_step();
            }
        }
    }

    /// Calls `push` with every element that fits, and reports those that do not.
    pub(crate) fn read_elements<T: FromAttribute>(
        &mut self,
        mut push: impl FnMut(T),
    ) -> Result<(), AttributeError> {
        let mut all_fit = true;
        while let Some(element) = self.read() {
            match element {
                Ok(element) => push(element),
                Err(_) => all_fit = false,
            }
        }
        if all_fit { Ok(()) } else { Err(AttributeError::reported()) }
    }
}

pub(crate) fn read_list<T: FromAttribute>(
    attribute: Attribute<'_>,
    expected: Expected,
) -> Result<Vec<T>, AttributeError> {
    let mut list = attribute.into_list(expected)?;
    let mut elements = Vec::with_capacity(list.size_hint());
    list.read_elements(|element| elements.push(element))?;
    Ok(elements)
}

/// Reads a set. A missing value is an empty set, so a `NULL` is one as well: other SDKs write it.
pub(crate) fn read_set<T: FromAttribute, S>(
    attribute: Attribute<'_>,
    expected: Expected,
    with_capacity: impl FnOnce(usize) -> S,
    mut insert: impl FnMut(&mut S, T),
) -> Result<S, AttributeError> {
    if attribute.is_null() {
        return Ok(with_capacity(0));
    }
    let mut list = attribute.into_list(expected)?;
    let mut set = with_capacity(list.size_hint());
    list.read_elements(|element| insert(&mut set, element))?;
    Ok(set)
}

pub(crate) fn read_array<T: FromAttribute, const N: usize>(
    attribute: Attribute<'_>,
    expected: Expected,
) -> Result<[T; N], AttributeError> {
    let mut list = attribute.into_list(expected)?;
    let mut elements = ArrayVec::new();
    let all_fit = list.read_elements(|element| {
        // Surplus elements are dropped here, and counted below.
        let _ = elements.try_push(element);
    });
    list.check_length(N, expected)?;
    all_fit?;
    elements.into_inner().map_err(|_| AttributeError::reported())
}
