//! The implementations of `FromAttribute`, one file for each family of types.

mod binary;
mod float;
mod integer;
mod map;
mod optional;
mod pointer;
mod scalar;
mod sequence;
mod tuple;
mod value;
