//! The setting of a batch that counts its records and opens spans for them.
//!
//! It is a type parameter: [`Unwatched`] returns the futures as they are, so that a batch that asks
//! for neither has no code for them.

mod counts;
mod spans;

use crate::event::batch::attempt::{self, Failure, Handled, Outcome, RecordName};
use crate::event::error::RecordError;

pub use self::counts::{BatchCounts, Counts};
pub use self::spans::Spans;

/// The setting of a [`Batch`](crate::event::Batch) without counts and without spans.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

/// [`Unwatched`], or [`Counts`] and [`Spans`] around it. Clones count together.
///
/// The futures of records take `self`. If they borrowed it, the compiler could not prove that the
/// future of `process` is `Send`.
pub trait Watch: Clone {
    /// Handles the records of a batch, by calling `handle_all` with them and with `self`.
    fn handle_all<T, O, F: Future>(
        self,
        records: Vec<Outcome<T, O>>,
        handle_all: impl FnOnce(Vec<Outcome<T, O>>, Self) -> F,
    ) -> impl Future<Output = F::Output>;

    /// Handles a record that was decoded.
    fn handle<F>(self, name: RecordName, handler: F) -> impl Future<Output = Result<(), Failure>>
    where
        F: Future<Output = Handled>;

    /// Handles a record that could not be decoded.
    fn handle_poison<P>(
        self,
        error: RecordError,
        handle_poison: &P,
    ) -> impl Future<Output = Result<(), Failure>>
    where
        P: AsyncFn(RecordError) -> Result<(), Failure>;
}

impl Watch for Unwatched {
    fn handle_all<T, O, F: Future>(
        self,
        records: Vec<Outcome<T, O>>,
        handle_all: impl FnOnce(Vec<Outcome<T, O>>, Self) -> F,
    ) -> impl Future<Output = F::Output> {
        handle_all(records, self)
    }

    fn handle<F>(self, name: RecordName, handler: F) -> impl Future<Output = Result<(), Failure>>
    where
        F: Future<Output = Handled>,
    {
        attempt::handle(name, handler)
    }

    fn handle_poison<P>(
        self,
        error: RecordError,
        handle_poison: &P,
    ) -> impl Future<Output = Result<(), Failure>>
    where
        P: AsyncFn(RecordError) -> Result<(), Failure>,
    {
        handle_poison(error)
    }
}
