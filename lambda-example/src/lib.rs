//! A Lambda behind a DynamoDB stream or Kinesis Data Streams for DynamoDB, to copy from.
//!
//! [`model`] has the struct that items are read into, and [`handler`] the code that runs for each
//! record. [`single_table`] is the same for a table with several entities, and [`drop_in`] a
//! handler for the event types of `aws_lambda_events`. [`logging`] and [`metrics`] have what the
//! function writes to its log. With the features of their names, `copy` is a
//! handler that writes to a table, and `replay` and `backfill` are the tools that the runbook
//! describes. `backfill` also has the function of `template-backfill.yaml`, with the feature
//! `backfill-function`.

#[cfg(any(feature = "replay", feature = "backfill", feature = "backfill-function"))]
mod aws_error;
#[cfg(any(feature = "backfill", feature = "backfill-function"))]
pub mod backfill;
#[cfg(feature = "copy")]
pub mod copy;
pub mod drop_in;
pub mod handler;
#[cfg(any(feature = "replay", feature = "backfill"))]
mod interrupt;
#[cfg(any(feature = "replay", feature = "backfill"))]
mod journal;
pub mod logging;
pub mod metrics;
pub mod model;
#[cfg(feature = "replay")]
pub mod replay;
pub mod single_table;

#[cfg(panic = "abort")]
compile_error!(
    "a handler that panics would end the process, and not fail its record: write `panic = \"unwind\"` under `[profile.release]`"
);
