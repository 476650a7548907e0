//! Typed DynamoDB stream events: images mapped to structs, exact and with every problem reported by
//! its path, and the batch response that Lambda expects.
//!
//! ```
//! # #[cfg(feature = "events")] mod function {
//! use ddb_core::{Change, DynamoDbEventResponse, FromStreamImage, StreamEvent};
//! use lambda_runtime::{Error, LambdaEvent};
//!
//! #[derive(Debug, FromStreamImage)]
//! #[ddb(rename_all = "PascalCase")]
//! pub struct SampleModel {
//!     id: i32,
//!     message: String,
//!     entity_type: String,
//! }
//!
//! pub async fn handle(
//!     event: LambdaEvent<StreamEvent<SampleModel>>,
//! ) -> Result<DynamoDbEventResponse, Error> {
//!     event
//!         .payload
//!         .process(async |record| {
//!             match record.change {
//!                 Change::Insert { new } => println!("{} is new: a {}", new.id, new.entity_type),
//!                 Change::Modify { old, new } => {
//!                     println!("{} said {}, and now {}", new.id, old.message, new.message)
//!                 }
//!                 Change::Remove { old, expired } => {
//!                     println!("{} is gone, expired: {expired}", old.id)
//!                 }
//!             }
//!             Ok(())
//!         })
//!         .await
//! }
//! # }
//! ```
//!
//! # What happens to a bad record
//!
//! It is a [`RecordError`] in its place, and the other records arrive.
//! [`process`](StreamEvent::process) stops at it and reports its sequence number, from which Lambda
//! delivers the batch again; a [`quarantine`](Batch::quarantine) takes it aside instead. A record
//! without a sequence number that fails makes the invocation fail. Handlers that panic fail their
//! record. Records of different items can be handled [at once](Batch::concurrency).
//!
//! [`KinesisStreamEvent`] is the same for Kinesis Data Streams for DynamoDB, and [`WindowResponse`]
//! answers for a tumbling window.
//!
//! # In a Lambda that you have already
//!
//! The images of `aws_lambda_events` convert by `into()`, as they do where that is written by hand:
//!
//! ```
//! use aws_lambda_events::dynamodb::EventRecord;
//! use ddb_core::FromStreamImage;
//!
//! #[derive(Debug, FromStreamImage)]
//! #[ddb(rename_all = "PascalCase")]
//! pub struct SampleModel {
//!     id: i32,
//!     message: String,
//!     entity_type: String,
//! }
//!
//! fn handle(record: EventRecord) {
//!     let sample: SampleModel = record.change.new_image.into();
//!     println!("{} {} {}", sample.id, sample.message, sample.entity_type);
//! }
//! # handle(EventRecord::default());
//! ```
//!
//! # Two conversions
//!
//! - **Lossy**, `From<Item>`: whatever is missing, `NULL` where it cannot be, mistyped or
//!   unparsable becomes the field's default, and a warning through `tracing`.
//!   [`from_image_lossy`](FromStreamImage::from_image_lossy) hands you the report instead.
//!   `try_into()` compiles on such a struct too, by the standard library's blanket implementation,
//!   and never fails.
//! - **Strict**, [`from_image`](FromStreamImage::from_image) and
//!   [`from_image_ref`](FromStreamImage::from_image_ref): the struct as the table has it, or an
//!   [`ImageError`] with every problem of the image. `#[ddb(strict)]` on the struct leaves the
//!   lossy conversion out and gives `TryFrom<Item>`.
//!
//! Both are one pass of one generated function, so that they cannot disagree.
//!
//! | the image has | plain `T` | `Option<T>` | `#[ddb(default)]` or `#[ddb(default = …)]` |
//! | --- | --- | --- | --- |
//! | the attribute, and it fits | the value | `Some` | the value |
//! | the attribute, and it does not fit | error | error | error |
//! | `NULL` | error | `None` | the default |
//! | no such attribute | error | `None` | the default |
//!
//! The lossy conversion puts the default in the place of each error, at the smallest place that has
//! one:
//!
//! ```
//! use std::collections::HashMap;
//!
//! use ddb_core::{AttributeValue, FromStreamImage, Item};
//!
//! #[derive(Debug, PartialEq, FromStreamImage)]
//! struct Basket {
//!     owner: Owner,
//!     counts: Vec<u32>,
//! }
//!
//! #[derive(Debug, Default, PartialEq, FromStreamImage)]
//! struct Owner {
//!     name: String,
//!     age: u8,
//! }
//!
//! let number = |text: &str| AttributeValue::N(text.to_owned());
//! let name = AttributeValue::S("Ada".to_owned());
//! let owner = HashMap::from([("name".to_owned(), name), ("age".to_owned(), number("1000"))]);
//! let image = Item::from(HashMap::from([
//!     ("owner".to_owned(), AttributeValue::M(owner)),
//!     ("counts".to_owned(), AttributeValue::L(vec![number("1"), number("1.5")])),
//! ]));
//!
//! let report = Basket::from_image_lossy(image);
//! // A struct keeps the attributes that fit; an element without a default costs the list.
//! assert_eq!(
//!     report.value,
//!     Basket { owner: Owner { name: "Ada".to_owned(), age: 0 }, counts: vec![] }
//! );
//! let mut problems: Vec<_> =
//!     report.problems.iter().map(|problem| (problem.to_string(), problem.replaced())).collect();
//! problems.sort();
//! assert_eq!(problems[0].0, "counts[1]: expected N (u32), found N with a fraction");
//! assert_eq!(problems[0].1, Some("counts"));
//! assert_eq!(problems[1].0, "owner.age: expected N (u8), found N out of range");
//! assert_eq!(problems[1].1, Some("owner.age"));
//! ```
//!
//! # Numbers
//!
//! An integer takes every spelling of an integral number that is in its range; anything else is an
//! error. A float is rounded to the nearest value, and never to infinity or to zero. [`Number`]
//! keeps every digit. A `serde` field has `serde_dynamo`'s rules.
//!
//! # Messages
//!
//! A path, what was expected, what was found: `lines[1].qty: expected N (u32), found S`. Never a
//! value: items hold personal data. The names in a path are the image's, also those of a map's
//! entries, cut at 255 bytes. Errors of your own conversions, which may quote values, are kept
//! aside in [`Problem::cause`].
//!
//! # How it is fast
//!
//! - **No map in between.** The event takes the text of the payload as it is, past the path
//!   tracking that `lambda_runtime` deserializes through, and goes over it once. An image is read
//!   where it stands: the generated function matches the name of each attribute and reads its value
//!   into the field.
//! - **Nothing is allocated** but what the results own, and for a record its id, its number and its
//!   keys; a test counts. Texts that a batch has in common, the stream's ARN and the region, are
//!   shared. From an owned `Item`, strings and bytes are moved.
//! - **A wrong image costs no more than a right one.** Reading notes what does not fit and goes on,
//!   so that there is no second pass; what was expected is only put together where something is
//!   wrong.
//! - **At first sight.** Nearly every value has its field's attribute type and nothing odd about it; one look
//!   at `{"N":"7"}` takes attribute type and text together, and the field's type parses it there. Whatever
//!   else it may be, the long way reads it, and says what is wrong. Strings are searched eight
//!   bytes at a time.
//! - **One function for each type**, whatever the image is kept in: a match on the name. The loop
//!   around it is compiled once and calls it by its address, and nothing else is generic but a thin
//!   shell: that is what it compiles quickly by, and what keeps the code in the cache.
//! - **Small.** What a function does not use is not in its binary: nothing of Kinesis, of a
//!   quarantine, or of lists where no type has any.
//!
//! `cargo bench -p ddb-benches` measures it beside the alternatives, after checking that all of
//! them give the same; the README has the chart.
//!
//! # Where items come from
//!
//! [`Item`] and [`AttributeValue`] are `serde_dynamo`'s, and so are the images of
//! `aws_lambda_events`. For those of `aws-sdk-dynamodb`, turn on the feature `aws-sdk-dynamodb+1`
//! of `serde_dynamo`, which converts its maps `Into<Item>`. In a test, `serde_json::from_str` reads
//! DynamoDB JSON into an `Item`.
//!
//! # What can be derived
//!
//! Structs with named fields, structs of one field with `#[ddb(transparent)]`, and enums without
//! data. The keys of `#[ddb(…)]` and the types that a field can have are in the [derive
//! macro's](derive@FromStreamImage) documentation; [`FromAttribute`] is how a type of your own
//! becomes one of them.
//!
//! # Features
//!
//! - `derive` (on by default): the derive macro.
//! - `events` (on by default): stream events and batch responses, from [`StreamEvent`] on.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(missing_docs)]

/// The README's Rust blocks.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

#[doc(hidden)]
pub mod __private_0_1_0 {
    pub use crate::private::*;
}
pub mod attribute;
mod attribute_type;
pub mod error;
#[cfg(feature = "events")]
pub mod event;
pub mod image;
mod json;
mod map_key;
pub mod number;
mod private;
mod read;
mod types;
mod unix_time;

#[doc(inline)]
pub use attribute::{Attribute, FromAttribute};
#[cfg(feature = "events")]
pub use aws_lambda_events::streams::{DynamoDbEventResponse, KinesisEventResponse};
#[cfg(feature = "derive")]
pub use ddb_derive::{FromAttribute, FromStreamImage};
#[doc(inline)]
pub use error::{AttributeError, ImageError, Problem};
#[cfg(feature = "events")]
#[doc(inline)]
pub use event::{
    Change, Ignored, KinesisStreamEvent, RecordError, StreamEvent, StreamRecord, WindowResponse,
};
#[doc(inline)]
pub use image::{FromStreamImage, Lossy};
#[doc(inline)]
pub use number::Number;
pub use serde_dynamo::{AttributeValue, Item};
