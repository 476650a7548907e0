use crate::error::{
    AttributeError, ImageError, KEPT_PROBLEMS, Path, PendingProblem, Problem, ProblemDetail,
    ProblemKind, SHOWN_PROBLEMS,
};
use crate::read::known_versions::KnownVersions;

/// The number of missing attributes for which an image is searched for a similar name. In JSON
/// text, each search is another pass.
const NAME_SEARCHES: usize = 100;

/// The problems of an image, collected while it is read.
///
/// A reader takes a [`Checkpoint`] before it reads a value inside the image. The problems since
/// then are inside that value, so the reader puts the value's name or index in front of their
/// paths.
pub(crate) struct Report {
    problems: Vec<PendingProblem>,
    /// The number of problems, including those that are not kept.
    count: usize,
    /// The number of problems that are kept.
    room: usize,
    name_searches: usize,
    /// The versions that the values inside an attempt to read a version fit. Boxed, because hardly
    /// any report needs them.
    pub(super) known_versions: Option<Box<KnownVersions>>,
}

/// The state of a report at one time.
#[derive(Clone, Copy)]
pub(crate) struct Checkpoint {
    count: usize,
    /// The number of problems that were kept.
    kept: usize,
}

impl Default for Report {
    fn default() -> Self {
        Self::with_room(KEPT_PROBLEMS)
    }
}

impl Report {
    /// A report that keeps this number of problems.
    pub(crate) fn with_room(room: usize) -> Self {
        Self { problems: Vec::new(), count: 0, room, name_searches: 0, known_versions: None }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    #[inline]
    pub(crate) fn checkpoint(&self) -> Checkpoint {
        Checkpoint { count: self.count, kept: self.problems.len() }
    }

    /// The number of problems since the checkpoint.
    #[inline]
    pub(crate) fn count_since(&self, checkpoint: Checkpoint) -> usize {
        self.count - checkpoint.count
    }

    /// The problems since the checkpoint that are kept.
    pub(crate) fn since(&mut self, checkpoint: Checkpoint) -> &mut [PendingProblem] {
        self.problems.get_mut(checkpoint.kept..).unwrap_or_default()
    }

    /// Adds the problem of the error, unless it is already in the report.
    #[cold]
    pub(crate) fn push(&mut self, error: AttributeError) {
        error.into_problems().into_iter().for_each(|problem| self.keep(problem));
    }

    /// Adds the problem of an image that was converted on its own.
    #[cold]
    pub(crate) fn push_problem(&mut self, problem: Problem) {
        // The problems are in order already.
        let order = self.count;
        self.keep(PendingProblem::of(problem, order));
    }

    fn keep(&mut self, problem: PendingProblem) {
        self.count += 1;
        if self.problems.len() < self.room {
            self.problems.push(problem);
        }
    }

    /// Adds a problem of the attribute with this name.
    #[cold]
    pub(crate) fn push_at(&mut self, name: &str, error: AttributeError) {
        let checkpoint = self.checkpoint();
        self.push(error);
        self.enter_name(checkpoint, name);
    }

    /// Puts a name in front of the paths of all problems since the checkpoint.
    #[cold]
    pub(crate) fn enter_name(&mut self, checkpoint: Checkpoint, name: &str) {
        for problem in self.since(checkpoint) {
            problem.enter_name(name);
        }
    }

    /// Records the variant that all problems since the checkpoint are inside of.
    #[cold]
    pub(crate) fn enter_variant(&mut self, checkpoint: Checkpoint, variant: &'static str) {
        for problem in self.since(checkpoint) {
            problem.enter_variant(variant);
        }
    }

    /// Removes the problems since the checkpoint, and returns them as those of an attempt to read a
    /// version.
    #[cold]
    pub(crate) fn take_attempt(
        &mut self,
        checkpoint: Checkpoint,
        name: &'static str,
        order: usize,
    ) -> Vec<PendingProblem> {
        let mut problems = self.problems.split_off(checkpoint.kept);
        for problem in &mut problems {
            problem.enter_attempt(name, order);
        }
        self.count = checkpoint.count;
        problems
    }

    /// Adds the problems of attempts that have all failed.
    #[cold]
    pub(crate) fn restore_attempts(&mut self, problems: impl Iterator<Item = PendingProblem>) {
        let before = self.count;
        for problem in problems {
            self.keep(problem);
        }
        if self.count == before {
            // There was no room for any of them.
            self.count += 1;
        }
    }

    /// Returns `true` if the image may be searched for a similar name once more.
    pub(crate) fn allows_name_search(&mut self) -> bool {
        self.name_searches += 1;
        self.name_searches <= NAME_SEARCHES
    }

    /// Drops the problems since the checkpoint.
    #[cold]
    pub(crate) fn roll_back(&mut self, checkpoint: Checkpoint) {
        self.problems.truncate(checkpoint.kept);
        self.count = checkpoint.count;
    }

    /// Drops the `count` problems of an attribute since the checkpoint, because the field reads
    /// another of its names instead.
    #[cold]
    pub(crate) fn remove_attribute(&mut self, checkpoint: Checkpoint, name: &str, count: usize) {
        let mut index = 0;
        self.problems.retain(|problem| {
            index += 1;
            index <= checkpoint.kept || !problem.is_under(name)
        });
        self.count = self.count.saturating_sub(count);
    }

    /// The result of a strict conversion, which replaces nothing.
    #[inline]
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T, ImageError> {
        match value {
            Some(value) if self.is_empty() => Ok(value),
            _ => Err(self.into_error()),
        }
    }

    #[cold]
    fn into_error(mut self) -> ImageError {
        self.problems.iter_mut().for_each(PendingProblem::unmark_replaced);
        let count = self.count;
        ImageError::new(self.sort_problems(), count)
    }

    /// The problems, ordered by path because a map is visited in random order.
    #[inline]
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        if self.is_empty() { Vec::new() } else { self.sort_problems() }
    }

    #[cold]
    fn sort_problems(self) -> Vec<Problem> {
        if self.problems.is_empty() {
            let detail = ProblemDetail { kind: ProblemKind::Omitted, cause: None };
            return vec![Problem::new(None, None, Path::default(), detail, None)];
        }
        PendingProblem::sort(self.problems)
    }
}

/// Logs one event for each value that a lossy conversion replaced. A list with a thousand bad
/// elements is one event, with the path of the first.
#[cold]
pub(crate) fn log_problems(problems: &[Problem], rust_type: &str) {
    let is_same_value = |one: &Problem, other: &Problem| {
        one.replaced().is_some() && one.replaced() == other.replaced()
    };
    let mut logged = 0;
    for group in problems.chunk_by(is_same_value).take(SHOWN_PROBLEMS) {
        let [problem, ..] = group else { continue };
        logged += group.len();
        tracing::warn!(
            target: "ddb_core",
            rust_type,
            path = problem.path(),
            reason = %problem.kind(),
            replaced = problem.replaced(),
            problems = group.len(),
            "attribute does not fit"
        );
    }
    if logged < problems.len() {
        let more = problems.len() - logged;
        tracing::warn!(
            target: "ddb_core",
            rust_type,
            problems = more,
            "more attributes do not fit"
        );
    }
}
