//! The errors of a conversion. They name every problem by its path and never contain an attribute's
//! value.
//!
//! | | |
//! | --- | --- |
//! | [`ImageError`] | the error of a strict conversion: every [`Problem`] of the image |
//! | [`Problem`] | one attribute that does not fit, with its path and a [`ProblemKind`] |
//! | [`AttributeError`] | the error of reading one attribute, before its path is known |

mod attribute_error;
mod expected;
mod found;
mod image_error;
mod path;
mod problem;

pub use attribute_error::AttributeError;
pub(crate) use attribute_error::Refusal;
pub use expected::Expected;
pub(crate) use expected::{write_names, write_numbers};
pub use found::{Found, Malformed};
pub use image_error::ImageError;
pub(crate) use path::{Path, Step};
pub(crate) use problem::{Cause, ProblemDetail, ProblemParts};
pub use problem::{Problem, ProblemKind};

/// The number of problems that [`ImageError`] writes out and that a lossy conversion logs. The
/// others are only counted, so that a message stays one line.
pub(crate) const SHOWN_PROBLEMS: usize = 8;
