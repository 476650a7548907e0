//! What happens to a record that could not be decoded: a parameter of a batch, so that its future
//! is `Send` whenever the functions are.

/// The record has failed, as one whose handler returns an error.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoQuarantine;

/// The function takes the record: [`Batch::quarantine`](crate::event::Batch::quarantine).
#[derive(Clone, Copy, Debug)]
pub struct Quarantine<F>(pub(super) F);
