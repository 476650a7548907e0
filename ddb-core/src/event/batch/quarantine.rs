//! What happens to a record that could not be decoded.

use std::future::{Ready, ready};

use crate::event::batch::Error;
use crate::event::error::RecordError;

/// What happens to a record that could not be decoded: [`FailAtPoison`], or a function.
pub trait Quarantine {
    /// Whether the record is done.
    #[doc(hidden)]
    fn keep(&self, error: RecordError) -> impl Future<Output = Result<(), Error>>;
}

/// The record has failed, as one whose handler returns an error.
#[derive(Clone, Copy, Debug, Default)]
pub struct FailAtPoison;

impl Quarantine for FailAtPoison {
    #[allow(refining_impl_trait, reason = "without the name, nobody could tell that it is `Send`")]
    fn keep(&self, error: RecordError) -> Ready<Result<(), Error>> {
        ready(Err(error.into()))
    }
}

/// The function takes the record.
#[derive(Clone, Copy, Debug)]
pub struct KeepBy<F>(pub(super) F);

impl<F: AsyncFn(RecordError) -> Result<(), Error>> Quarantine for KeepBy<F> {
    async fn keep(&self, error: RecordError) -> Result<(), Error> {
        (self.0)(error).await
    }
}
