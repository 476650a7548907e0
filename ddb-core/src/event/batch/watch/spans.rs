//! The `tracing` spans of a batch.

use tracing::Instrument as _;

use crate::event::batch::attempt::{Failure, Handled, Outcome, RecordName};
use crate::event::batch::watch::Watch;
use crate::event::error::RecordError;

/// The setting of a [`Batch`](crate::event::Batch) with [spans](crate::event::Batch::spans).
#[derive(Clone, Copy, Debug, Default)]
pub struct Spans<W>(pub(in crate::event::batch) W);

/// The futures are instrumented. A guard that is held across an `await` would stay entered while
/// the thread polls other records, and put their lines into the span.
impl<W: Watch> Watch for Spans<W> {
    fn handle_all<T, O, F: Future>(
        self,
        records: Vec<Outcome<T, O>>,
        handle_all: impl FnOnce(Vec<Outcome<T, O>>, Self) -> F,
    ) -> impl Future<Output = F::Output> {
        let span = tracing::info_span!(target: "ddb_core", "batch", records = records.len());
        let Self(inner) = self;
        inner
            .handle_all(records, |records, inner| handle_all(records, Self(inner)))
            .instrument(span)
    }

    fn handle<F>(self, name: RecordName, handler: F) -> impl Future<Output = Result<(), Failure>>
    where
        F: Future<Output = Handled>,
    {
        let span = name.open_span();
        self.0.handle(name, handler).instrument(span)
    }

    fn handle_poison<P>(
        self,
        error: RecordError,
        handle_poison: &P,
    ) -> impl Future<Output = Result<(), Failure>>
    where
        P: AsyncFn(RecordError) -> Result<(), Failure>,
    {
        let span = RecordName::of(&error.meta).open_span();
        self.0.handle_poison(error, handle_poison).instrument(span)
    }
}
