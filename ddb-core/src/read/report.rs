use crate::error::{AttributeError, AttributeErrorKind};
use crate::path::{compare_paths, quote_name};
use crate::unfit::Unfit;

/// How many problems are kept. A list of 400 KB can hold 100,000 structs, with a problem for each
/// field of each.
const KEPT_PROBLEMS: usize = 1000;

/// How often similar names are looked for. Each time, JSON text is looked through once more: half a
/// millisecond for an item of 400 KB.
const LOOKS: usize = 100;

/// The problems of an image so far.
///
/// A place remembers how many there were before it read something inside; those that came since are
/// inside, and get the place's name or index in front of their paths.
#[derive(Default)]
pub(crate) struct Report {
    problems: Vec<AttributeError>,
    /// How many problems there have been, also those that came after the ones that are kept.
    count: usize,
    /// How often similar names have been looked for.
    looks: usize,
}

impl Report {
    /// How many problems there have been.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// Adds a problem; nothing where it has been reported.
    #[cold]
    pub(crate) fn push(&mut self, unfit: Unfit) {
        let Some(problem) = unfit.into_problem() else { return };
        self.count += 1;
        if self.problems.len() < KEPT_PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// Whether similar names may be looked for once more.
    pub(crate) fn take_look(&mut self) -> bool {
        self.looks += 1;
        self.looks <= LOOKS
    }

    pub(crate) fn since(&mut self, before: usize) -> &mut [AttributeError] {
        self.problems.get_mut(before..).unwrap_or_default()
    }

    /// Forgets the problems since there were `before`.
    #[cold]
    pub(crate) fn truncate(&mut self, before: usize) {
        self.problems.truncate(before);
        self.count = before;
    }

    /// Forgets the `count` problems of an attribute that another one has taken the place of.
    #[cold]
    pub(crate) fn forget(&mut self, before: usize, name: &str, count: usize) {
        let name = quote_name(name);
        let mut index = 0;
        self.problems.retain(|problem| {
            index += 1;
            index <= before || !problem.is_under(&name)
        });
        self.count = self.count.saturating_sub(count);
    }

    /// The problems of a conversion that keeps no default.
    #[cold]
    pub(crate) fn into_strict_problems(mut self) -> Vec<AttributeError> {
        self.problems.iter_mut().for_each(AttributeError::unsettle);
        self.into_problems()
    }

    /// The problems in the order of their paths: a map is read in a random one.
    #[inline]
    pub(crate) fn into_problems(self) -> Vec<AttributeError> {
        if self.count == 0 { Vec::new() } else { self.sort_problems() }
    }

    #[cold]
    fn sort_problems(mut self) -> Vec<AttributeError> {
        if self.problems.is_empty() {
            // All that was kept has been forgotten since.
            self.problems.push(AttributeError::new(AttributeErrorKind::Unkept));
        }
        self.problems.sort_unstable_by(|one, other| compare_paths(one.path(), other.path()));
        self.problems
    }
}
