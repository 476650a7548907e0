//! Invokes a function again with the batches that its event source mapping has given up: the way
//! out that the runbook describes under "Replay".
//!
//! A batch counts as handled once the function has answered so. Then the journal has a line for it,
//! and only then may its object be deleted. A replay that ends in between handles the batch again.

mod answer;
mod batch;
mod function;
mod objects;
mod options;
mod plan;
mod progress;
mod report;
mod run;
mod source;
mod stream;

pub use self::options::Options;
pub use self::run::run;

/// An error that ends the replay, as the line that is printed.
pub type Error = Box<dyn std::error::Error + Send + Sync>;
