//! The counts of a batch.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use futures_util::FutureExt as _;

use crate::event::batch::attempt::{Failure, Handled, Outcome, RecordName, meta_of};
use crate::event::batch::watch::Watch;
use crate::event::error::RecordError;

/// The outcomes of the records of a batch, which [`Batch::counts`](crate::event::Batch::counts)
/// asks `process` for.
///
/// Every record that was attempted counts as exactly one of handled, quarantined and failed. A
/// record behind a failure that was not started counts as none of them: Lambda delivers it again.
///
/// A clone has the same counts. `process` keeps one, so that its future borrows nothing and can be
/// spawned, and so that the counts can be read while it runs.
#[derive(Clone, Debug, Default)]
pub struct BatchCounts(Arc<Mutex<Numbers>>);

#[derive(Clone, Copy, Debug, Default)]
struct Numbers {
    handled: usize,
    failed: usize,
    poisoned: usize,
    quarantined: usize,
    oldest_age: Option<Duration>,
}

impl BatchCounts {
    /// The number of records for which the handler has returned `Ok`.
    #[must_use]
    pub fn handled(&self) -> usize {
        self.numbers().handled
    }

    /// The number of records for which the handler has returned an error or panicked, and of those
    /// that could not be decoded and that no quarantine has taken.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.numbers().failed
    }

    /// The number of records that could not be decoded. Each one also counts as quarantined or as
    /// failed.
    #[must_use]
    pub fn poisoned(&self) -> usize {
        self.numbers().poisoned
    }

    /// The number of records that the quarantine has taken.
    #[must_use]
    pub fn quarantined(&self) -> usize {
        self.numbers().quarantined
    }

    /// The time from the creation of the oldest record of the batch to the start of `process`.
    ///
    /// It is `None` if no record has a creation time, and zero if the clock of this machine is
    /// behind that of DynamoDB.
    #[must_use]
    pub fn oldest_age(&self) -> Option<Duration> {
        self.numbers().oldest_age
    }

    fn numbers(&self) -> MutexGuard<'_, Numbers> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The setting of a [`Batch`](crate::event::Batch) that [counts](crate::event::Batch::counts).
#[derive(Clone, Debug)]
pub struct Counts<W> {
    pub(in crate::event::batch) counts: BatchCounts,
    pub(in crate::event::batch) inner: W,
}

impl<W: Watch> Watch for Counts<W> {
    fn handle_all<T, O, F: Future>(
        self,
        records: Vec<Outcome<T, O>>,
        handle_all: impl FnOnce(Vec<Outcome<T, O>>, Self) -> F,
    ) -> impl Future<Output = F::Output> {
        let oldest_age = measure_oldest_age(&records);
        *self.counts.numbers() = Numbers { oldest_age, ..Numbers::default() };
        let Self { counts, inner } = self;
        inner.handle_all(records, |records, inner| handle_all(records, Self { counts, inner }))
    }

    fn handle<F>(self, name: RecordName, handler: F) -> impl Future<Output = Result<(), Failure>>
    where
        F: Future<Output = Handled>,
    {
        let counts = self.counts.clone();
        let attempt = self.inner.handle(name, handler);
        attempt.inspect(move |attempted| {
            let mut numbers = counts.numbers();
            match attempted {
                Ok(()) => numbers.handled += 1,
                Err(_) => numbers.failed += 1,
            }
        })
    }

    fn handle_poison<P>(
        self,
        error: RecordError,
        handle_poison: &P,
    ) -> impl Future<Output = Result<(), Failure>>
    where
        P: AsyncFn(RecordError) -> Result<(), Failure>,
    {
        let counts = self.counts.clone();
        let attempt = self.inner.handle_poison(error, handle_poison);
        attempt.inspect(move |attempted| {
            let mut numbers = counts.numbers();
            numbers.poisoned += 1;
            match attempted {
                Ok(()) => numbers.quarantined += 1,
                Err(_) => numbers.failed += 1,
            }
        })
    }
}

fn measure_oldest_age<T, O>(records: &[Outcome<T, O>]) -> Option<Duration> {
    let oldest = records.iter().filter_map(|record| meta_of(record).created_at).min()?;
    Some(SystemTime::now().duration_since(oldest).unwrap_or_default())
}
