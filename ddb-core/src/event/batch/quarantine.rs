//! What happens to a record that could not be decoded: a parameter of a batch, so that its future is `Send` whenever the functions are.

use crate::event::batch::Error;
use crate::event::error::RecordError;

/// The record has failed, as one whose handler returns an error.
#[derive(Clone, Copy, Debug, Default)]
pub struct FailAtPoison;

/// The function takes the record: [`Batch::quarantine`](crate::Batch::quarantine).
#[derive(Clone, Copy, Debug)]
pub struct KeepBy<F>(pub(super) F);

pub(super) async fn fail_at_poison(error: RecordError) -> Result<(), Error> {
    Err(error.into())
}
