//! A test kit for functions behind a stream.
//!
//! Turn on the feature for tests only:
//!
//! ```toml
//! [dev-dependencies]
//! ddb-core = { version = "0.1", features = ["testing"] }
//! ```

pub mod filter;
