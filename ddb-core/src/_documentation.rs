//! Guides: writing and testing a handler, single-table design, writing items, types of other
//! crates, and moving existing code to this crate.
//!
//! The keys of `#[ddb(…)]` and the types of fields are documented on the derive,
//! [`FromStreamImage`](derive@crate::FromStreamImage).

#[cfg(feature = "events")]
#[doc = include_str!("../docs/handlers.md")]
pub mod handlers {}

#[cfg(feature = "events")]
#[doc = include_str!("../docs/single-table-design.md")]
pub mod single_table_design {}

#[cfg(feature = "testing")]
#[doc = include_str!("../docs/testing-handlers.md")]
pub mod testing_handlers {}

#[doc = include_str!("../docs/writing-items.md")]
pub mod writing_items {}

#[doc = include_str!("../docs/coming-from-serde-dynamo.md")]
pub mod coming_from_serde_dynamo {}

#[doc = include_str!("../docs/coming-from-a-hand-written-conversion.md")]
pub mod coming_from_a_hand_written_conversion {}

#[cfg(all(feature = "chrono", feature = "rust_decimal", feature = "serde_json", feature = "uuid"))]
#[doc = include_str!("../docs/types-of-other-crates.md")]
pub mod types_of_other_crates {}
