//! A line of a table: a ratio, and the goal that it is held to.

use std::fmt;

#[derive(Clone, Copy)]
pub struct Goal {
    /// What a ratio has to reach, or must not exceed.
    pub bound: f64,
    /// What is hoped for; the verdict says whether it has been reached.
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
    /// How many times faster we are than they.
    #[must_use]
    pub fn faster(
        what: &'static str,
        ours: impl Into<f64>,
        theirs: impl Into<f64>,
        goal: Goal,
    ) -> Self {
        Self { what, ratio: theirs.into() / ours.into(), goal, is_limit: false }
    }

    /// How many times theirs ours is.
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
/// One of them does not hold.
pub fn print_rows(rows: &[Row]) -> Result<(), &'static str> {
    println!();
    for row in rows {
        println!("{row}");
    }
    if rows.iter().all(Row::holds) { Ok(()) } else { Err("a bound does not hold") }
}
