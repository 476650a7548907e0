//! The setting of a batch for records that could not be decoded. It is a type parameter, so that
//! the future of `process` is `Send` whenever the user's functions are.

/// The setting of a [`Batch`](crate::event::Batch) without a quarantine: a record that could not be
/// decoded has failed.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoQuarantine;

/// The setting of a [`Batch`](crate::event::Batch) with a
/// [`quarantine`](crate::event::Batch::quarantine): the function `F` takes each record that could
/// not be decoded.
#[derive(Clone, Copy, Debug)]
pub struct Quarantine<F>(pub(super) F);
