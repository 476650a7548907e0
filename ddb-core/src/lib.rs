//! Typed DynamoDB stream events: a derive macro maps each image to your struct, a record that does
//! not fit yields one error that lists every problem, and Lambda gets the batch response it
//! expects.
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
//!                 Change::Insert { new } => println!("{} was added: {}", new.id, new.message),
//!                 Change::Modify { old, new } => {
//!                     println!("{} changed from {} to {}", new.id, old.message, new.message)
//!                 }
//!                 Change::Remove { old, expired } => {
//!                     println!("{} was deleted (expired: {expired})", old.id)
//!                 }
//!             }
//!             Ok(())
//!         })
//!         .await
//! }
//! # }
//! ```
//! The event source mapping needs `ReportBatchItemFailures`. Without it, Lambda ignores the
//! response, and failed records are lost.
//!
//! | to | use |
//! | --- | --- |
//! | map a whole item or image | [`#[derive(FromStreamImage)]`](derive@FromStreamImage), whose page lists every key and type |
//! | map a value inside an item | [`#[derive(FromAttribute)]`](derive@FromAttribute) |
//! | write a whole item | [`#[derive(IntoItem)]`](derive@IntoItem) and [`into_item`](IntoItem::into_item), see the guide [Writing items](_documentation::writing_items) |
//! | write a value inside an item | [`#[derive(IntoAttribute)]`](derive@IntoAttribute) |
//! | build the records of a test | `testing`, with the feature of that name |
//! | handle the batches of a DynamoDB stream | [`StreamEvent`] and [`StreamEvent::process`] |
//! | store records that do not fit, and continue | [`StreamEvent::quarantine`] |
//! | count what was handled and what failed | [`StreamEvent::counts`] |
//! | trace each record | [`StreamEvent::spans`] |
//! | handle several records concurrently | [`StreamEvent::concurrency`] |
//! | handle the batches of Kinesis Data Streams for DynamoDB | [`KinesisStreamEvent`] |
//! | decode a record alone, such as the `detail` of a bus event | [`StreamRecord::from_slice`] |
//! | decode what an on-failure destination got | [`FailureRecord`] and [`KinesisFailureRecord`] |
//! | read the export of a table to S3 | [`export`] |
//! | aggregate over a tumbling window | [`WindowResponse`] |
//! | read an item outside of an event | [`from_image`](FromStreamImage::from_image), [`from_json`](FromStreamImage::from_json), [`from_image_lossy`](FromStreamImage::from_image_lossy) |
//! | convert one value by hand | [`FromAttribute`](trait@FromAttribute) |
//! | convert a whole item by hand | `#[ddb(try_from = Item)]`, see [`FromStreamImage`](trait@FromStreamImage) |
//! | map several kinds of items in one stream | the guide [Single-table design](_documentation::single_table_design) |
//! | read or write the key of an item alone | [`KeysOf`](key::KeysOf) and [`ToKey`](key::ToKey) |
//! | read items that an older version of a struct wrote | [`upgrade_from`](derive@FromStreamImage#upgrade_from) |
//! | deliver only the items that a type maps | [`filter_criteria`] |
//! | fetch only the attributes that a type needs | [`projection`] |
//! | list the attributes of a type | [`SCHEMA`](FromAttribute::SCHEMA) |
//! | find out which fields changed | [`#[derive(DetectChanges)]`](derive@DetectChanges) and [`Change::changes`] |
//! | keep every digit of a number | [`Number`] |
//! | inspect what is wrong with an image | [`ImageError`] and [`Problem`] |
//! | inspect what cannot be written | [`ItemError`] and [`Unwritable`](error::Unwritable) |
//! | estimate the size of an item | [`ItemSize`](item::ItemSize) |
//! | share a client, use `anyhow`, spawn a task | the guide [Writing a handler](_documentation::handlers) |
//! | move existing code to this crate | the guides for [`serde_dynamo`](_documentation::coming_from_serde_dynamo) and [hand-written conversions](_documentation::coming_from_a_hand_written_conversion) |
//!
//! # Strict and lossy
//!
//! Every struct can be read strictly. Without `#[ddb(strict)]`, it can be read lossily as well.
//! Both run the same generated function, so they find the same problems.
//!
//! - **Strict**: [`from_image`](FromStreamImage::from_image),
//!   [`from_image_ref`](FromStreamImage::from_image_ref) and
//!   [`from_json`](FromStreamImage::from_json) return exactly what the item contains, or an
//!   [`ImageError`] with every problem of the image. Stream events are always strict.
//! - **Lossy**: `From<Item>` replaces whatever is missing, mistyped or unparsable with the field's
//!   default, and logs each replacement through `tracing` at `WARN`; after the first eight of an
//!   image, the rest are only counted. [`from_image_lossy`](FromStreamImage::from_image_lossy)
//!   returns the value together with the problems, and logs nothing.
//!
//! For the lossy conversion, every field needs a default: `#[ddb(default = …)]`, or a type that
//! implements `Default`. Note that `default = …` also makes the attribute optional in the strict
//! conversion. `#[ddb(strict)]` on a struct omits the lossy conversion, and thus the requirement.
//! The struct then implements `TryFrom<Item>`. On a struct without `strict`, `try_into()` compiles
//! as well, through the standard library's blanket implementation, but it is the lossy conversion
//! and never fails.
//!
//! The strict conversion reads each field by these rules:
//!
//! | the image has | plain `T` | `Option<T>` | `#[ddb(default)]` or `#[ddb(default = …)]` |
//! | --- | --- | --- | --- |
//! | the attribute, and it fits | the value | `Some` | the value |
//! | the attribute, and it does not fit | error | error | error |
//! | `NULL` | error | `None` | the default |
//! | no such attribute | error | `None` | the default |
//!
//! A missing or `NULL` `HashSet` or `BTreeSet` is empty, because DynamoDB does not store empty
//! sets. An `AttributeValue` reads a `NULL` as it is, and an `Option<Option<T>>` as `Some(None)`.
//!
//! The lossy conversion uses the default instead of each error above, and replaces as little as it
//! can. The problems are sorted by path:
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
//! let lossy = Basket::from_image_lossy(image);
//! // A struct keeps the attributes that fit. A number that does not fit costs the whole list.
//! let owner = Owner { name: "Ada".to_owned(), age: 0 };
//! assert_eq!(lossy.value, Basket { owner, counts: vec![] });
//!
//! let [counts, age] = &lossy.problems[..] else { panic!("two problems") };
//! assert_eq!(counts.to_string(), "counts[1]: expected N (u32), found N with a fraction");
//! assert_eq!(counts.replaced(), Some("counts"));
//! assert_eq!(age.to_string(), "owner.age: expected N (u8), found N out of range");
//! assert_eq!(age.replaced(), Some("owner.age"));
//! ```
//!
//! # Numbers
//!
//! An integer accepts every spelling of an integral number in its range: `100`, `1E2` and `100.0`.
//! A fraction or a number out of range is a problem. A float is rounded to the nearest value, and
//! overflow to infinity and underflow to zero are problems. [`Number`] keeps every digit.
//!
//! # Messages
//!
//! A message names the path, what was expected and what was found: `lines[1].qty: expected N (u32),
//! found S`. Attribute values never appear in it, because items hold personal data. Names do
//! appear, including the keys of maps, truncated to 255 bytes. The errors of your own conversions
//! may quote values, so they are not part of the message: read them with [`Problem::cause`].
//!
//! # Where items come from
//!
//! [`Item`] and [`AttributeValue`] are `serde_dynamo`'s types, and the images of
//! `aws_lambda_events` are `Item`s. DynamoDB JSON is read by
//! [`from_json`](FromStreamImage::from_json). With the feature `aws-sdk-dynamodb`, `from_sdk_item`
//! reads an item of the SDK and `into_sdk_item` makes one; with `aws-sdk-dynamodbstreams`, the
//! records of a `GetRecords` response convert into a [`StreamEvent`], for programs that read a
//! stream outside of Lambda.
//!
//! # Features
//!
//! - `derive` (on by default): the derive macros.
//! - `events` (on by default): stream events and batch responses.
//! - `bigdecimal`, `bytes`, `chrono`, `indexmap`, `jiff`, `rust_decimal`, `serde_json`, `smallvec`,
//!   `time`, `uuid`: fields of these crates' types; `serde_json` also brings `#[ddb(json)]`.
//! - `aws-sdk-dynamodb`, `aws-sdk-dynamodbstreams`: items and stream records of the AWS SDK.
//! - `export`: decompresses the data files of an export, and compares them with its manifest.
//! - `testing`: in your tests, builds records and events from items, and applies the filter
//!   patterns of an event source mapping to records.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(missing_docs)]

/// The Rust blocks of the README and of DESIGN.md are tested as well.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
#[doc = include_str!("../../DESIGN.md")]
pub struct RepositoryPages;

#[doc(hidden)]
pub mod __private_0_1_0 {
    pub use crate::private::*;
}
#[cfg(feature = "derive")]
pub mod _documentation;
pub mod attribute;
mod attribute_type;
mod changes;
pub mod error;
#[cfg(feature = "events")]
pub mod event;
#[cfg(feature = "events")]
pub mod export;
pub mod image;
pub mod item;
mod json;
pub mod key;
mod map_key;
mod message;
pub mod number;
mod private;
mod read;
pub mod schema;
#[cfg(any(feature = "aws-sdk-dynamodb", feature = "aws-sdk-dynamodbstreams"))]
mod sdk;
#[cfg(feature = "testing")]
pub mod testing;
mod types;
mod unix_time;
mod write;

#[doc(inline)]
pub use attribute::{Attribute, FromAttribute, IntoAttribute};
#[cfg(feature = "events")]
pub use aws_lambda_events::streams::{DynamoDbEventResponse, KinesisEventResponse};
#[doc(inline)]
pub use changes::DetectChanges;
#[cfg(feature = "derive")]
pub use ddb_derive::{DetectChanges, FromAttribute, FromStreamImage, IntoAttribute, IntoItem};
#[doc(inline)]
pub use error::{AttributeError, ImageError, ItemError, Problem};
#[cfg(feature = "events")]
#[doc(inline)]
pub use event::{
    Change, FailureRecord, Ignored, KinesisFailureRecord, KinesisStreamEvent, RecordError,
    StreamEvent, StreamRecord, WindowResponse,
};
#[doc(inline)]
pub use image::{FromStreamImage, Lossy};
#[doc(inline)]
pub use item::IntoItem;
#[doc(inline)]
pub use number::Number;
#[cfg(feature = "events")]
#[doc(inline)]
pub use schema::filter_criteria;
#[doc(inline)]
pub use schema::projection;
#[cfg(feature = "aws-sdk-dynamodb")]
#[doc(inline)]
pub use sdk::{IntoSdkItem, SdkItem};
pub use serde_dynamo::{AttributeValue, Item};
