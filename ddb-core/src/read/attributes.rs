//! One pass over the attributes of an image.

use std::mem;

use crate::read::entry::{Entry, Pass, Place};
use crate::read::image::{Image, Left};
use crate::read::members::Members;
use crate::read::source::Source;

impl Image<'_> {
    /// One pass over the attributes, or over those that are left where somebody asked: `read` gets each with its name.
    ///
    /// The loop is compiled once, and calls what is generated once for each attribute.
    pub fn read_attributes(&mut self, read: &mut dyn FnMut(&str, Entry<'_, '_>)) {
        let tracking = Tracking::of(mem::replace(&mut self.left, Left::Untracked));
        let pass = Pass { report: self.report, depth: self.depth, before: self.before, is_left: true };
        let mut visitor = Visitor { read, pass, tracking };
        match &mut self.source {
            Source::Owned(map) => {
                for (name, value) in &mut **map {
                    visitor.visit(name, Place::Owned(value));
                }
            }
            Source::Borrowed(map) => {
                for (name, value) in *map {
                    visitor.visit(name, Place::Borrowed(value));
                }
            }
            Source::Json(json, start) => {
                json.rewind(*start);
                let mut members = Members::new(json.reborrow());
                while let Some(name) = members.next() {
                    visitor.visit(&name, Place::Json(&mut members));
                }
            }
        }
        if let Some(tracking) = visitor.tracking {
            self.left = Left::Only(tracking.left);
        }
    }
}

struct Visitor<'p> {
    read: &'p mut dyn FnMut(&str, Entry<'_, '_>),
    pass: Pass<'p>,
    tracking: Option<Tracking>,
}

impl<'p> Visitor<'p> {
    #[inline]
    fn visit(&mut self, name: &str, place: Place<'_, 'p>) {
        let Some(tracking) = &mut self.tracking else {
            return (self.read)(name, Entry::new(name, place, &mut self.pass));
        };
        if !tracking.visits_next() {
            return;
        }
        self.pass.is_left = true;
        (self.read)(name, Entry::new(name, place, &mut self.pass));
        if self.pass.is_left {
            tracking.keep_last();
        }
    }
}

/// Which attributes nobody reads, by position.
struct Tracking {
    /// The positions to visit; all of them if `None`.
    only: Option<Vec<usize>>,
    /// How many of `only` have been visited.
    visited: usize,
    /// The position after the last attribute.
    position: usize,
    left: Vec<usize>,
}

impl Tracking {
    fn of(left: Left) -> Option<Self> {
        let only = match left {
            Left::Untracked => return None,
            Left::All => None,
            Left::Only(left) => Some(left),
        };
        Some(Self { only, visited: 0, position: 0, left: Vec::new() })
    }

    /// Goes to the next attribute: whether it is to be visited.
    fn visits_next(&mut self) -> bool {
        let position = self.position;
        self.position += 1;
        let Some(only) = &self.only else { return true };
        let visits = only.get(self.visited) == Some(&position);
        self.visited += usize::from(visits);
        visits
    }

    /// Keeps the attribute that has been visited last, and that nobody has read.
    fn keep_last(&mut self) {
        self.left.push(self.position - 1);
    }
}
