//! The versions that values inside an attempt to read a version fit.
//!
//! A value of a type with versions can contain another one. Every attempt to read the outer value
//! reads the inner one as well, which takes attempts of its own, and so on: without a memory, the
//! time doubles with each level.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::read::image::Image;

/// The number of values that are read again as each version although none fits, so that the error
/// shows each attempt. Further values are then only read as the newest version.
const AGAIN: usize = 100;

/// An image, the versions that it is read as, and what is left of it to read.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Place {
    /// The address of the map, or its position in the text.
    image: usize,
    /// A hash of the rest.
    state: u64,
}

/// The outcome of earlier attempts.
#[derive(Clone, Copy)]
pub(super) enum Known {
    Nothing,
    /// The image fits the version with this index.
    Fits(usize),
    /// The image fits no version.
    FitsNone,
}

#[derive(Default)]
pub(crate) struct KnownVersions {
    /// The number of images around this one that are being read as a version.
    enclosing: usize,
    /// The index of the version that each image fits. Only images inside an attempt are read again.
    fitting: HashMap<Place, Option<usize>>,
    again: usize,
}

impl KnownVersions {
    /// Begins the attempts to read an image.
    pub(super) fn begin(&mut self, place: Place) -> Known {
        self.enclosing += 1;
        match self.fitting.get(&place) {
            None => Known::Nothing,
            Some(Some(index)) => Known::Fits(*index),
            Some(None) if self.again < AGAIN => {
                self.again += 1;
                Known::Nothing
            }
            Some(None) => Known::FitsNone,
        }
    }

    /// Ends the attempts to read an image.
    pub(super) fn end(&mut self, place: Place, fitting: Option<usize>) {
        self.enclosing -= 1;
        if self.enclosing == 0 {
            self.fitting.clear();
        } else {
            self.fitting.insert(place, fitting);
        }
    }
}

impl Image<'_> {
    /// The place of this image for versions that these functions read.
    pub(super) fn place(&self, versions: impl Iterator<Item = usize>) -> Place {
        let mut hasher = DefaultHasher::new();
        versions.for_each(|version| version.hash(&mut hasher));
        self.hash_state(&mut hasher);
        Place { image: self.map.identity(), state: hasher.finish() }
    }
}
