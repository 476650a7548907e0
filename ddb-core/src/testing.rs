//! A test kit for handlers of stream events: what stands between a stream and a function.

pub mod filter;
