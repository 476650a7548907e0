//! A row of the results: a ratio, and the goal that it is compared with.

use std::fmt;

#[derive(Clone, Copy)]
pub struct Goal {
    /// The ratio to reach, or not to exceed. If it does not hold, the benchmark fails.
    pub bound: f64,
    /// The ratio to aim for. The verdict says whether it is reached.
    pub aim: f64,
}

#[derive(Clone)]
pub struct Row {
    what: &'static str,
    pub ratio: f64,
    goal: Goal,
    is_limit: bool,
}

impl Row {
    /// A row for how many times faster ours is than theirs. The goal is a lower bound.
    #[must_use]
    pub fn faster(
        what: &'static str,
        ours: impl Into<f64>,
        theirs: impl Into<f64>,
        goal: Goal,
    ) -> Self {
        Self { what, ratio: theirs.into() / ours.into(), goal, is_limit: false }
    }

    /// A row for the ratio of ours to theirs. The goal is an upper bound.
    #[must_use]
    pub fn at_most(
        what: &'static str,
        ours: impl Into<f64>,
        theirs: impl Into<f64>,
        goal: Goal,
    ) -> Self {
        Self { what, ratio: ours.into() / theirs.into(), goal, is_limit: true }
    }

    #[must_use]
    pub fn holds(&self) -> bool {
        self.reaches(self.goal.bound)
    }

    fn reaches(&self, bound: f64) -> bool {
        if self.is_limit { self.ratio <= bound } else { self.ratio >= bound }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, ratio, goal: Goal { bound, aim }, is_limit } = self;
        let kind = if *is_limit { "× at most" } else { "× faster, at least" };
        let verdict = match (self.reaches(*aim), self.holds()) {
            (true, _) => "reaches the aim",
            (false, true) => "holds",
            (false, false) => "does not hold",
        };
        write!(f, "{what:52} {ratio:6.3} {kind} {bound} (aim {aim}): {verdict}")
    }
}

/// Prints the rows.
///
/// # Errors
///
/// If a bound does not hold.
pub fn print_rows(rows: &[Row]) -> Result<(), &'static str> {
    println!();
    for row in rows {
        println!("{row}");
    }
    if rows.iter().all(Row::holds) { Ok(()) } else { Err("a bound does not hold") }
}
