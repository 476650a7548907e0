//! A Lambda behind a DynamoDB stream, or behind Kinesis Data Streams for DynamoDB: `model` is what
//! it reads, `handler` what it does with it. `drop_in` is the same handler on the event types of
//! `aws_lambda_events`.

pub mod drop_in;
pub mod handler;
pub mod logging;
pub mod model;

#[cfg(panic = "abort")]
compile_error!(
    "a handler that panics would end the process, and not fail its record: write `panic = \"unwind\"` under `[profile.release]`"
);
