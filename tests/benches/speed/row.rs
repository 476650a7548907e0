//! A line of the table: a ratio, and the bar that it is held to.

use std::fmt;

use ddb_benches::measure::Measured;

#[derive(Clone, Copy)]
pub struct Bar {
    pub least: f64,
    pub aim: f64,
}

#[derive(Clone)]
pub struct Row {
    what: &'static str,
    pub ratio: f64,
    bar: Bar,
    is_limit: bool,
}

impl Row {
    /// How many times faster the one is than the other.
    pub fn faster(what: &'static str, ours: Measured, theirs: Measured, bar: Bar) -> Self {
        Self { what, ratio: theirs.nanoseconds / ours.nanoseconds, bar, is_limit: false }
    }

    /// How many times the other's time the one takes.
    pub fn at_most(what: &'static str, ours: Measured, theirs: Measured, bar: Bar) -> Self {
        Self { what, ratio: ours.nanoseconds / theirs.nanoseconds, bar, is_limit: true }
    }

    pub fn holds(&self) -> bool {
        self.reaches(self.bar.least)
    }

    fn reaches(&self, bar: f64) -> bool {
        if self.is_limit { self.ratio <= bar } else { self.ratio >= bar }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, ratio, bar: Bar { least, aim }, is_limit } = self;
        let kind = if *is_limit { "× at most" } else { "× faster, at least" };
        let verdict = match (self.reaches(*aim), self.holds()) {
            (true, _) => "reaches the aim",
            (false, true) => "holds",
            (false, false) => "DOES NOT HOLD",
        };
        write!(f, "{what:48} {ratio:6.2} {kind} {least} (aim {aim}): {verdict}")
    }
}
