//! A test kit for functions behind a stream.
//!
//! Turn on the feature for tests only:
//!
//! ```toml
//! [dev-dependencies]
//! ddb-core = { path = "path/to/this/repository/ddb-core", features = ["testing"] }
//! ```
//!
//! [`insert`], [`modify`], [`remove`] and [`expire`] build records from the items that changed. The
//! items' types derive `Clone` and [`IntoItem`](derive@crate::IntoItem). A handler test takes three
//! lines:
//!
//! ```
//! use ddb_core::testing::insert;
//! use ddb_core::{DynamoDbEventResponse, FromStreamImage, IntoItem, StreamEvent};
//!
//! #[derive(Clone, FromStreamImage, IntoItem)]
//! #[ddb(strict, key(PK = "ORDER#{id}"))]
//! struct Order {
//!     id: u64,
//! }
//!
//! type Error = Box<dyn std::error::Error + Send + Sync>;
//!
//! async fn handle(event: StreamEvent<Order>) -> Result<DynamoDbEventResponse, Error> {
//!     event.process(async |_| Ok(())).await
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! let event = insert(&Order { id: 7 }).into();
//! let response = handle(event).await?;
//! assert!(response.batch_item_failures.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! [`EventSourceMapping`] delivers records to a handler as Lambda does, with retries, and
//! [`filter`] applies the filter patterns of an event source mapping to records.

mod event;
pub mod filter;
pub mod mapping;
mod record;

pub use self::event::EventBuilder;
pub use self::mapping::EventSourceMapping;
pub use self::record::{RecordBuilder, expire, insert, modify, raw, remove};
