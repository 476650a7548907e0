//! A Lambda behind a DynamoDB stream: `model` is what it reads, `handler` what it does with it.

pub mod handler;
pub mod logging;
pub mod model;
