//! One pass over the attributes of an image.

use std::mem;

use crate::read::entry::Entry;
use crate::read::image::{Image, Left};
use crate::read::members::Members;
use crate::read::place::Place;
use crate::read::source::Source;

impl Image<'_> {
    /// One pass over the attributes, or over those that are left where somebody asked: `read` gets
    /// each with its name.
    pub fn read_attributes(&mut self, read: &mut dyn FnMut(&str, Entry<'_, '_>)) {
        let only = match mem::replace(&mut self.left, Left::Untracked) {
            Left::Untracked => return self.visit_attributes(read),
            Left::All => None,
            Left::Only(left) => Some(left),
        };
        let mut tracking = Tracking::new(only);
        self.visit_attributes(&mut |name, Entry { place, report, pass, .. }| {
            if tracking.visits_next() {
                pass.is_left = true;
                read(name, Entry { name, place, report, pass: &mut *pass });
                if pass.is_left {
                    tracking.keep_last();
                }
            }
        });
        self.left = Left::Only(tracking.left);
    }

    /// The loop is compiled once, and calls what is generated once for each attribute.
    fn visit_attributes(&mut self, read: &mut dyn FnMut(&str, Entry<'_, '_>)) {
        let Self { source, report, pass, .. } = self;
        match source {
            Source::Owned(map) => {
                for (name, value) in &mut **map {
                    read(name, Entry { name, place: Place::Owned(value), report, pass });
                }
            }
            Source::Borrowed(map) => {
                for (name, value) in *map {
                    read(name, Entry { name, place: Place::Borrowed(value), report, pass });
                }
            }
            Source::Json(json, start) => {
                json.rewind(*start);
                let mut members = Members::new(json.reborrow());
                while let Some(name) = members.next_attribute() {
                    read(
                        &name,
                        Entry { name: &name, place: Place::Json(&mut members), report, pass },
                    );
                }
            }
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
    fn new(only: Option<Vec<usize>>) -> Self {
        Self { only, visited: 0, position: 0, left: Vec::new() }
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
