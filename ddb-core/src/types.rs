//! The implementations of `FromAttribute`, one file for each family of types.

#[cfg(feature = "bigdecimal")]
mod bigdecimal;
mod binary;
#[cfg(feature = "bytes")]
mod bytes;
#[cfg(feature = "chrono")]
mod chrono;
mod float;
#[cfg(feature = "indexmap")]
mod indexmap;
mod integer;
#[cfg(feature = "jiff")]
mod jiff;
mod map;
mod optional;
mod pointer;
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
mod rfc3339;
#[cfg(feature = "rust_decimal")]
mod rust_decimal;
mod scalar;
mod sequence;
#[cfg(feature = "serde_json")]
mod serde_json;
#[cfg(feature = "smallvec")]
mod smallvec;
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time", feature = "uuid"))]
mod text;
#[cfg(feature = "time")]
mod time;
mod tuple;
#[cfg(feature = "uuid")]
mod uuid;
mod value;
