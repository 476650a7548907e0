use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::error::problem::{ProblemDetail, ProblemParts};
use crate::error::{Found, Path, Problem, ProblemKind, Step, Unwritable};

/// A problem whose path is still incomplete.
pub(crate) struct PendingProblem {
    variant: Option<&'static str>,
    /// The versions of the values around the path so far, the innermost first.
    attempts: Vec<Attempt>,
    path: Path,
    detail: ProblemDetail,
    /// The number of the path's steps that are inside the value replaced by its default.
    replaced: Option<usize>,
    /// The position among the problems, which orders those with the same path.
    number: usize,
}

/// The version that a value was read as.
struct Attempt {
    name: &'static str,
    /// The number of attempts before this one.
    order: usize,
    /// The number of the path's steps that are inside the value.
    inside: usize,
}

/// A step of a path, or the version of the value that the steps after it are inside of.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Position<'p> {
    Attempt(usize),
    Step(&'p Step),
}

impl PendingProblem {
    pub(crate) fn new(detail: ProblemDetail) -> Self {
        let path = Path::default();
        Self { variant: None, attempts: Vec::new(), path, detail, replaced: None, number: 0 }
    }

    pub(crate) const fn kind(&self) -> &ProblemKind {
        &self.detail.kind
    }

    /// A problem that was completed before, as the one with this number.
    pub(crate) fn of(problem: Problem, order: usize) -> Self {
        let ProblemParts { variant, attempt, path, detail } = problem.into_parts();
        let inside = path.len();
        let attempts = attempt.map(|name| Attempt { name, order, inside }).into_iter().collect();
        Self { variant, attempts, path, ..Self::new(detail) }
    }

    /// Completes the problems, ordered by path because a map is visited in random order. Those with
    /// the same path, such as the fields of one key, stay in their order.
    ///
    /// A heap, because every function contains this code, and that of `slice::sort` is ten times as
    /// large.
    #[cold]
    pub(crate) fn sort(mut problems: Vec<Self>) -> Vec<Problem> {
        for (number, problem) in problems.iter_mut().enumerate() {
            problem.number = number;
        }
        let sorted = BinaryHeap::from(problems).into_sorted_vec();
        sorted.into_iter().map(Problem::from).collect()
    }

    /// Records the version of the value around the path so far.
    pub(crate) fn enter_attempt(&mut self, name: &'static str, order: usize) {
        self.attempts.push(Attempt { name, order, inside: self.path.len() });
    }

    /// The path with the versions in it, which keeps the problems of an attempt together.
    fn positions(&self) -> Vec<Position<'_>> {
        let mut positions = Vec::new();
        let mut attempts = self.attempts.iter().rev().peekable();
        for (inside, step) in
            (0..=self.path.len()).rev().zip(self.path.steps().map(Some).chain([None]))
        {
            while let Some(attempt) = attempts.next_if(|attempt| attempt.inside == inside) {
                positions.push(Position::Attempt(attempt.order));
            }
            positions.extend(step.map(Position::Step));
        }
        positions
    }

    /// Records the variant around the path so far, unless an inner one is known.
    pub(crate) fn enter_variant(&mut self, variant: &'static str) {
        self.variant.get_or_insert(variant);
    }

    pub(crate) fn enter_name(&mut self, name: &str) {
        self.path.enter_name(name);
    }

    pub(crate) fn enter_index(&mut self, index: usize) {
        self.path.enter_index(index);
    }

    /// Returns `true` if the problem is about the attribute with this name, or is inside it.
    pub(crate) fn is_under(&self, name: &str) -> bool {
        self.path.starts_with(name)
    }

    /// Replaces what a conversion of another error into an
    /// [`AttributeError`](crate::AttributeError) says, which does not know that the value is
    /// written and not read.
    pub(crate) fn mark_unwritable(&mut self) {
        if let ProblemKind::Mismatch { found: Found::Refused(None), .. } = self.detail.kind {
            self.detail.kind = ProblemKind::Unwritable(Unwritable::Refused);
        }
    }

    /// Records that nothing was replaced, because the value is dropped.
    pub(crate) fn unmark_replaced(&mut self) {
        self.replaced = None;
    }

    /// Records that the value around the path so far was replaced by its default.
    pub(crate) fn mark_replaced(&mut self) {
        self.replaced = Some(self.path.len());
    }

    /// Records that the attribute or element at the outermost step was replaced by its default.
    pub(crate) fn mark_replaced_at_step(&mut self) {
        self.replaced = Some(self.path.len().saturating_sub(1));
    }
}

impl Ord for PendingProblem {
    fn cmp(&self, other: &Self) -> Ordering {
        self.positions().cmp(&other.positions()).then(self.number.cmp(&other.number))
    }
}

impl PartialOrd for PendingProblem {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for PendingProblem {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for PendingProblem {}

impl From<PendingProblem> for Problem {
    fn from(pending: PendingProblem) -> Self {
        let attempt = pending.attempts.first().map(|attempt| attempt.name);
        Self::new(pending.variant, attempt, pending.path, pending.detail, pending.replaced)
    }
}
