//! Maps DynamoDB items and stream images to structs.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(missing_docs)]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod attribute;
mod convert;
mod decimal;
mod default;
mod error;
mod flatten;
mod image;
mod key;
mod number;
mod path;
mod read;
mod tag;
mod time;
mod types;
mod unfit;
mod variant;

pub use attribute::FromAttribute;
#[cfg(feature = "derive")]
pub use ddb_derive::FromStreamImage;
pub use default::{FieldDefault, LossyDefault};
pub use error::{AttributeError, AttributeErrorKind, Expected, Found, ImageError};
pub use flatten::{Flatten, FlattenLossy};
pub use image::{FromImageLossy, FromStreamImage, Lossy};
pub use key::MapKey;
pub use number::{NotANumber, Number};
pub use read::Attribute;
pub use serde_dynamo::{AttributeValue, Item};
pub use tag::{Tag, Tags};
pub use time::FromUnixTime;
pub use unfit::Unfit;
