//! The errors of a conversion. They name every problem by its path and never contain an attribute's
//! value.
//!
//! | | |
//! | --- | --- |
//! | [`ImageError`] | the error of a strict conversion: every [`Problem`] of the image |
//! | [`Problem`] | one attribute that does not fit, with its path and a [`ProblemKind`] |
//! | [`AttributeError`] | the error of reading or writing one attribute, before its path is known |
//! | [`ItemError`] | the error of writing an item: every [`Problem`], with the reason as an [`Unwritable`] |

mod attribute_error;
mod expected;
mod found;
mod image_error;
mod item_error;
mod path;
mod pending_problem;
mod problem;
mod unwritable;

pub use attribute_error::AttributeError;
pub(crate) use attribute_error::Refusal;
pub use expected::Expected;
pub(crate) use expected::{write_names, write_numbers};
pub use found::{Found, Malformed};
pub use image_error::ImageError;
pub(crate) use image_error::write_problems;
pub use item_error::ItemError;
pub(crate) use path::{Path, Step};
pub(crate) use pending_problem::PendingProblem;
pub(crate) use problem::{Cause, ProblemDetail};
pub use problem::{Problem, ProblemKind};
pub use unwritable::Unwritable;

/// The number of problems that are kept. A list of 400 KB can hold 100,000 structs, each with a
/// problem for every field.
pub(crate) const KEPT_PROBLEMS: usize = 1000;

/// The number of problems that [`ImageError`] writes out and that a lossy conversion logs. The
/// others are only counted, so that a message stays one line.
pub(crate) const SHOWN_PROBLEMS: usize = 8;
