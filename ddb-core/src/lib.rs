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
//! It is a [`RecordError`] in [`records`](StreamEvent#structfield.records), and the other records
//! are decoded as usual. [`process`](StreamEvent::process) stops at it and reports its sequence
//! number, from which Lambda delivers the batch again; a [`quarantine`](StreamEvent::quarantine)
//! stores it and goes on. A record that fails and has no sequence number fails the invocation. A
//! handler that panics fails its record. Records of different items can be handled
//! [concurrently](StreamEvent::concurrency).
//!
//! [`KinesisStreamEvent`] is the event of Kinesis Data Streams for DynamoDB, and [`WindowResponse`]
//! the answer for a tumbling window. Everything else about events is in [`event`].
//!
//! # In an existing Lambda
//!
//! The images of `aws_lambda_events` convert by `into()`, as they do with a hand-written
//! conversion:
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
//! - **Lossy**, `From<Item>`: whatever is missing, mistyped or unparsable becomes the field's
//!   default, and is logged through `tracing` at `WARN`.
//!   [`from_image_lossy`](FromStreamImage::from_image_lossy) returns the report instead.
//!   `try_into()` compiles on such a struct too, by the standard library's blanket implementation,
//!   and never fails.
//! - **Strict**, [`from_image`](FromStreamImage::from_image),
//!   [`from_image_ref`](FromStreamImage::from_image_ref) and
//!   [`from_json`](FromStreamImage::from_json): the struct as the table has it, or an
//!   [`ImageError`] with every problem of the image. `#[ddb(strict)]` on the struct leaves the
//!   lossy conversion out and gives `TryFrom<Item>`.
//!
//! Both are one pass of one generated function, so they cannot disagree.
//!
//! | the image has | plain `T` | `Option<T>` | `#[ddb(default)]` or `#[ddb(default = …)]` |
//! | --- | --- | --- | --- |
//! | the attribute, and it fits | the value | `Some` | the value |
//! | the attribute, and it does not fit | error | error | error |
//! | `NULL` | error | `None` | the default |
//! | no such attribute | error | `None` | the default |
//!
//! The lossy conversion uses the default instead of each value that does not fit, and replaces the
//! smallest value that has one:
//!
//! ```
//! use std::collections::HashMap;
//!
//! use ddb_core::{AttributeValue, FromAttribute, FromStreamImage, Item};
//!
//! #[derive(Debug, PartialEq, FromStreamImage)]
//! struct Basket {
//!     owner: Owner,
//!     counts: Vec<u32>,
//! }
//!
//! #[derive(Debug, Default, PartialEq, FromAttribute)]
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
//! let owner = Owner { name: "Ada".to_owned(), age: 0 };
//! assert_eq!(report.value, Basket { owner, counts: vec![] });
//! let problems: Vec<_> =
//!     report.problems.iter().map(|problem| (problem.to_string(), problem.replaced())).collect();
//! assert_eq!(problems[0].0, "counts[1]: expected N (u32), found N with a fraction");
//! assert_eq!(problems[0].1, Some("counts"));
//! assert_eq!(problems[1].0, "owner.age: expected N (u8), found N out of range");
//! assert_eq!(problems[1].1, Some("owner.age"));
//! ```
//!
//! # Numbers
//!
//! An integer takes every spelling of an integral number in its range; anything else is an error. A
//! float is rounded to the nearest value, and never to infinity or to zero. [`Number`] keeps every
//! digit. A `serde` field has `serde_dynamo`'s rules.
//!
//! # Messages
//!
//! A message has a path, what was expected and what was found:
//! `lines[1].qty: expected N (u32), found S`. It never has a value: items hold personal data. The
//! names in a path are the image's, also those of a map's entries, cut at 255 bytes. Errors of your
//! own conversions, which may quote values, are kept aside in [`Problem::cause`].
//!
//! # How it is fast
//!
//! - **No map in between.** The event takes the raw text of the payload, past the path tracking
//!   that `lambda_runtime` deserializes through, and visits it once. The generated function matches
//!   the name of each attribute and reads its value into the field.
//! - **Nothing is allocated** but what the results own, and for a record its id, its number and its
//!   keys. Texts that the records of a batch have in common are shared. From an owned `Item`,
//!   strings and bytes are moved.
//! - **A wrong image costs no more than a right one.** Reading notes what does not fit and goes on,
//!   so there is no second pass. What was expected is only put together for an error.
//! - **Whole values at a time.** Nearly every value has its field's type and no escapes:
//!   `{"N":"7"}` is one comparison, and the field's type parses the text where it is. Anything else
//!   takes the slower path, which also finds out what is wrong.
//! - **One function for each type**, whatever the image is kept in. The surrounding loop is not
//!   generic: it calls the generated function through a pointer. Little is monomorphized per type,
//!   which keeps compile times low and binaries small.
//!
//! `cargo bench -p ddb-benches` measures it beside the alternatives, after checking that all of
//! them agree; the README has the chart.
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
//! A whole item derives [`FromStreamImage`](derive@FromStreamImage); a value inside an item, such
//! as a nested struct, a tuple struct or an enum without data, derives
//! [`FromAttribute`](derive@FromAttribute). The keys of `#[ddb(…)]` and the types of fields are in
//! the documentation of the derives. The trait [`FromAttribute`] is how a type of your own becomes
//! one of them.
//!
//! # Features
//!
//! - `derive` (on by default): the derive macros.
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
